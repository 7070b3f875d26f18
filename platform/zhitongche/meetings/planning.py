"""A meeting planned from its day: pure, no database. Days are China's."""

from __future__ import annotations

from calendar import Calendar as Weeks
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from zhitongche.tenancy.meeting_parts import DAY, PREVIOUS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhitongche.kernel.working_days import Calendar
    from zhitongche.tenancy.meeting_parts import DayRule, MeetingKind, Step

_NOTHING_DONE: Final[dict[str, date]] = {}
_LONG_AGO: Final = date.min


@dataclass(frozen=True, slots=True)
class Window:
    """When a step may be worked on: from the day `opens` to the close of office hours of `due`."""

    step: Step
    opens: date
    due: date
    provisional: bool

    def due_at(self, calendar: Calendar) -> datetime:
        """The moment (UTC) at which it is due."""
        return calendar.closing(self.due)


@dataclass(frozen=True, slots=True)
class Planned:
    """A meeting of a month with the windows of its steps, in the pack's order."""

    month: date
    day: date
    windows: tuple[Window, ...]


def day_of(rule: DayRule, year: int, month: int, calendar: Calendar) -> date:
    """The day of the month's meeting: the rule's weekday, shifted off a holiday. RP-2.1.b."""
    named = [
        day for day in Weeks().itermonthdates(year, month) if day.month == month and day.weekday() == rule.weekday
    ][rule.week - 1]
    move = calendar.next_working if rule.on_holiday == "next" else calendar.previous_working
    return move(named)


def month_of(kind: MeetingKind, year: int, month: int, calendar: Calendar) -> Planned:
    """The month's meeting by the kind's rule, counted from the rule's day of the month before. Raises ValueError without one."""
    if kind.day is None:
        raise ValueError(f"{kind.code} has no day rule")
    before = (year - 1, 12) if month == 1 else (year, month - 1)
    day = day_of(kind.day, year, month, calendar)
    previous = day_of(kind.day, *before, calendar)
    return Planned(date(year, month, 1), day, windows(kind, day, calendar, previous=previous))


def windows(
    kind: MeetingKind, day: date, calendar: Calendar, *, previous: date | None = None,
    called: date = _LONG_AGO, done: Mapping[str, date] = _NOTHING_DONE,
) -> tuple[Window, ...]:  # fmt: skip
    """The window of every step of a meeting on `day`.

    `previous` is the day of the meeting before, `called` that on which this one was called: nothing is due earlier.
    `done` says when steps were in fact done: what is counted from them moves along.
    What is counted back from the day is fixed; what is counted forward and would run past it gives way, so that the
    steps before the day always end in their order and on its eve at the latest. RP-2.1, RP-2.4.b, RP-2.5, RP-2.8.
    """
    eve = calendar.add_working(day, -1)
    due = _counted(kind, day, previous or called, calendar, done)
    latest = eve
    for step in reversed(kind.before):
        latest = due[step.code] = min(due[step.code], latest)
    earliest = min(called, eve)
    for step in kind.before:
        earliest = due[step.code] = max(due[step.code], earliest)
    return tuple(_windows(kind, day, due, max(previous or called, called), calendar, done))


def _counted(
    kind: MeetingKind, day: date, previous: date, calendar: Calendar, done: Mapping[str, date]
) -> dict[str, date]:
    """Every step's date as its own words say, before any gives way to another."""
    found: dict[str, date] = {}
    anchors = {DAY: day, PREVIOUS: previous}
    for step in kind.steps.values():
        base = anchors[step.when.anchor]
        found[step.code] = calendar.add_working(base, step.when.count) if base > _LONG_AGO else _LONG_AGO
        anchors[step.code] = done.get(step.code, found[step.code])
    return found


def _windows(
    kind: MeetingKind, day: date, due: Mapping[str, date], first: date, calendar: Calendar, done: Mapping[str, date]
) -> list[Window]:
    found: list[Window] = []
    for step in kind.steps.values():
        waits_for = [done.get(code, due[code]) for code in step.after]
        opens = day if step.does == "hold" else max(waits_for, default=first if step in kind.before else day)
        opens = min(opens, due[step.code])
        found.append(Window(step, opens, due[step.code], not _announced(min(opens, day), max(due[step.code], day), calendar)))
    return found


def _announced(first: date, last: date, calendar: Calendar) -> bool:
    return calendar.confirmed_through(max(first, date(last.year - 1, 1, 1)), last)
