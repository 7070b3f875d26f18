"""Deadlines act: what is near is told, what is past is missed, told, and acted on, all through the one door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from zhitongche import journal
from zhitongche.casework import clocks, reckoning, telling
from zhitongche.casework.case import Case, facts_now, load, pack_of
from zhitongche.casework.door import perform
from zhitongche.casework.facts import open_clocks
from zhitongche.casework.tables import Clock
from zhitongche.flow.decide import Decision
from zhitongche.flow.facts import SYSTEM
from zhitongche.kernel import clock
from zhitongche.persistence import db

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from zhitongche.casework.tables import Petition
    from zhitongche.flow.definition import ClockRule


@dataclass(frozen=True, slots=True)
class Waiting:
    """Clocks that a sweep has to look at, each in a unit of work of its own."""

    near: tuple[UUID, ...]
    past: tuple[UUID, ...]


def waiting(limit: int = 500) -> Waiting:
    """The tenant's clocks that came near or passed since the last sweep, the oldest first."""
    now = clock.now()
    running = (Clock.met_at.is_(None), Clock.lapsed_at.is_(None))
    near = select(Clock.id).where(*running, Clock.near_told_at.is_(None), Clock.near_at <= now).order_by(Clock.near_at)
    past = select(Clock.id).where(*running, Clock.missed_at.is_(None), Clock.due_at < now).order_by(Clock.due_at)
    return Waiting(tuple(db.session.scalars(near.limit(limit))), tuple(db.session.scalars(past.limit(limit))))


def tell_near(clock_id: UUID) -> None:
    """Tell the officials who owe that the limit is near; once. An enterprise was told its limit when it was asked."""
    row = _running(clock_id)
    if row is None or row.near_told_at is not None:
        return
    row.near_told_at = clock.now()
    if row.owes == "enterprise":
        return
    telling.tell_clock(load(row.petition_id), row, "due_soon")


def pass_due(clock_id: UUID) -> None:
    """Mark a limit as missed, tell who owes it, and do what the flow says happens then. Idempotent."""
    row = _running(clock_id)
    if row is None or row.missed_at is not None or row.due_at >= clock.now():
        return
    petition = load(row.petition_id, lock=True)
    db.session.refresh(row)
    if row.met_at or row.lapsed_at or row.missed_at:
        return
    flow = pack_of(petition).flow
    rule = flow.clocks[row.code]
    if rule.at_due is not None:
        perform(petition.id, rule.at_due, SYSTEM)
        return
    running = open_clocks(petition.id)
    were = reckoning.before(running)
    row.missed_at = clock.now()
    if rule.weekday is not None:
        running = _next_week(petition, row, rule)
    body = {"clock": row.code, "name": row.name, "due": row.due_at.isoformat(), reckoning.KEY: reckoning.of_clocks(were, running, flow)}
    journal.append(petition.id, action="overdue", actor=SYSTEM, clause=row.clause, from_stage=petition.stage, to_stage=petition.stage, body=body)
    telling.tell_clock(petition, row, "overdue")


def _running(clock_id: UUID) -> Clock | None:
    return db.session.scalar(
        select(Clock).where(Clock.id == clock_id, Clock.met_at.is_(None), Clock.lapsed_at.is_(None))
    )


def _next_week(petition: Petition, row: Clock, rule: ClockRule) -> list[Clock]:
    """A weekly report that was missed stays missed; the next week's is owed from now on (ST-3.4.b). Answers what runs now."""
    row.lapsed_at = row.missed_at
    db.session.flush()
    now: datetime = clock.now()
    facts, pack = facts_now(petition), pack_of(petition)
    action = pack.flow.actions[next(iter(rule.met))]
    decision = Decision(action, petition.stage, petition.stage, frozenset(), frozenset(), (rule,))
    case = Case(petition, pack, facts, SYSTEM, decision, {}, now, open_clocks(petition.id))
    clocks.turn(case)
    return case.running
