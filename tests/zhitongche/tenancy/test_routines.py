"""Routines come on their day: every week, month or quarter."""

from datetime import date, timedelta

import pytest

from zhitongche.tenancy.routines import Routine

WEEK = Routine("report", "setting", every="week", weekday="friday")
MONTH = Routine("report", "setting", every="month", day=25)
QUARTER = Routine("report", "setting", every="quarter", day=25)
ENDED = Routine("report", "setting", every="quarter", day=5, covers="ended")


@pytest.mark.parametrize(
    ("routine", "today", "expected"),
    [
        (WEEK, "2026-03-06", "2026-03-06"),
        (WEEK, "2026-03-05", "2026-02-27"),
        (MONTH, "2026-03-25", "2026-03-25"),
        (MONTH, "2026-03-24", "2026-02-25"),
        (MONTH, "2026-01-01", "2025-12-25"),
        (QUARTER, "2026-03-25", "2026-03-25"),
        (QUARTER, "2026-03-24", "2025-12-25"),
        (QUARTER, "2026-06-24", "2026-03-25"),
        (ENDED, "2026-04-05", "2026-04-05"),
        (ENDED, "2026-04-04", "2026-01-05"),
    ],
)
def test_its_latest_day_is_today_at_the_latest(routine: Routine, today: str, expected: str) -> None:
    assert routine.last_day(date.fromisoformat(today)) == date.fromisoformat(expected)


@pytest.mark.parametrize("routine", [WEEK, MONTH, QUARTER, ENDED])
def test_its_days_follow_each_other_without_a_gap(routine: Routine) -> None:
    day = date(2028, 3, 1)
    for _ in range(500):
        last = routine.last_day(day)
        assert last <= day
        assert routine.last_day(last) == last
        assert routine.day_before(last) == routine.last_day(last - timedelta(1)) < last
        day -= timedelta(1)


def test_a_routine_says_in_words_when_it_comes() -> None:
    assert [one.in_chinese() for one in (WEEK, MONTH, QUARTER, ENDED)] == ["每周五", "每月25日", "每季度末月25日", "每季度首月5日"]
