"""Every date that hangs on a meeting: as it stands in the books, or as the rule would have it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from zhitongche.kernel import clock
from zhitongche.meetings import planning
from zhitongche.meetings.queries.timeline import WHO, steps_of
from zhitongche.tenancy import calendar, current

if TYPE_CHECKING:
    from zhitongche.flow.facts import Actor
    from zhitongche.meetings.planning import Window
    from zhitongche.meetings.queries.year import Line


@dataclass(frozen=True, slots=True)
class DateLine:
    """What somebody owes by the end of a day (China); `clause` is empty for the tenant's own setting."""

    name: str
    who: str
    clause: str
    due: date
    done: bool = False
    missed: bool = False


def of(line: Line, actor: Actor) -> list[DateLine]:
    """The dates of one meeting of the year, the earliest first; what several units owe stands there once."""
    if line.id is None:
        return sorted((_planned(window) for window in _windows(line)), key=lambda one: one.due)
    found = {
        step.code: DateLine(step.name, step.who, step.clause, clock.local_date(step.due_at), bool(step.met_at), step.missed)
        for step in steps_of(line.id, actor)
    }
    return list(found.values())


def _windows(line: Line) -> tuple[Window, ...]:
    kind, days = current.pack().meetings[line.kind], calendar.calendar_of(current.pack())
    # Shifted off a holiday, the day may lie in the month after its own.
    months = {(day.year, day.month): None for day in (line.day, line.day.replace(day=1) - timedelta(days=1))}
    plans = (planning.month_of(kind, year, month, days) for year, month in months)
    return next(plan.windows for plan in plans if plan.day == line.day)


def _planned(window: Window) -> DateLine:
    step = window.step
    return DateLine(step.name, WHO[step.owes], "" if step.clause == "setting" else step.clause, window.due)
