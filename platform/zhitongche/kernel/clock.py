"""The one place that reads the time. The linter bans every other."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
LAST_SECOND = time(23, 59, 59)
"""When a natural day, or a day agreed on, ends by the clocks of China: whatever is due by a day is due then."""
YEARS = range(1949, 2200)


class Simulated:
    """A clock that stands still until it is moved. Aware moments only; keeps UTC."""

    def __init__(self, moment: datetime) -> None:
        self._moment = utc(moment)

    def now(self) -> datetime:
        """The simulated moment, in UTC."""
        return self._moment

    def set(self, moment: datetime) -> None:
        """Move to `moment` (aware), forward or back."""
        self._moment = utc(moment)

    def advance(self, span: timedelta) -> None:
        """Move by `span`."""
        self._moment += span

    @contextmanager
    def running(self) -> Iterator["Simulated"]:
        """Let this clock tell the time inside the block, for this thread and context only."""
        token = _simulated.set(self)
        try:
            yield self
        finally:
            _simulated.reset(token)


_simulated: ContextVar[Simulated | None] = ContextVar("simulated_clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC; simulated where a simulated clock is running."""
    simulated = _simulated.get()
    return simulated.now() if simulated else datetime.now(UTC)  # noqa: TID251  the one place


@contextmanager
def at(moment: datetime) -> Iterator[Simulated]:
    """Let it be `moment` (aware) inside the block; the yielded clock can be moved on."""
    with Simulated(moment).running() as simulated:
        yield simulated


def today() -> date:
    """The present day in China."""
    return local_date(now())


def utc(moment: datetime) -> datetime:
    """The same moment in UTC; raises ValueError for a moment without a time zone."""
    return _aware(moment).astimezone(UTC)


def local(moment: datetime) -> datetime:
    """The same moment by the clocks of China; raises ValueError for a moment without a time zone."""
    return _aware(moment).astimezone(CHINA)


def local_date(moment: datetime) -> date:
    """The day it is in China at `moment`."""
    return local(moment).date()


def on(day: date, hour: time = time()) -> datetime:
    """The moment, in UTC, when the clocks of China show `hour` (naive) on `day`; midnight if not told."""
    return datetime.combine(day, hour, CHINA).astimezone(UTC)


def day_of(text: str) -> date:
    """The day that an ISO 8601 text names; raises ValueError, also for years that nobody means.

    The first and the last day of the calendar have no midnight in another time zone, or no day after.
    """
    day = date.fromisoformat(text)
    if day.year not in YEARS:
        raise ValueError(f"a year that nobody means: {day.year}")
    return day


def _aware(moment: datetime) -> datetime:
    # A naive moment would silently be read in the machine's own time zone.
    if moment.utcoffset() is None:
        raise ValueError(f"moment without a time zone: {moment!r}")
    return moment
