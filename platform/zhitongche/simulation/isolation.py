"""Nothing crosses a tenant: what the others hold is untouched, and nothing of one is to be found in another."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Table, select, text

from zhitongche.casework.tables import Petition
from zhitongche.identity.tables import Person
from zhitongche.persistence import Base, db, tenant_scope
from zhitongche.persistence.base import is_tenant_owned
from zhitongche.tenancy import current

Fingerprint = dict[tuple[str, str], tuple[int, int]]
"""(tenant, table) → rows, and a sum over their contents."""
_SAMPLE: Final = 15


def fingerprint(tenant: str) -> Fingerprint:
    """What every tenant but this one holds, each as it sees itself."""
    found: Fingerprint = {}
    for other in _others(tenant):
        with tenant_scope(other):
            for table in _tables():
                # Names of tables are our own.
                query = f'select count(*), coalesce(sum(hashtext(t::text)), 0) from "{table.name}" t'  # noqa: S608
                rows, total = db.session.execute(text(query)).one()
                found[other, table.name] = (int(rows), int(total))
            db.session.rollback()
    return found


def changed(tenant: str, before: Fingerprint | None) -> list[str]:
    """Tables of other tenants that are no longer what they were."""
    if before is None:
        return []
    now = fingerprint(tenant)
    return [f"租户“{other}”的表“{table}”被改动" for (other, table), was in before.items() if now.get((other, table)) != was]


def leaks(tenant: str) -> list[str]:
    """Rows of other tenants that name something of this one, and the other way round.

    Numbers of petitions and ids of petitions and people are looked for: nobody else has reason to write those.
    """
    found = []
    for other in _others(tenant):
        for whose, where in ((tenant, other), (other, tenant)):
            found += [f"租户“{where}”的表“{name}”中有租户“{whose}”的内容" for name in _found(_canaries(whose), where)]
    return found


def _canaries(tenant: str) -> list[str]:
    with tenant_scope(tenant):
        newest = select(Petition.id, Petition.number).order_by(Petition.id.desc()).limit(_SAMPLE)
        marks = [str(part) for row in db.session.execute(newest) for part in row]
        marks += map(str, db.session.scalars(select(Person.id).order_by(Person.id.desc()).limit(_SAMPLE)))
        db.session.rollback()
    return marks


def _found(marks: list[str], tenant: str) -> list[str]:
    if not marks:
        return []
    with tenant_scope(tenant):
        query = 'select exists (select from "{}" t where t::text ~ :marks)'
        hits = [
            table.name
            for table in _tables()
            if db.session.scalar(text(query.format(table.name)), {"marks": "|".join(marks)})
        ]
        db.session.rollback()
    return hits


def _others(tenant: str) -> list[str]:
    return [code for code in current.registry() if code != tenant]


def _tables() -> list[Table]:
    return [table for table in Base.metadata.sorted_tables if is_tenant_owned(table)]
