"""Working days (工作日) of one tenant: the national arrangement with its own days laid over it."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from types import MappingProxyType

from zhitongche.kernel import clock, words
from zhitongche.kernel.national_days import ANNOUNCED, Day, National, national

__all__ = ["ANNOUNCED", "Calendar", "Day", "National", "national"]

_NO_DAYS: Mapping[date, bool] = MappingProxyType({})
_NO_NAMES: Mapping[date, str] = MappingProxyType({})
# New Year's holiday may take the days joined to it and make them up on the weekend before, all
# by the notice of the year that follows: 29 and 31 December 2018 came with that of 2019.
_NEXT_NOTICE_FROM = (12, 26)


class Calendar:
    """A tenant's calendar. `overrides` says of its own days whether they work; hours are naive, in China.

    `confirmed` holds the years whose arrangement is known; `names` may say why a day is its own (台风停工).
    """

    def __init__(
        self,
        overrides: Mapping[date, bool] = _NO_DAYS,
        confirmed: frozenset[int] = national().announced,
        opens: time = time(8, 30),
        closes: time = time(17, 30),
        names: Mapping[date, str] = _NO_NAMES,
    ) -> None:
        if opens >= closes:
            raise ValueError(words.HOURS_REVERSED)
        self.overrides = dict(overrides)
        self.confirmed = confirmed
        self.opens = opens
        self.closes = closes
        self.names = dict(names)
        self._working_by_year: dict[int, list[int]] = {}

    def is_working(self, day: date) -> bool:
        """Is `day` a working day here?"""
        own = self.overrides.get(day)
        return national().is_working(day) if own is None else own

    def add_working(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, or before it where negative; `day` itself never counts."""
        if count == 0:
            return day
        year, days = day.year, self._working_days(day.year)
        find, step = (bisect_right, count - 1) if count > 0 else (bisect_left, count)
        index = find(days, day.toordinal()) + step
        while index >= len(days):
            index -= len(days)
            year += 1
            days = self._working_days(year)
        while index < 0:
            year -= 1
            days = self._working_days(year)
            index += len(days)
        return date.fromordinal(days[index])

    def count_working(self, first: date, last: date) -> int:
        """How many working days lie after `first` up to and with `last`; none where `last` is not later."""
        if last <= first:
            return 0
        counts = (len(self._working_days(year)) for year in range(first.year, last.year))
        return sum(counts) + self._until(last) - self._until(first)

    def minutes_open(self, start: datetime, end: datetime) -> int:
        """Working minutes 工作时间 between two moments (aware), by office hours; none where `end` is not later."""
        begun, ended = clock.local(start), clock.local(end)
        if ended <= begun:
            return 0
        whole = self.count_working(begun.date(), ended.date()) + self.is_working(begun.date()) - self.is_working(ended.date())
        return whole * self._minutes(self.closes) + self._of_day(ended) - self._of_day(begun)

    def next_working(self, day: date, inclusive: bool = True) -> date:
        """The nearest working day from `day` on; `day` itself only where `inclusive`."""
        return day if inclusive and self.is_working(day) else self.add_working(day, 1)

    def previous_working(self, day: date, inclusive: bool = True) -> date:
        """The nearest working day up to `day`; `day` itself only where `inclusive`."""
        return day if inclusive and self.is_working(day) else self.add_working(day, -1)

    def confirmed_through(self, first: date, last: date) -> bool:
        """Has everything been announced that could still change a day from `first` to `last` (both counted)?"""
        final = last.year + ((last.month, last.day) >= _NEXT_NOTICE_FROM)
        return all(year in self.confirmed for year in range(first.year, final + 1))

    def year(self, year: int) -> list[Day]:
        """Every day of `year`, first to last, own days named as such."""
        return [self._own(day) for day in national().year(year)]

    def closing(self, day: date) -> datetime:
        """The close of office hours on `day`, in UTC."""
        return clock.on(day, self.closes)

    def is_open(self, moment: datetime) -> bool:
        """Is `moment` (aware) within office hours of a working day?"""
        here = clock.local(moment)
        return self.is_working(here.date()) and self.opens <= here.time() < self.closes

    def _own(self, day: Day) -> Day:
        own = self.overrides.get(day.date)
        if own is None:
            entered = day.date.year in self.confirmed and day.date.year not in ANNOUNCED
            return replace(day, source=words.ENTERED) if entered else day
        fallback = words.OWN_WORKING_DAY if own else words.OWN_DAY_OFF
        return Day(day.date, own, self.names.get(day.date, fallback), words.OWN_DAY)

    def _of_day(self, here: datetime) -> int:
        return min(max(self._minutes(here.time()), 0), self._minutes(self.closes)) if self.is_working(here.date()) else 0

    def _minutes(self, hour: time) -> int:
        return (hour.hour - self.opens.hour) * 60 + hour.minute - self.opens.minute

    def _until(self, day: date) -> int:
        return bisect_right(self._working_days(day.year), day.toordinal())

    def _working_days(self, year: int) -> list[int]:
        # Ordinals, ascending, kept per year: a deadline costs one bisection, not a walk over days.
        days = self._working_by_year.get(year)
        if days is None:
            days = [day.date.toordinal() for day in self.year(year) if day.working]
            self._working_by_year[year] = days
        return days
