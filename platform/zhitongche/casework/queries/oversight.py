"""What supervisors look at: every unit's open, late and finished items, and how limits were kept (ST-1.1.3, ST-5.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Select, and_, case, func, select

from zhitongche.casework.tables import Clock, Petition
from zhitongche.kernel import clock
from zhitongche.persistence import db

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import ColumnElement

NEAR = timedelta(days=1)
"""An item whose next limit ends within this span is shown as near."""


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """One unit's items as lead unit, and the limits it owed: counts, no rates."""

    unit_id: UUID
    open: int
    late: int
    near: int
    finished: int
    key: int
    limits_met: int
    limits_missed: int


@dataclass(frozen=True, slots=True)
class PersonFigures:
    """Limits that one person met, and how many of them late."""

    person_id: UUID
    met: int
    late: int


@dataclass(frozen=True, slots=True)
class Item:
    """One petition in a supervisor's list; `due_at` is the earliest running limit, moments in UTC."""

    petition_id: UUID
    number: str
    title: str
    enterprise_id: UUID
    unit_id: UUID | None
    stage: str
    handed_at: datetime | None
    due_at: datetime | None
    late: bool
    key_state: str | None
    outcome: str | None


def by_unit(since: datetime | None = None, until: datetime | None = None) -> list[UnitFigures]:
    """Figures of every unit that has or had an item; the period counts by the day of receipt."""
    petitions = {row.unit_id: row for row in db.session.execute(_petitions(since, until))}
    limits = {row.unit_id: row for row in db.session.execute(_limits(since, until))}
    return [
        UnitFigures(
            unit, *(int(getattr(petitions.get(unit), name, 0) or 0) for name in ("open", "late", "near", "finished", "key")),
            *(int(getattr(limits.get(unit), name, 0) or 0) for name in ("met", "missed")),
        )
        for unit in {*petitions, *limits} if unit is not None
    ]  # fmt: skip


def _petitions(since: datetime | None, until: datetime | None) -> Select[UUID | None, int, int, int, int, int]:
    now = clock.now()
    is_open, late = Petition.outcome.is_(None), Petition.next_due_at < now
    near = and_(is_open, Petition.next_due_at >= now, Petition.next_due_at < now + NEAR)
    query = select(
        Petition.lead_unit_id.label("unit_id"),
        _sum(is_open).label("open"), _sum(and_(is_open, late)).label("late"), _sum(near).label("near"),
        _sum(Petition.outcome.is_not(None)).label("finished"), _sum(Petition.key_state == "approved").label("key"),
    )  # fmt: skip
    return query.where(Petition.lead_unit_id.is_not(None), *_period(since, until)).group_by(Petition.lead_unit_id)


def _limits(since: datetime | None, until: datetime | None) -> Select[UUID | None, int, int]:
    in_time = and_(Clock.met_at.is_not(None), Clock.missed_at.is_(None))
    query = select(
        Clock.unit_id.label("unit_id"), _sum(in_time).label("met"), _sum(Clock.missed_at.is_not(None)).label("missed")
    ).where(Clock.unit_id.is_not(None), *_started(since, until))
    return query.group_by(Clock.unit_id)


def by_person(unit_id: UUID | None, since: datetime | None = None, until: datetime | None = None) -> list[PersonFigures]:
    """How the people of a unit kept its limits; without a unit, those who keep the limits of the tenant's own posts (ST-5.3)."""
    query = select(Clock.met_by, func.count(), _sum(Clock.missed_at.is_not(None))).where(
        Clock.unit_id == unit_id if unit_id else Clock.unit_id.is_(None), Clock.met_by.is_not(None), *_started(since, until)
    )
    rows = db.session.execute(query.group_by(Clock.met_by))
    return [PersonFigures(person, int(met), int(late)) for person, met, late in rows if person]


def by_post(since: datetime | None = None, until: datetime | None = None) -> dict[str, tuple[int, int]]:
    """Limits that a post of the tenant owed, not a unit: party → (met in time, missed). The enterprise's own are left out."""
    in_time = and_(Clock.met_at.is_not(None), Clock.missed_at.is_(None))
    query = select(Clock.owes, _sum(in_time), _sum(Clock.missed_at.is_not(None))).where(
        Clock.unit_id.is_(None), Clock.owes != "enterprise", *_started(since, until)
    )
    return {owes: (int(met), int(missed)) for owes, met, missed in db.session.execute(query.group_by(Clock.owes))}


def unfinished(limit: int = 10_000) -> list[Item]:
    """Everything not finished, the most delayed first (ST-3.5)."""
    query = select(Petition).where(Petition.outcome.is_(None)).order_by(Petition.next_due_at, Petition.id)
    return [_item(p) for p in db.session.scalars(query.limit(limit))]


def reports_owed(codes: Collection[str], limit: int = 500) -> list[tuple[UUID, UUID | None, datetime]]:
    """Periodic reports that are owed now: petition, unit, when due, the earliest first."""
    query = select(Clock.petition_id, Clock.unit_id, Clock.due_at).where(
        Clock.code.in_(list(codes)), Clock.met_at.is_(None), Clock.lapsed_at.is_(None)
    )
    ordered = query.order_by(Clock.due_at, Clock.id).limit(limit)
    return [(petition, unit, due) for petition, unit, due in db.session.execute(ordered)]


def _item(p: Petition) -> Item:
    late = p.outcome is None and p.next_due_at is not None and p.next_due_at < clock.now()
    return Item(p.id, p.number, p.title, p.enterprise_id, p.lead_unit_id or p.proposed_unit_id, p.stage, p.handed_at,
                p.next_due_at, late, p.key_state, p.outcome)  # fmt: skip


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _started(since: datetime | None, until: datetime | None) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if since is not None:
        found.append(Clock.started_at >= since)
    if until is not None:
        found.append(Clock.started_at < until)
    return found


def _period(since: datetime | None, until: datetime | None) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if since is not None:
        found.append(Petition.received_at >= since)
    if until is not None:
        found.append(Petition.received_at < until)
    return found
