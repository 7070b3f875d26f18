"""How simulated people act in time."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from zhitongche.kernel import clock
from zhitongche.simulation import temperament
from zhitongche.simulation.temperament import ENTERPRISES, OFFICE, PHONE, UNITS


@pytest.mark.parametrize("temper", UNITS, ids=lambda temper: temper.name)
def test_a_unit_is_on_time_as_often_as_its_temper_says(temper: temperament.UnitTemper) -> None:
    rng, allowed = Random(1), timedelta(days=10)
    taken = [temperament.pause(rng, temper, allowed) for _ in range(4_000)]
    assert abs(sum(span <= allowed for span in taken) / len(taken) - temper.on_time) < 0.03
    assert all(span > timedelta() for span in taken)


def test_chances_are_chances_and_shares_make_a_whole() -> None:
    for temper in (*UNITS, *ENTERPRISES):
        values = [getattr(temper, name) for name in temper.__slots__ if name not in ("name", "overdue_days")]
        assert all(0 <= value <= 1 for value in values)
    for shares in (temperament.UNIT_SHARES, temperament.ENTERPRISE_SHARES):
        assert sum(shares) == pytest.approx(1)
    assert sum(temperament.CATEGORY_SHARES.values()) == pytest.approx(1)
    assert sum(temperament.CHANNEL_SHARES.values()) == pytest.approx(1)


def test_officials_act_in_office_hours_and_phones_also_at_night() -> None:
    first, last = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 3, 29, tzinfo=UTC)
    office = [clock.local(m) for m in temperament.moments(Random(2), first, last, 800, OFFICE)]
    phone = [clock.local(m) for m in temperament.moments(Random(3), first, last, 800, PHONE)]
    assert all(8 <= m.hour < 19 and m.weekday() < 5 for m in office)
    assert sum(m.hour >= 20 for m in phone) > 80
    assert sum(m.weekday() > 4 for m in phone) > 60
    assert office == sorted(office)
    assert first <= office[0]
    assert office[-1] <= last
