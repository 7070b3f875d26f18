"""Petitions as a supervisor follows them: handed out, late, urged, key (RP-2.9, ST-3.4, ST-3.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import and_, bindparam, func, or_, select

from zhitongche.casework import access
from zhitongche.casework.queries import keyset
from zhitongche.casework.tables import Petition, Record
from zhitongche.identity.tables import Enterprise, Unit
from zhitongche.kernel import clock
from zhitongche.persistence import db

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import ColumnElement, Select

    from zhitongche.casework.queries.keyset import Page, Turn
    from zhitongche.flow.facts import Actor

EXPORTED: Final = 20_000
HANDED_OUT: Final = or_(Petition.handed_at.is_not(None), Petition.lead_unit_id.is_not(None))
"""In the register from the moment it is passed on (RP-2.9)."""


@dataclass(frozen=True, slots=True)
class Supervised:
    """One petition in a supervisor's list; `due` is its earliest running limit. Moments in UTC."""

    id: UUID
    number: str
    title: str
    enterprise: str
    unit_id: UUID | None
    unit: str | None
    stage: str
    outcome: str | None
    pack_version: str
    handed_at: datetime | None
    due: datetime | None
    contacted: bool
    opinion: str | None
    opinion_due: Any
    key_state: str | None
    closed_at: datetime | None
    commended: bool
    faulted: bool
    urged: int
    last_urged: datetime | None

    @property
    def late(self) -> bool:
        """Whether something owed now is past its moment."""
        return self.outcome is None and self.due is not None and self.due < clock.now()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters of the supervision register: `state` is open, late or closed; no unit wants all."""

    state: str = "open"
    unit_id: UUID | None = None


def register(actor: Actor, wanted: Wanted, turn: Turn) -> Page[Supervised]:
    """One page of what was handed out: the open ones by what is due first, the closed ones newest first."""
    at: Any = Petition.closed_at if wanted.state == "closed" else Petition.next_due_at
    ident: Any = Petition.id
    query = keyset.cut(_rows(actor, *_conditions(wanted)), turn, at, ident, falling=wanted.state == "closed")
    return keyset.page(_read(query), turn, lambda row: keyset.Mark(row.closed_at or row.due or clock.now(), row.id))


def whole(actor: Actor, wanted: Wanted) -> list[Supervised]:
    """All that the filters find, up to EXPORTED."""
    order = Petition.closed_at.desc() if wanted.state == "closed" else Petition.next_due_at
    return _read(_rows(actor, *_conditions(wanted)).order_by(order, Petition.id).limit(EXPORTED))


# Kept, since every page of a supervisor's desk asks.
_LATE: Final = select(func.count()).select_from(Petition).where(
    HANDED_OUT, Petition.outcome.is_(None), Petition.next_due_at < bindparam("now")
)


def late_count(actor: Actor) -> int:
    """How many of those handed out are past a limit."""
    found = _LATE if access.reads_all(actor) else _LATE.where(access.readable(actor))
    return db.session.scalar(found, {"now": clock.now()}) or 0


def keyed(actor: Actor, limit: int = 500) -> list[Supervised]:
    """Everything ever proposed as a key item (ST-3.5), the open ones first."""
    query = _rows(actor, Petition.key_state.is_not(None))
    return _read(query.order_by(Petition.outcome.is_not(None), Petition.next_due_at, Petition.id).limit(limit))


def in_stages(actor: Actor, stages: Collection[str], limit: int = 200) -> list[Supervised]:
    """Open petitions that stand in these stages, the earliest due first."""
    query = _rows(actor, Petition.stage.in_(list(stages)), Petition.outcome.is_(None))
    return _read(query.order_by(Petition.next_due_at, Petition.id).limit(limit))


def marked(actor: Actor, limit: int = 200) -> list[Supervised]:
    """Handling proposed for publicity or for serious treatment (ST-3.6.b), the newest first."""
    query = _rows(actor, or_(Petition.commended, Petition.faulted))
    return _read(query.order_by(Petition.updated_at.desc(), Petition.id).limit(limit))


def by_ids(actor: Actor, ids: Collection[UUID]) -> dict[UUID, Supervised]:
    """These petitions as they stand now."""
    return {row.id: row for row in _read(_rows(actor, Petition.id.in_(list(ids))))} if ids else {}


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found = [HANDED_OUT, Petition.outcome.is_not(None) if wanted.state == "closed" else Petition.outcome.is_(None)]
    if wanted.state == "late":
        found.append(Petition.next_due_at < clock.now())
    if wanted.unit_id is not None:
        found.append(Petition.lead_unit_id == wanted.unit_id)
    return found


def _rows(actor: Actor, *conditions: ColumnElement[bool]) -> Select[Any]:
    columns = (
        Petition.id, Petition.number, Petition.title, Enterprise.name, Unit.id, Unit.short, Petition.stage, Petition.outcome,
        Petition.pack_version, Petition.handed_at, Petition.next_due_at, Petition.contacted, Petition.transfer_opinion,
        Petition.opinion_due, Petition.key_state, Petition.closed_at, Petition.commended, Petition.faulted,
        _urges(func.count()), _urges(func.max(Record.at)),
    )  # fmt: skip
    enterprise = and_(Enterprise.tenant_id == Petition.tenant_id, Enterprise.id == Petition.enterprise_id)
    lead = and_(Unit.tenant_id == Petition.tenant_id, Unit.id == func.coalesce(Petition.lead_unit_id, Petition.proposed_unit_id))
    return select(*columns).join(Enterprise, enterprise).outerjoin(Unit, lead).where(access.readable(actor), *conditions)


def _urges(what: ColumnElement[Any]) -> ColumnElement[Any]:
    urges = select(what).select_from(Record).where(
        Record.tenant_id == Petition.tenant_id, Record.petition_id == Petition.id, Record.kind == "urge"
    )
    return urges.correlate(Petition).scalar_subquery()


def _read(query: Select[Any]) -> list[Supervised]:
    return [Supervised(*row) for row in db.session.execute(query)]
