"""What the machine does by the calendar (例行事项), and the days on which it does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from zhitongche.flow.vocabulary import WEEKDAYS
from zhitongche.kernel import limits
from zhitongche.tenancy.forms import clock_time

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhitongche.kernel.limits import Limit

_QUARTER: Final = 3
DAYS: Final = "一二三四五六日"
RUNNING: Final = "running"
"""Up to the routine's own day; the other way is what `ended` before it."""


@dataclass(frozen=True, slots=True)
class Routine:
    """One routine; `kind` is from `vocabulary.ROUTINES`, days and times are China's.

    `every` week on `weekday`, every month or quarter on `day`; not before `at` (None: as the day begins).
    `covers` and `tells` (roles) are those of a report; `near` and `by` (roles, or the system) those of urging, `late_by` of the monthly list.
    """

    kind: str
    clause: str
    every: str = "month"
    day: int = 1
    weekday: str = "monday"
    at: time | None = None
    covers: str = RUNNING
    tells: tuple[str, ...] = ()
    near: Limit | None = None
    late_by: Limit | None = None
    by: tuple[str, ...] = ()

    def last_day(self, today: date) -> date:
        """Its latest day, today at the latest."""
        if self.every == "week":
            return today - timedelta((today.weekday() - WEEKDAYS[self.weekday]) % 7)
        month = today.replace(day=1)
        while self._passes_over(month) or month.replace(day=self.day) > today:
            month = (month - timedelta(1)).replace(day=1)
        return month.replace(day=self.day)

    def day_before(self, day: date) -> date:
        """The day on which it came before that of `day`."""
        return self.last_day(day - timedelta(1))

    def in_chinese(self) -> str:
        """When it comes, in words: 每周五, 每月25日."""
        if self.every == "week":
            return f"每周{DAYS[WEEKDAYS[self.weekday]]}"
        quarter = "每季度末月" if self.covers == RUNNING else "每季度首月"
        return f"{quarter if self.every == 'quarter' else '每月'}{self.day}日"

    def _passes_over(self, month: date) -> bool:
        # What runs up to its day belongs to the quarter's last month, what looks back to the month after it.
        return self.every == "quarter" and month.month % _QUARTER != (0 if self.covers == RUNNING else 1)


def routine(raw: Mapping[str, Any]) -> Routine:
    """A routine with its values parsed; versions kept from before there were reports say kind, day and clause."""
    spans = {key: limits.parse(raw[key]) for key in ("near", "late_by") if raw.get(key)}
    lists = {key: tuple(raw.get(key, ())) for key in ("tells", "by")}
    return Routine(**{**raw, **lists, **spans, "at": clock_time(raw["at"]) if raw.get("at") else None})
