"""A period 统计期: from a first to a last day in China, both inclusive."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from zhitongche.statistics import words


@dataclass(frozen=True, order=True)
class Period:
    """Days from `first` to `last`, both inclusive, with the name people call them by."""

    first: date
    last: date
    name: str

    @classmethod
    def week(cls, day: date) -> Period:
        """The week, Monday to Sunday, of a day; numbered by ISO 8601."""
        monday = day - timedelta(day.weekday())
        year, number, _ = day.isocalendar()
        return cls(monday, monday + timedelta(6), words.week(year, number))

    @classmethod
    def month(cls, day: date) -> Period:
        """The month of a day."""
        return cls(day.replace(day=1), _month_end(day), words.month(day.year, day.month))

    @classmethod
    def quarter(cls, day: date) -> Period:
        """The quarter of a day."""
        number = (day.month - 1) // 3
        last = date(day.year, number * 3 + 3, 1)
        return cls(date(day.year, number * 3 + 1, 1), _month_end(last), words.quarter(day.year, number + 1))

    @classmethod
    def year(cls, day: date) -> Period:
        """The calendar year of a day."""
        return cls(date(day.year, 1, 1), date(day.year, 12, 31), words.year(day.year))

    @classmethod
    def of(cls, first: date, last: date) -> Period:
        """Any span, under its common name where it is a whole month, quarter, year or week; ValueError if it ends before it begins."""
        if last < first:
            raise ValueError(f"a period that ends before it begins: {first} > {last}")
        for whole in (cls.month, cls.quarter, cls.year, cls.week):
            if (whole(first).first, whole(first).last) == (first, last):
                return whole(first)
        return cls(first, last, words.span(first, last))

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def previous(self) -> Period:
        """The period of the same kind before; of any other span, as many days before it."""
        before = self.first - timedelta(1)
        for whole in (type(self).month, type(self).quarter, type(self).year, type(self).week):
            if whole(self.first) == self:
                return whole(before)
        return type(self).of(self.first - timedelta(self.days), before)

    def same_last_year(self) -> Period:
        """The same period of the year before: a week by its number, any other span by its dates."""
        if type(self).week(self.first) == self:
            return _week_of(*_numbered(self.first))
        first, last = _year_before(self.first), _year_before(self.last)
        return type(self).of(first, _month_end(last) if self.last == _month_end(self.last) else last)

    def last_ones(self, count: int) -> list[Period]:
        """This period and those before it, `count` together, the oldest first."""
        found = [self]
        while len(found) < count:
            found.insert(0, found[0].previous())
        return found


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _year_before(day: date) -> date:
    # 29 February has no fellow in the year before.
    return day.replace(year=day.year - 1, day=min(day.day, monthrange(day.year - 1, day.month)[1]))


def _numbered(day: date) -> tuple[int, int]:
    year, number, _ = day.isocalendar()
    return year - 1, number


def _week_of(year: int, number: int) -> Period:
    # Not every year has a 53rd week.
    longest = date(year, 12, 28).isocalendar().week
    return Period.week(date.fromisocalendar(year, min(number, longest), 1))
