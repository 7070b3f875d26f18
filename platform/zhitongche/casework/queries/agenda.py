"""What a meeting's agenda rules ask of petitions: the record's facts, for many at once, no contents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import func, or_, select

from zhitongche.casework.tables import Clock, CoPart, Petition, Rating, Record
from zhitongche.kernel import clock
from zhitongche.persistence import db
from zhitongche.tenancy import versions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy import ColumnElement


@dataclass(frozen=True, slots=True)
class AgendaFacts:
    """One petition as the rules see it. `late` counts its running limits that have passed; moments are ISO 8601 in UTC."""

    petition_id: UUID
    number: str
    enterprise_id: UUID
    lead: UUID | None
    stage: str
    phase: str
    open: bool
    level: str
    category: str
    keeps_off: bool
    resolution: str | None
    answered_at: str | None
    closed_at: str | None
    next_due: str | None
    satisfaction: str | None
    given_by: str | None
    rated_at: str | None
    co_units: int
    late: int


def candidates(since: datetime, theme: dict[str, str], until: datetime) -> list[AgendaFacts]:
    """Petitions that a unit has, registered until then: the open ones, and those closed since then (UTC); the theme narrows them."""
    asked = [getattr(Petition, field) == value for field, value in theme.items() if field in {"matter", "category", "area"}]
    closed = Petition.closed_at >= since
    return _read(Petition.handed_at.is_not(None), Petition.received_at <= until, or_(Petition.outcome.is_(None), closed), *asked)


def of(petition_ids: Collection[UUID]) -> list[AgendaFacts]:
    """These petitions."""
    return _read(Petition.id.in_(list(petition_ids))) if petition_ids else []


def _read(*conditions: ColumnElement[bool]) -> list[AgendaFacts]:
    rows = list(db.session.scalars(select(Petition).where(*conditions).order_by(Petition.received_at, Petition.id)))
    ids = [row.id for row in rows]
    ratings, co, late = _ratings(rows), _counted(CoPart, ids), _counted(Clock, ids, *_LATE, Clock.due_at < clock.now())
    return [_facts(row, ratings.get(row.id), co.get(row.id, 0), late.get(row.id, 0)) for row in rows]


_LATE = (Clock.met_at.is_(None), Clock.lapsed_at.is_(None), Clock.owes.in_(("lead", "co")))


def _facts(row: Petition, rating: Rating | None, co: int, late: int) -> AgendaFacts:
    return AgendaFacts(
        petition_id=row.id, number=row.number, enterprise_id=row.enterprise_id, lead=row.lead_unit_id, stage=row.stage,
        phase=versions.pack_at(row.pack_version).flow.stages[row.stage].phase, open=row.outcome is None, level=row.level,
        category=row.category, keeps_off=row.keeps_off, resolution=row.resolution, answered_at=_iso(row.answered_at),
        closed_at=_iso(row.closed_at), next_due=_iso(row.next_due_at), satisfaction=rating.satisfaction if rating else None,
        given_by=rating.given_by if rating else None, rated_at=_iso(rating.at) if rating else None, co_units=co, late=late,
    )  # fmt: skip


def _ratings(rows: Iterable[Petition]) -> dict[UUID, Rating]:
    """The last rating of the answer that now stands."""
    answered = {row.id: row.answered_at for row in rows if row.answered_at}
    query = select(Rating).where(Rating.petition_id.in_(list(answered))).order_by(Rating.at, Rating.id)
    return {one.petition_id: one for one in db.session.scalars(query) if one.at >= answered[one.petition_id]}


def _counted(table: Any, ids: list[UUID], *conditions: ColumnElement[bool]) -> dict[UUID, int]:
    query = select(table.petition_id, func.count()).where(table.petition_id.in_(ids), *conditions).group_by(table.petition_id)
    return dict(db.session.execute(query).all())


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def last_opinion(petition_id: UUID, unit_id: UUID | None) -> str:
    """What the unit last wrote as its opinion on the matter; empty where it never did (RP-2.3.e)."""
    query = select(Record.text).where(Record.petition_id == petition_id, Record.unit_id == unit_id, Record.kind == "opinion")
    return db.session.scalar(query.order_by(Record.at.desc()).limit(1)) or ""
