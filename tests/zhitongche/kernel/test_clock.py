from datetime import UTC, date, datetime, time, timedelta
from threading import Thread

import pytest

from zhitongche.kernel import clock

NOON = datetime(2026, 2, 13, 4, 0, tzinfo=UTC)  # 12:00 in China


def test_now_is_the_real_moment_in_utc() -> None:
    real = datetime.now(UTC)  # noqa: TID251  what the clock is compared with
    now = clock.now()
    assert timedelta(0) <= now - real < timedelta(seconds=30)
    assert now.tzinfo is UTC


def test_a_simulated_clock_stands_still_and_moves_only_when_told() -> None:
    with clock.at(NOON) as simulated:
        assert clock.now() == clock.now() == NOON
        simulated.advance(timedelta(hours=13))
        assert clock.today() == date(2026, 2, 14)
        simulated.set(NOON - timedelta(days=1))
        assert clock.now() == NOON - timedelta(days=1)
    assert clock.now() > NOON


def test_an_inner_clock_gives_way_to_the_outer_even_after_an_error() -> None:
    with clock.at(NOON):
        with pytest.raises(KeyError), clock.at(NOON + timedelta(days=9)):
            raise KeyError
        assert clock.now() == NOON


def test_one_thread_does_not_see_the_time_of_another() -> None:
    seen: list[datetime] = []
    with clock.at(NOON):
        thread = Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen[0] > NOON + timedelta(days=30)


def test_a_moment_in_any_zone_is_kept_in_utc() -> None:
    with clock.at(NOON.astimezone(clock.CHINA)):
        assert clock.now() == NOON
        assert clock.now().tzinfo is UTC


def test_the_day_changes_at_midnight_in_china() -> None:
    assert clock.local_date(datetime(2026, 1, 1, 15, 59, 59, tzinfo=UTC)) == date(2026, 1, 1)
    assert clock.local_date(datetime(2026, 1, 1, 16, 0, tzinfo=UTC)) == date(2026, 1, 2)


def test_an_hour_of_a_day_in_china_is_eight_hours_earlier_in_utc() -> None:
    assert clock.on(date(2026, 3, 2), time(17, 30)) == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    assert clock.on(date(2026, 3, 2)) == datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
    assert clock.local(NOON).hour == 12


def test_a_moment_without_a_time_zone_is_refused() -> None:
    naive = datetime(2026, 2, 13, 16, 0)  # noqa: DTZ001  this is the mistake under test
    with pytest.raises(ValueError, match="without a time zone"), clock.at(naive):
        pass
    with pytest.raises(ValueError, match="without a time zone"):
        clock.local(naive)


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31", "1948-12-31", "2200-01-01", "2026-02-30", "昨天", ""])
def test_a_day_that_nobody_means_is_no_day(text):
    with pytest.raises(ValueError, match=r".+"):
        clock.day_of(text)


def test_a_day_is_read_as_written():
    assert clock.day_of("2026-02-13") == date(2026, 2, 13)
