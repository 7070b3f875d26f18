"""The rows of a meeting's steps, kept to the plan: written when it is called, moved when the day or a step moves."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from zhitongche.kernel import clock, deadlines
from zhitongche.meetings import planning
from zhitongche.meetings.tables import MeetingStep
from zhitongche.persistence import db

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from zhitongche.meetings.planning import Window
    from zhitongche.meetings.sitting import Sitting

Moved = dict[str, list[str]]


def schedule(sitting: Sitting) -> None:
    """Write a row for every step of a meeting just called."""
    for position, window in enumerate(_windows(sitting)):
        db.session.add(_row(sitting, window, position, None))
    db.session.flush()


def reschedule(sitting: Sitting) -> Moved:
    """Count every open step again, from the day as it is and the steps as they were done; tells code → [before, after]."""
    windows = {window.step.code: window for window in _windows(sitting)}
    moved: Moved = {}
    for row in sitting.steps:
        due = windows[row.code].due_at(sitting.calendar)
        if row.met_at is None and due != row.due_at:
            moved[row.code] = [row.due_at.isoformat(), due.isoformat()]
            _set(sitting, row, windows[row.code])
    db.session.flush()
    return moved


def expand(sitting: Sitting, does: str, units: Iterable[UUID]) -> None:
    """A step that units owe: one row for each of these units; with none there is nothing to do, and it is done."""
    step = sitting.kind.doing(does)
    if step is None:
        return
    rows = {row.unit_id: row for row in sitting.steps if row.code == step.code}
    window = next(one for one in _windows(sitting) if one.step.code == step.code)
    position = next(iter(rows.values())).position
    wanted = set(units)
    for unit_id, row in rows.items():
        if unit_id not in wanted and row.met_at is None:
            db.session.delete(row)
    # Gone before what takes their place comes: one row a unit.
    db.session.flush()
    db.session.add_all(_row(sitting, window, position, unit) for unit in sorted(wanted - set(rows)))
    if not wanted and not any(row.met_at for row in rows.values()):
        db.session.add(_row(sitting, window, position, None, met_at=sitting.now))
    db.session.flush()


def _windows(sitting: Sitting) -> tuple[Window, ...]:
    row = sitting.row
    met = {step.code: clock.local_date(step.met_at) for step in sitting.steps if step.met_at and sitting.done(step.code)}
    return planning.windows(
        sitting.kind, row.day, sitting.calendar, previous=row.previous_day, called=_called(sitting), done=met
    )


def _called(sitting: Sitting) -> date:
    """Nothing is due before the meeting was called; where called on a day off, before the working day that follows."""
    return sitting.calendar.next_working(sitting.row.called_on)


def _row(sitting: Sitting, window: Window, position: int, unit: UUID | None, met_at: datetime | None = None) -> MeetingStep:
    step = window.step
    row = MeetingStep(
        meeting_id=sitting.row.id, position=position, code=step.code, name=step.name, does=step.does, owes=step.owes,
        unit_id=unit, clause=step.clause, is_setting=step.is_setting, met_at=met_at,
    )  # fmt: skip
    _set(sitting, row, window)
    return row


def _set(sitting: Sitting, row: MeetingStep, window: Window) -> None:
    row.opens_on, row.due_at, row.provisional = window.opens, window.due_at(sitting.calendar), window.provisional
    begins = max(min(clock.on(window.opens, sitting.calendar.opens), row.due_at), min(sitting.now, row.due_at))
    row.near_at = deadlines.near(begins, row.due_at)
    if row.due_at > sitting.now:
        row.near_told_at, row.missed_at = None, None
