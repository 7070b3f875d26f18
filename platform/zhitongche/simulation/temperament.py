"""How people act: chances per kind of person, and when in the week they sit down to it.

All figures are assumptions chosen so that every path is walked often enough to be seen; none is measured.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import Final

from zhitongche.kernel import clock

_OFFICE: Final = (0, 0, 0, 0, 0, 0, 0, 0, 6, 16, 15, 9, 2, 3, 11, 14, 12, 8, 1, 0, 0, 0, 0, 0)
_PHONE: Final = (1, 0, 0, 0, 0, 0, 1, 2, 5, 10, 10, 7, 5, 4, 7, 9, 8, 5, 4, 5, 7, 7, 5, 3)


@dataclass(frozen=True, slots=True)
class UnitTemper:
    """How a unit's people act: chances 0–1; `share_used` is the mean part of a limit they use up."""

    name: str
    on_time: float
    share_used: float
    overdue_days: float
    objects: float
    objects_too_late: float
    reports_weekly: float
    resolves: float
    plans: float
    co_organizes: float


@dataclass(frozen=True, slots=True)
class EnterpriseTemper:
    """How an enterprise's people act: chances 0–1 per petition."""

    name: str
    rates: float
    dissatisfied_when_resolved: float
    dissatisfied_when_not: float
    sends_twice: float
    supplements: float
    refusable: float
    withdraws: float
    phone: float


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When people act: weight per hour (local, 24 of them) and per weekday (Monday first)."""

    name: str
    hours: tuple[int, ...]
    weekdays: tuple[float, ...]
    burst: float


UNITS: Final = (
    UnitTemper("勤快", 0.98, 0.35, 0.6, 0.04, 0.00, 0.99, 0.88, 0.20, 0.25),
    UnitTemper("平常", 0.92, 0.62, 1.5, 0.08, 0.02, 0.93, 0.76, 0.12, 0.20),
    UnitTemper("繁忙", 0.80, 0.85, 3.0, 0.10, 0.04, 0.80, 0.66, 0.10, 0.22),
    UnitTemper("推诿", 0.66, 0.93, 5.0, 0.32, 0.08, 0.62, 0.48, 0.06, 0.10),
)
UNIT_SHARES: Final = (0.28, 0.47, 0.18, 0.07)

ENTERPRISES: Final = (
    EnterpriseTemper("随和", 0.55, 0.02, 0.22, 0.03, 0.05, 0.02, 0.02, 0.55),
    EnterpriseTemper("着急", 0.78, 0.08, 0.55, 0.15, 0.20, 0.03, 0.01, 0.72),
    EnterpriseTemper("较真", 0.92, 0.16, 0.78, 0.08, 0.25, 0.06, 0.00, 0.30),
    EnterpriseTemper("沉默", 0.12, 0.01, 0.10, 0.01, 0.01, 0.03, 0.04, 0.60),
)
ENTERPRISE_SHARES: Final = (0.40, 0.26, 0.12, 0.22)

OFFICE: Final = Rhythm("上班", _OFFICE, (1.25, 1.05, 1.0, 1.0, 0.85, 0.0, 0.0), 0.04)
PHONE: Final = Rhythm("手机", _PHONE, (1.2, 1.05, 1.0, 1.0, 0.95, 0.45, 0.40), 0.08)

CATEGORY_SHARES: Final = {"difficulty": 0.46, "complaint": 0.20, "consultation": 0.22, "suggestion": 0.12}
CHANNEL_SHARES: Final = {"web": 0.68, "window": 0.10, "hotline": 0.15, "visit": 0.07}


def unit_temper(rng: Random) -> UnitTemper:
    """The temper of a unit, drawn by share."""
    return rng.choices(UNITS, weights=UNIT_SHARES)[0]


def enterprise_temper(rng: Random) -> EnterpriseTemper:
    """The temper of an enterprise, drawn by share."""
    return rng.choices(ENTERPRISES, weights=ENTERPRISE_SHARES)[0]


def pause(rng: Random, temper: UnitTemper, allowed: timedelta) -> timedelta:
    """How long a unit takes for what it is `allowed`; beyond it where it is late."""
    if rng.random() >= temper.on_time:
        return allowed + timedelta(days=rng.expovariate(1 / temper.overdue_days), minutes=1)
    share = rng.betavariate(4 * temper.share_used, 4 * (1 - temper.share_used))
    return allowed * min(share, 0.97)


def moments(rng: Random, first: datetime, last: datetime, count: int, rhythm: Rhythm) -> list[datetime]:
    """`count` moments between two aware ones, in order, by weekday and hour (China), with days of bursts."""
    start = clock.local_date(first)
    days = [start + timedelta(days=at) for at in range((clock.local_date(last) - start).days + 1)]
    weights = [rhythm.weekdays[day.weekday()] * (4 if rng.random() < rhythm.burst else 1) for day in days]
    found: list[datetime] = []
    while len(found) < count:
        day = rng.choices(days, weights=weights)[0]
        hour = rng.choices(range(24), weights=rhythm.hours)[0]
        moment = datetime.combine(day, time(hour, rng.randrange(60), rng.randrange(60)), clock.CHINA)
        if first <= moment <= last:
            found.append(clock.utc(moment))
    return sorted(found)
