"""What the archive asks of casework: one case whole, and the closed cases of a year and a unit (ST-3.7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import func, select

from zhitongche.casework import access
from zhitongche.casework.case import load
from zhitongche.casework.queries import case_page, names
from zhitongche.casework.tables import Petition, ReadLog
from zhitongche.identity.tables import Enterprise, Unit
from zhitongche.kernel import clock
from zhitongche.persistence import db

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import ColumnElement

    from zhitongche.casework.queries.case_page import CasePage
    from zhitongche.flow.facts import Actor

LARGEST: Final = 500
"""Petitions in one volume; a unit that closes more in a year binds several."""


@dataclass(frozen=True, slots=True)
class Read:
    """Who opened the case, of which unit, when (UTC) and why."""

    who: str
    unit: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Whole:
    """A case with everything in it, as this actor may read it."""

    page: CasePage
    reads: list[Read]

    @property
    def by_approval(self) -> bool:
        """Read without a duty in the case: what the page masks, the dossier masks too (ST-5.1)."""
        return self.page.duty == case_page.BY_APPROVAL


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed case in a volume's list. Moments in UTC."""

    id: UUID
    number: str
    title: str
    enterprise: str
    unit: str
    outcome: str
    received_at: datetime
    closed_at: datetime


def whole(petition_id: UUID, actor: Actor) -> Whole:
    """The case with everything in it; raises NotFound where the actor may not read it."""
    page = case_page.of(load(petition_id), actor)
    return Whole(page, reads(petition_id) if watches(actor) else [])


def watches(actor: Actor) -> bool:
    """Whether the actor may see who opened a case: whoever answers for the tenant's cases, as on the case page (ST-5.1)."""
    return bool(actor.roles & case_page.WATCHERS)


def reads(petition_id: UUID) -> list[Read]:
    """Every time that an official opened the case, the oldest first (ST-5.1)."""
    rows = list(db.session.scalars(select(ReadLog).where(ReadLog.petition_id == petition_id).order_by(ReadLog.at, ReadLog.id)))
    units = names.of_units({row.unit_id for row in rows})
    return [Read(row.person_name, units.get(row.unit_id, "") if row.unit_id else "", row.at, row.why) for row in rows]


def closed(year: int, unit_id: UUID | None, actor: Actor) -> list[Closed]:
    """Cases closed in a year (of China), of one lead unit or of all, that the actor may read; by number, LARGEST and one at most."""
    return _closed(*_of_year(year, unit_id, actor))


def by_ids(ids: Sequence[UUID], actor: Actor) -> list[Closed]:
    """These closed cases, as far as the actor may read them still; by number."""
    return _closed(access.readable(actor), Petition.id.in_(ids), Petition.closed_at.is_not(None))


def years(actor: Actor) -> list[int]:
    """Years in which cases were closed, the latest first."""
    query = select(func.min(Petition.closed_at), func.max(Petition.closed_at)).where(access.readable(actor))
    first, last = db.session.execute(query).one()
    return list(range(clock.local(last).year, clock.local(first).year - 1, -1)) if first and last else []


def _of_year(year: int, unit_id: UUID | None, actor: Actor) -> tuple[ColumnElement[bool], ...]:
    since, until = clock.on(date(year, 1, 1)), clock.on(date(year + 1, 1, 1))
    mine = (Petition.lead_unit_id == unit_id,) if unit_id else ()
    return access.readable(actor), Petition.closed_at >= since, Petition.closed_at < until, *mine


def _closed(*conditions: ColumnElement[bool]) -> list[Closed]:
    query = (
        select(Petition.id, Petition.number, Petition.title, Enterprise.name, func.coalesce(Unit.name, ""),
               Petition.outcome, Petition.received_at, Petition.closed_at)
        .join(Enterprise, (Enterprise.tenant_id == Petition.tenant_id) & (Enterprise.id == Petition.enterprise_id))
        .outerjoin(Unit, (Unit.tenant_id == Petition.tenant_id) & (Unit.id == Petition.lead_unit_id))
        .where(*conditions)
        .order_by(Petition.number)
    )  # fmt: skip
    rows: Iterable[Any] = db.session.execute(query.limit(LARGEST + 1))
    return [Closed(*row) for row in rows]
