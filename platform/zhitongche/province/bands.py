"""Into which of few bands (档) a value falls, so that a map can be read by shade and by marks alike; pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST: Final = 5


@dataclass(frozen=True, slots=True)
class Band:
    """The values from `low` to `high`, both of them seen; `level` counts from 1, and rises with the values."""

    level: int
    low: float
    high: float


def bands(amounts: Iterable[float], most: int = MOST) -> tuple[Band, ...]:
    """As equal in number as ties allow: the same value is never in two bands, and no band is empty."""
    ordered = sorted(amounts)
    shares: dict[float, int] = {}
    for index, amount in enumerate(ordered):
        # A tie belongs where its first stands.
        shares.setdefault(amount, index * most // len(ordered))
    groups = [list(group) for _, group in groupby(shares, key=lambda amount: shares[amount])]
    return tuple(Band(level, group[0], group[-1]) for level, group in enumerate(groups, 1))


def level(amount: float, among: Sequence[Band]) -> int:
    """The band of a value that the bands were made of."""
    return next(band.level for band in among if band.low <= amount <= band.high)
