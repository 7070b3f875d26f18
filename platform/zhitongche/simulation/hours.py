"""When people do what they owe: within their hours, early, late or not at all."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING

from zhitongche.kernel import clock
from zhitongche.simulation.temperament import EnterpriseTemper, UnitTemper, pause

if TYPE_CHECKING:
    from zhitongche.kernel.working_days import Calendar

_SHORTEST = timedelta(minutes=8)


def official_moment(
    rng: Random, days: Calendar, temper: UnitTemper, due: datetime, *, weekly: bool
) -> datetime | None:
    """When an official does what is due at a moment (UTC); None for a weekly report that is left out."""
    now = clock.now()
    if weekly:
        if rng.random() >= temper.reports_weekly:
            return None
        return max(now + _SHORTEST, due - timedelta(minutes=rng.randrange(10, 420)))
    allowed = max(due - now, timedelta(hours=4))
    wanted = now + max(pause(rng, temper, allowed), _SHORTEST)
    return at_work(rng, wanted, days, latest=due if wanted <= due else None)


def enterprise_moment(rng: Random, temper: EnterpriseTemper, due: datetime) -> datetime | None:
    """When an enterprise's person answers; None where nobody does."""
    if rng.random() >= temper.rates:
        return None
    now = clock.now()
    return awake(rng, now + (due - now) * rng.betavariate(1.2, 3), latest=due)


def at_work(rng: Random, moment: datetime, days: Calendar, latest: datetime | None = None) -> datetime:
    """The moment itself within office hours, else the next morning, else the evening before.

    What must be done by `latest` and has no office hours left is done at once, by whoever is on duty.
    """
    if days.is_open(moment):
        return moment
    later = _opening(moment, days) + timedelta(minutes=rng.randrange(3, 100))
    if latest is None or later <= latest:
        return later
    earlier = _closing(moment, days) - timedelta(minutes=rng.randrange(3, 100))
    return earlier if earlier > clock.now() else moment


def awake(rng: Random, moment: datetime, latest: datetime | None = None) -> datetime:
    """The moment, or the morning after it where it falls in the night."""
    here = clock.local(moment)
    if 7 <= here.hour < 22:
        return moment
    day = here.date() + timedelta(days=1 if here.hour >= 22 else 0)
    morning = clock.on(day, time(7, 30)) + timedelta(minutes=rng.randrange(180))
    return morning if latest is None or morning < latest else moment


def last_opening(moment: datetime, days: Calendar) -> datetime:
    """When the offices opened on the last working day that has begun by the moment; UTC."""
    here = clock.local(moment)
    return clock.on(days.previous_working(here.date(), inclusive=here.time() > days.opens), days.opens)


def _opening(moment: datetime, days: Calendar) -> datetime:
    here = clock.local(moment)
    day = days.next_working(here.date(), inclusive=here.time() < days.opens)
    return clock.on(day, days.opens)


def _closing(moment: datetime, days: Calendar) -> datetime:
    here = clock.local(moment)
    return days.closing(days.previous_working(here.date(), inclusive=here.time() >= days.closes))
