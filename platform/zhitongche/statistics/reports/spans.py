"""What a report covers 统计期, and with what it is compared: the span before and the same of last year. Days of China."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from zhitongche.statistics.period import Period
from zhitongche.statistics.reports import words
from zhitongche.tenancy.routines import RUNNING

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhitongche.tenancy.routines import Routine

_DAY: Final = timedelta(1)
_MONTHS: Final = {"month": 1, "quarter": 3}
_YEAR: Final = timedelta(weeks=52)
_WHOLE: Final[dict[str, Callable[[date], Period]]] = {"week": Period.week, "month": Period.month, "quarter": Period.quarter}


@dataclass(frozen=True, slots=True)
class Span:
    """A report's period by its kind (week, month, quarter, any)."""

    kind: str
    period: Period

    @property
    def before(self) -> Period:
        """The period of the same kind that ended the day before."""
        end = self.period.first - _DAY
        if self.kind == "week":
            return Period.of(end - 6 * _DAY, end)
        if _begun_month(self.period):
            # Three weeks of a month are compared with the same three of the month before.
            return Period.of(end.replace(day=1), end.replace(day=min(end.day, self.period.last.day)))
        if self.whole or self.kind not in _MONTHS:
            return self.period.previous()
        return Period.of(_months_before(end, _MONTHS[self.kind]) + _DAY, end)

    @property
    def year_before(self) -> Period:
        """The same of last year; of a week, that 52 weeks before."""
        if self.kind == "week":
            return Period.of(self.period.first - _YEAR, self.period.last - _YEAR)
        return self.period.same_last_year()

    def last_ones(self, count: int) -> list[Span]:
        """This one and those before it, the oldest first."""
        found = [self]
        while len(found) < count:
            found.insert(0, Span(self.kind, found[0].before))
        return found

    @property
    def whole(self) -> bool:
        """Whether it is a calendar week, month or quarter, so that people call it so."""
        return self.kind in _WHOLE and _WHOLE[self.kind](self.period.last) == self.period


def span(kind: str, first: date, last: date) -> Span:
    """The span of a kept report."""
    return Span(kind, Period.of(first, last))


def of_routine(routine: Routine, day: date) -> Span:
    """What the report of a routine's day is about."""
    if routine.covers == RUNNING:
        return span(routine.every, routine.day_before(day) + _DAY, day)
    return Span(routine.every, _WHOLE[routine.every](day).previous())


def name(of: Span) -> str:
    """How a report's period is called: 2026年3月, 2026年第10周."""
    return _WHOLE[of.kind](of.period.last).name if of.kind in _WHOLE else of.period.name


def issue(of: Span) -> str:
    """Its number in the year's row; none of one that was asked for."""
    last = of.period.last
    year, week, _ = last.isocalendar()
    numbers = {"week": (year, week), "month": (last.year, last.month), "quarter": (last.year, (last.month + 2) // 3)}
    return words.ISSUE.format(*numbers[of.kind]) if of.kind in numbers else ""


def _begun_month(period: Period) -> bool:
    month = Period.month(period.first)
    return month.first == period.first and period.last < month.last


def _months_before(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    # Routines come by the 28th at the latest: that day is in every month.
    return date(index // 12, index % 12 + 1, min(day.day, 28))
