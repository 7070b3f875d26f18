"""Which tallies make up a period: whole months by month, the days before and after them by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhitongche.statistics.period import Period

EVER: Final = date(1949, 10, 1)
"""Before every fact: stocks are summed from here."""


@dataclass(frozen=True)
class Piece:
    """Tallies of one grain ('m' month, 'd' day) that begin from `first` to `last`."""

    grain: str
    first: date
    last: date


def pieces(first: date, last: date, *, by_day: bool = False) -> list[Piece]:
    """The tallies from `first` to `last`; every one a day's where `by_day`."""
    begin, end = _first_whole(first), _after_last_whole(last)
    if by_day or begin >= end:
        return [Piece("d", first, last)] if first <= last else []
    found = [Piece("d", first, begin - _DAY), Piece("m", begin, end - _DAY), Piece("d", end, last)]
    return [piece for piece in found if piece.first <= piece.last]


def before_and_within(periods: Sequence[Period]) -> list[Piece]:
    """The tallies of several periods, of one grain, so that a row belongs wholly to each period it begins in.

    Raises ValueError where there is no period.
    """
    whole = all(one.first.day == 1 and (one.last + _DAY).day == 1 for one in periods)
    first, last = min(one.first for one in periods), max(one.last for one in periods)
    return [Piece("m" if whole else "d", first, last)]


def ever_before(day: date) -> list[Piece]:
    """All tallies before a day."""
    return pieces(EVER, day - _DAY)


_DAY: Final = timedelta(1)


def _first_whole(first: date) -> date:
    return first if first.day == 1 else (first.replace(day=1) + 31 * _DAY).replace(day=1)


def _after_last_whole(last: date) -> date:
    return (last + _DAY).replace(day=1)
