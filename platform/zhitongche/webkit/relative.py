"""How far away a moment is, in the words of an office: 还剩2个工作日, 已超期3小时."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from zhitongche.kernel import clock
from zhitongche.webkit import layout

if TYPE_CHECKING:
    from zhitongche.kernel.working_days import Calendar

State = Literal["on_time", "near", "late", "met", "met_late"]
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_FAR = 60


def relative(due: datetime | None) -> str:
    """What is left until `due` (aware), or how long it is past; working days are the tenant's. Empty for none."""
    if due is None:
        return ""
    now = clock.now()
    if due >= now:
        return f"还剩{_span(now, due, natural=_natural(due))}"
    return f"已超期{_span(due, now, natural=_natural(due))}"


def state(due: datetime | None, met_at: datetime | None = None, near_at: datetime | None = None) -> State:
    """Where a clock stands: met, met late, late, near or on time.

    Near from the clock's own `near_at`, as inbox and reminders have it; where only `due` is known, within 24 hours
    or one working day.
    """
    if due is not None and met_at is not None:
        return "met" if met_at <= due else "met_late"
    if due is None:
        return "on_time"
    now = clock.now()
    if due < now:
        return "late"
    close = near_at <= now if near_at else _close(now, due)
    return "near" if close else "on_time"


def _close(now: datetime, due: datetime) -> bool:
    return due - now < _DAY or working_days_between(clock.local_date(now), clock.local_date(due)) <= 1


def working_days_between(first: date, last: date, calendar: Calendar | None = None) -> int:
    """How many working days lie after `first` up to and with `last`; counted for `_FAR` days at most."""
    calendar = calendar or layout.frame().calendar()
    return calendar.count_working(first, min(last, first + timedelta(days=_FAR)))


def _natural(due: datetime) -> bool:
    # Natural days and agreed dates end with the day, working days with the office.
    return clock.local(due).time() == clock.LAST_SECOND


def _span(start: datetime, end: datetime, *, natural: bool) -> str:
    length = end - start
    if length < _HOUR:
        return f"{max(1, int(length.total_seconds() // 60))}分钟"
    if length < _DAY:
        return f"{int(length / _HOUR)}小时"
    first, last = clock.local_date(start), clock.local_date(end)
    days = (last - first).days
    working = working_days_between(first, last) if days <= _FAR and not natural else 0
    return f"{working}个工作日" if working else f"{days}天"
