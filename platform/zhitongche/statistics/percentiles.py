"""Median and percentiles from buckets of working minutes, so that they can be summed over any units and days.

A bucket is a tenth wider than the one before; what is read from it is its middle, at most 5 % off.
"""

from __future__ import annotations

from math import ceil, floor, log, sqrt
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

RATIO: Final = 1.1
_STEP: Final = log(RATIO)
# A bucket is a smallint in the database; a century of working minutes stays far below.
_HOUR: Final = 60.0


def bucket_of(minutes: int | None) -> int:
    """The bucket of so many working minutes: 0 for none at all, b for RATIO^(b-1) up to RATIO^b."""
    if minutes is None or minutes < 1:
        return 0
    # Without the hair's breadth a power of the ratio may fall on either side.
    return 1 + floor(log(minutes) / _STEP + 1e-9)


def minutes_of(bucket: int) -> float:
    """The working minutes that a bucket stands for: its geometric middle."""
    return 0.0 if bucket < 1 else RATIO ** (bucket - 1) * sqrt(RATIO)


def hours_at(share: float, buckets: Mapping[int, int]) -> float | None:
    """The working hours within which `share` (0.5, 0.9) of all spans were done, by nearest rank; None of none."""
    wanted = ceil(share * sum(buckets.values()))
    if wanted < 1:
        return None
    for bucket, count in sorted(buckets.items()):
        wanted -= count
        if wanted <= 0:
            return minutes_of(bucket) / _HOUR
    return None
