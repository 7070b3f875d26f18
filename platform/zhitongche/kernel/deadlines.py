"""When a limit ends (到期): moments in UTC, days and office hours of China."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from zhitongche.kernel import clock
from zhitongche.kernel.limits import Limit, Unit
from zhitongche.kernel.working_days import Calendar

_ONE_DAY = timedelta(days=1)
_NEAR_SHARE = 0.75


@dataclass(frozen=True, slots=True)
class Due:
    """The moment (UTC) something is due; provisional where a day counted is not announced yet."""

    at: datetime
    provisional: bool


def near(start: datetime, end: datetime) -> datetime:
    """When the end of a limit is near: three quarters of its time have run."""
    return start + (end - start) * _NEAR_SHARE


def due(start: datetime, limit: Limit, calendar: Calendar) -> Due:
    """When `limit` ends that began at `start` (aware). The day of `start` never counts.

    Working days end at the close of office hours of the last one, natural days at 23:59:59 of the
    last whether it works or not, hours run on through nights and weekends. `-N wd` ends at the
    close of the N-th working day before. Civil Code art. 201-204; ST-3.3, RP-2.3, RP-2.4.b, RP-2.10.a.
    """
    match limit.unit:
        case Unit.HOURS:
            return Due(clock.utc(start) + timedelta(hours=limit.amount), provisional=False)
        case Unit.NATURAL_DAYS:
            last = clock.local_date(start) + timedelta(days=limit.amount)
            return Due(clock.on(last, clock.LAST_SECOND), provisional=False)
        case Unit.WORKING_DAYS:
            return _working(clock.local_date(start), limit.amount, calendar)


def weekly(start: datetime, weekday: int, calendar: Calendar) -> Due:
    """The close of office on the next `weekday` (Monday is 0) after the day of `start` (aware). ST-3.4.b.

    Where it does not work: the nearest working day before, since a report may be early but not
    late; where none is left after the day of `start`, the week that follows.
    """
    if not 0 <= weekday <= 6:
        raise ValueError(f"weekday must be 0 (Monday) to 6 (Sunday): {weekday}")
    tomorrow = clock.local_date(start) + _ONE_DAY
    wanted = tomorrow + timedelta(days=(weekday - tomorrow.weekday()) % 7)
    while (last := calendar.previous_working(wanted)) < tomorrow:
        wanted += timedelta(weeks=1)
    return _closing(last, tomorrow, wanted, calendar)


def _working(day: date, amount: int, calendar: Calendar) -> Due:
    last = calendar.add_working(day, amount)
    if amount > 0:
        return _closing(last, day + _ONE_DAY, last, calendar)
    return _closing(last, last, day - _ONE_DAY, calendar)


def _closing(last: date, counted_from: date, counted_to: date, calendar: Calendar) -> Due:
    return Due(calendar.closing(last), not calendar.confirmed_through(counted_from, counted_to))
