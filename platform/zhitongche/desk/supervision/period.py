"""The span of days that a supervisor looks at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Self

from zhitongche.kernel import clock

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to a day in China, both included; None is without end on that side."""

    first: date | None = None
    last: date | None = None

    @classmethod
    def read(cls, args: Mapping[str, str]) -> Self:
        """Out of an address; what makes no sense is left out."""
        return cls(_day(args.get("since", "")), _day(args.get("until", "")))

    @property
    def since(self) -> datetime | None:
        """Its first moment (UTC)."""
        return clock.on(self.first) if self.first else None

    @property
    def until(self) -> datetime | None:
        """The first moment after it (UTC)."""
        return clock.on(self.last + timedelta(days=1)) if self.last else None

    def filters(self) -> list[SimpleNamespace]:
        """As a filter bar shows it."""
        given = (("since", "收件起", self.first), ("until", "收件止", self.last))
        return [SimpleNamespace(name=n, label=label, value=day.isoformat() if day else "", choices=(), kind="date") for n, label, day in given]

    def __str__(self) -> str:
        return f"{self.first or '起始'}至{self.last or '今日'}" if self.first or self.last else "全部时间"


def _day(text: str) -> date | None:
    try:
        return clock.day_of(text) if text else None
    except ValueError:
        return None
