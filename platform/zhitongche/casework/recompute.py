"""When the calendar changes (a year is announced, the tenant sets a day of its own), limits are counted anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import select

from zhitongche import journal
from zhitongche.casework import clocks, reckoning
from zhitongche.casework.case import facts_now, load, pack_of
from zhitongche.casework.facts import open_clocks
from zhitongche.casework.tables import Clock
from zhitongche.flow.facts import SYSTEM
from zhitongche.kernel import clock, deadlines
from zhitongche.persistence import db
from zhitongche.tenancy import calendar

if TYPE_CHECKING:
    from zhitongche.casework.tables import Petition
    from zhitongche.flow.definition import ClockRule
    from zhitongche.kernel.deadlines import Due

BY_DATE: Final = frozenset({"plan", "opinion", "milestone"})
"""Limits that end on a date somebody set: no calendar moves them."""
# A weekly report that is due before a closed day may come back to that day, however long the holiday around it.
_REACH: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Move:
    """A running limit whose end a changed calendar moves. Moments in UTC; no contents: an administrator sees it."""

    clock_id: UUID
    number: str
    name: str
    unit_id: UUID | None
    before: datetime
    after: datetime


def provisional(limit: int = 500) -> list[UUID]:
    """Running clocks whose end rests on days not announced when they were started."""
    query = select(Clock.id).where(Clock.provisional, Clock.met_at.is_(None), Clock.lapsed_at.is_(None))
    return list(db.session.scalars(query.order_by(Clock.id).limit(limit)))


def moved_by(day: date, own: Mapping[date, tuple[bool, str]]) -> list[Move]:
    """What moves if the tenant's own days become `own`, which differ from those in force in `day`; nothing is written.

    What has been missed already stays missed: a calendar takes no verdict back.
    """
    query = (
        select(Clock)
        .where(Clock.met_at.is_(None), Clock.lapsed_at.is_(None), Clock.missed_at.is_(None))
        .where(Clock.due_at >= clock.on(day) - _REACH, Clock.started_at < clock.on(day + timedelta(days=1)))
        .order_by(Clock.due_at, Clock.id)
    )
    moves = []
    for row in db.session.scalars(query).all():
        petition = load(row.petition_id)
        due = _count(row, petition, own)
        if due is not None and due.at != row.due_at:
            moves.append(Move(row.id, petition.number, row.name, row.unit_id, row.due_at, due.at))
    return moves


def recount(clock_id: UUID) -> bool:
    """Count one clock's end again under the calendar of now; True where it moved, which the journal records."""
    row = db.session.scalars(select(Clock).where(Clock.id == clock_id)).one()
    petition = load(row.petition_id, lock=True)
    due = _count(row, petition, calendar.own_days())
    if due is None or (due.at == row.due_at and due.provisional == row.provisional):
        return False
    before, were = row.due_at, reckoning.before([row])
    row.due_at, row.provisional = due.at, due.provisional
    row.near_at = deadlines.near(row.started_at, due.at)
    if row.near_at > clock.now():
        row.near_told_at = None
    clocks.note_next_due(petition, open_clocks(petition.id))
    journal.append(petition.id, action="recount", actor=SYSTEM, clause=row.clause, from_stage=petition.stage, to_stage=petition.stage,
                   body={"clock": row.code, "name": row.name, "before": before.isoformat(), "after": row.due_at.isoformat(),
                         reckoning.KEY: reckoning.of_clocks(were, [row], pack_of(petition).flow)})  # fmt: skip
    return True


def _count(row: Clock, petition: Petition, own: Mapping[date, tuple[bool, str]]) -> Due | None:
    """Where the clock ends by these days; None where no calendar moves it, or only to a moment that has passed."""
    pack = pack_of(petition)
    rule = pack.flow.clocks[row.code]
    if rule.limit.by in BY_DATE:
        return None
    days = calendar.with_days(pack, own)
    due = clocks.count(rule, petition, facts_now(petition), pack, _counted_from(row, rule), row.unit_id, days)
    return None if due.at <= clock.now() < row.due_at else due


def _counted_from(row: Clock, rule: ClockRule) -> datetime:
    """A weekly limit that began with an early report counts from the day for which that report was due (ST-3.4.b)."""
    if rule.weekday is None:
        return row.started_at
    earlier = select(Clock.due_at).where(
        Clock.petition_id == row.petition_id, Clock.code == row.code, Clock.met_at == row.started_at
    )
    met: list[datetime] = list(db.session.scalars(earlier))
    return max([row.started_at, *met])
