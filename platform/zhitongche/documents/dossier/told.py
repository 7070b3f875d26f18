"""Moments, days and numbers as a dossier writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeVar, cast

from zhitongche.kernel import clock

T = TypeVar("T")
# Not within a digest: its digits are no number of anybody's.
_MOBILE = re.compile(r"(?<![0-9A-Za-z])(1[3-9]\d)\d{4}(\d{4})(?![0-9A-Za-z])")


def moment(at: datetime | None) -> str:
    """By the clocks of China; empty for none."""
    return f"{clock.local(at):%Y-%m-%d %H:%M}" if at else ""


def day(on: date | datetime | None) -> str:
    """A day, of China where a moment is given; empty for none."""
    return f"{clock.local_date(on) if isinstance(on, datetime) else on:%Y-%m-%d}" if on else ""


def masked(told: T) -> T:
    """The same with the middle of every mobile number hidden, however deep it stands."""
    if isinstance(told, str):
        return cast("T", _MOBILE.sub(r"\1****\2", told))
    if isinstance(told, Mapping):
        return cast("T", {name: masked(one) for name, one in told.items()})
    if isinstance(told, (list, tuple)):
        return cast("T", [masked(one) for one in told])
    return told
