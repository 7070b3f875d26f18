"""The clocks of a case: met, lapsed, started; every limit is a row."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from zhitongche.casework import words
from zhitongche.casework.choices import open_milestones
from zhitongche.casework.tables import Clock, CoPart
from zhitongche.kernel import clock, deadlines
from zhitongche.kernel.deadlines import Due
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import db
from zhitongche.tenancy import calendar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from zhitongche.casework.case import Case
    from zhitongche.casework.tables import Petition
    from zhitongche.flow.definition import ClockRule
    from zhitongche.flow.facts import Facts
    from zhitongche.kernel.limits import Limit
    from zhitongche.kernel.working_days import Calendar
    from zhitongche.tenancy.pack import Pack


def turn(case: Case) -> None:
    """Meet, lapse and start the clocks that the decision names, then note the petition's next due moment."""
    for row in case.running:
        if row.code in case.decision.meets and _meets(row, case):
            row.met_at, row.met_by = case.now, case.actor.person_id
            miss_if_late(row, case.now)
        elif row.code in case.decision.lapses:
            _lapse(row, case.now)
    for rule in case.decision.starts:
        _start(rule, case)
    case.running[:] = [row for row in case.running if row.met_at is None and row.lapsed_at is None]
    note_next_due(case.petition, case.running)


def note_next_due(petition: Petition, running: list[Clock]) -> None:
    """Keep the petition's earliest open due moment beside it, so that an inbox sorts by an index."""
    petition.next_due_at = None if petition.outcome else min((c.due_at for c in running), default=None)


def _lapse(row: Clock, now: datetime) -> None:
    row.lapsed_at = now
    miss_if_late(row, now)


def miss_if_late(row: Clock, now: datetime) -> None:
    """A clock that ends after its due moment was missed, whether or not the sweep saw it first."""
    if row.missed_at is None and now > row.due_at:
        row.missed_at = now


def hand_over(running: list[Clock], unit_id: UUID) -> None:
    """A new lead unit owes what the old one owed; the clocks run on (RP-2.3.c)."""
    for row in running:
        if row.owes == "lead":
            row.unit_id = unit_id


def move(running: list[Clock], owes: str, due: datetime, now: datetime) -> None:
    """Another end for the running clocks of a party that sets its limit itself; what is missed stays missed."""
    for row in running:
        if row.owes == owes:
            row.due_at = _not_before(now, due).at
            row.near_at = deadlines.near(now, row.due_at)
            row.limit = _until(row.due_at)


def limit_text(rule: ClockRule, due: Due, case: Case, unit_id: UUID | None) -> str:
    """The limit as a person reads it."""
    limit = fixed_limit(rule, case.petition, case.facts, case.pack, unit_id)
    if rule.weekday is not None:
        return words.EVERY[rule.weekday]
    if limit is not None and not (rule.limit.by == "above" and case.facts.above_due):
        return limit.in_chinese()
    return _until(due.at)


def _until(at: datetime) -> str:
    return f"{clock.local(at):%Y-%m-%d}前"


def _meets(row: Clock, case: Case) -> bool:
    if row.owes == "co":
        return row.unit_id == case.actor.unit_id
    if row.ref is not None:
        return row.ref == case.form.get("milestone")
    # A contact by a co-organizer does not fulfil what the lead unit owes.
    return row.owes != "lead" or case.actor.unit_id in {row.unit_id, None} or "lead" not in case.decision.action.who


def _start(rule: ClockRule, case: Case) -> None:
    for unit_id, ref, due in _owing(rule, case):
        for old in case.running:
            if (old.code, old.unit_id, old.ref) == (rule.code, unit_id, ref) and old.met_at is None:
                _lapse(old, case.now)
        # The old row must end before the new one begins: one of a kind may run (uq_clock_one_open).
        db.session.flush()
        new = _row(rule, case, unit_id, ref, due)
        db.session.add(new)
        case.running.append(new)


def _row(rule: ClockRule, case: Case, unit_id: UUID | None, ref: UUID | None, due: Due) -> Clock:
    return Clock(
        id=new_id(),
        petition_id=case.petition.id,
        code=rule.code,
        name=rule.name,
        owes=rule.owes,
        unit_id=unit_id,
        ref=ref,
        limit=limit_text(rule, due, case, unit_id),
        clause=rule.clause,
        is_setting=rule.is_setting,
        started_at=case.now,
        due_at=due.at,
        near_at=deadlines.near(case.now, due.at),
        provisional=due.provisional,
    )


def _owing(rule: ClockRule, case: Case) -> Iterator[tuple[UUID | None, UUID | None, Due]]:
    """Who owes under the rule, for what (a milestone), and until when."""
    if rule.limit.by == "milestone":
        for step in open_milestones(case.petition.id):
            yield case.petition.lead_unit_id, step.id, _not_before(case.now, clock.on(step.due_on, clock.LAST_SECOND))
        return
    for unit_id in _units(rule, case):
        start = case.now if rule.weekday is None else _last_report(rule, case)
        yield unit_id, None, count(rule, case.petition, case.facts, case.pack, start, unit_id)


def _units(rule: ClockRule, case: Case) -> list[UUID | None]:
    petition = case.petition
    if rule.owes == "co":
        query = select(CoPart.unit_id).where(CoPart.petition_id == petition.id, CoPart.replied_at.is_(None))
        return list(db.session.scalars(query))
    if rule.owes == "lead":
        return [petition.lead_unit_id]
    if rule.owes == "proposed":
        return [petition.proposed_unit_id]
    return [None]


def count(
    rule: ClockRule, petition: Petition, facts: Facts, pack: Pack, start: datetime, unit_id: UUID | None,
    days: Calendar | None = None,
) -> Due:  # fmt: skip
    """When the rule's limit ends that began at `start`, by the calendar in force or by `days`.

    LookupError where nothing says how long it is.
    """
    days = days or calendar.calendar_of(pack)
    if rule.weekday is not None:
        return deadlines.weekly(start, rule.weekday, days)
    limit = fixed_limit(rule, petition, facts, pack, unit_id)
    if rule.limit.by == "meeting" and petition.meeting_on is not None:
        return _of_meeting(petition.meeting_on, limit, start, days)
    if rule.limit.by == "above" and facts.above_due is not None:
        return _not_before(start, facts.above_due)
    if limit is not None:
        return deadlines.due(start, limit, days)
    if rule.limit.by == "plan" and facts.plan_due is not None:
        return _not_before(start, facts.plan_due)
    if rule.limit.by == "opinion" and petition.opinion_due is not None:
        return _not_before(start, clock.on(petition.opinion_due, clock.LAST_SECOND))
    raise LookupError(f"{pack.code}: clock {rule.code} has no limit")


def _of_meeting(day: date, after: Limit | None, start: datetime, days: Calendar) -> Due:
    """The close of the meeting's day, or so long after that day, whenever it was recorded that it was held."""
    at = Due(days.closing(day), not days.confirmed_through(day, day)) if after is None else deadlines.due(clock.on(day), after, days)
    return Due(_not_before(start, at.at).at, at.provisional)


def fixed_limit(rule: ClockRule, petition: Petition, facts: Facts, pack: Pack, unit_id: UUID | None) -> Limit | None:
    """The limit that does not depend on a date somebody set: the category's, the unit kind's, or the rule's own."""
    limit = rule.limit
    if limit.by == "matter":
        category = pack.categories.get(petition.category)
        return category.limit if category and category.limit else limit.default
    kind = facts.unit_kinds.get(unit_id, "") if unit_id else ""
    return limit.by_unit_kind.get(kind, limit.default)


def _not_before(start: datetime, at: datetime) -> Due:
    # A date that has passed by the time it binds is due at once, not before it began.
    return Due(max(at, start + timedelta(minutes=1)), provisional=False)


def _last_report(rule: ClockRule, case: Case) -> datetime:
    """A report sent ahead of its Thursday counts for it: the next one is due the week after."""
    met = [row.due_at for row in case.running if row.code == rule.code and row.met_at == case.now]
    return max([case.now, *met])
