from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from tests.zhitongche.identity import world
from zhitongche.kernel import clock
from zhitongche.notices import timing


def china(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=clock.CHINA).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        (china(6, 20, 59), china(6, 20, 59)),
        (china(6, 21), china(7, 8)),
        (china(7, 0), china(7, 8)),
        (china(7, 7, 59), china(7, 8)),
        (china(7, 8), china(7, 8)),
    ],
)
def test_quiet_hours_end_in_the_morning(moment: datetime, due: datetime) -> None:
    pack = replace(world.pack(), quiet=(time(21), time(8)))
    assert timing.after_quiet(pack, moment) == due


def test_quiet_hours_may_lie_within_a_day_or_be_none() -> None:
    noon = replace(world.pack(), quiet=(time(12), time(14)))
    assert timing.after_quiet(noon, china(6, 13)) == china(6, 14)
    assert timing.after_quiet(noon, china(6, 23)) == china(6, 23)
    none = replace(world.pack(), quiet=(time(0), time(0)))
    assert timing.after_quiet(none, china(6, 3)) == china(6, 3)


def test_the_digest_is_the_next_one_never_this_moments() -> None:
    pack = replace(world.pack(), digest_at=time(8, 30))
    assert timing.next_digest(pack, china(6, 8, 29)) == china(6, 8, 30)
    assert timing.next_digest(pack, china(6, 8, 30)) == china(7, 8, 30)
