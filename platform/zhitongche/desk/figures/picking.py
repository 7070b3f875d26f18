"""The period that a reader picks: a usual one by its word, or any span of days; what is wrong is said beside the field."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from zhitongche.desk.figures import words
from zhitongche.kernel import clock
from zhitongche.statistics import Period

if TYPE_CHECKING:
    from collections.abc import Mapping

EARLIEST: Final = date(2000, 1, 1)
YEARS: Final = 10


@dataclass(frozen=True, slots=True)
class Picked:
    """The period, the word it was picked by, and what was typed with what is wrong about it."""

    period: Period
    choice: str
    typed: Mapping[str, str]
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def query(self) -> dict[str, str]:
        """As an address carries it on."""
        return span_query(self.period) if self.choice == words.SPAN else {"period": self.choice}

    @property
    def status(self) -> int:
        """The answer's status: 422 where something is to be mended."""
        return 422 if self.errors else 200


def read(args: Mapping[str, str]) -> Picked:
    """Out of an address; without a word it is this month."""
    today, choice = clock.today(), args.get("period", "")
    if choice == words.SPAN:
        return _span(args.get("first", "").strip(), args.get("last", "").strip(), today)
    choice = choice if choice in words.PERIODS else "month"
    period = _usual(choice, today)
    return Picked(period, choice, _texts(period))


def span_query(period: Period) -> dict[str, str]:
    """Any period as an address names it."""
    return {"period": words.SPAN, **_texts(period)}


def before(period: Period) -> Period:
    """What the period is compared with: the one before, as far as this one has come."""
    last, today = period.previous(), clock.today()
    if not period.first <= today < period.last:
        return last
    # Three weeks of this month beside the whole of the last would look like a fall.
    return Period.of(last.first, min(last.last, last.first + (today - period.first)))


def _usual(choice: str, today: date) -> Period:
    if choice == "last_month":
        return Period.month(today).previous()
    return {"month": Period.month, "quarter": Period.quarter, "year": Period.year}[choice](today)


def _span(first: str, last: str, today: date) -> Picked:
    typed, errors = {"first": first, "last": last}, {}
    days = {name: _day(text) for name, text in typed.items()}
    begin, end = days["first"], days["last"]
    errors = {name: words.NOT_A_DAY for name, day in days.items() if day is None}
    if begin and begin < EARLIEST:
        errors["first"] = words.TOO_EARLY.format(year=EARLIEST.year)
    if begin and end and not errors:
        errors = _both(begin, end)
    if errors or begin is None or end is None:
        return Picked(Period.month(today), words.SPAN, typed, errors)
    return Picked(Period.of(begin, end), words.SPAN, typed)


def _both(first: date, last: date) -> dict[str, str]:
    if last < first:
        return {"last": words.ENDS_BEFORE}
    if last.year - first.year > YEARS:
        return {"last": words.TOO_LONG.format(years=YEARS)}
    return {}


def _day(text: str) -> date | None:
    try:
        return clock.day_of(text)
    except ValueError:
        return None


def _texts(period: Period) -> dict[str, str]:
    return {"first": period.first.isoformat(), "last": period.last.isoformat()}
