from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhitongche.statistics import Period

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def test_periods_go_by_their_common_names() -> None:
    day = date(2026, 5, 20)
    assert [Period.week(day).name, Period.month(day).name, Period.quarter(day).name, Period.year(day).name] == [
        "2026年第21周", "2026年5月", "2026年第二季度", "2026年",
    ]  # fmt: skip
    assert Period.of(date(2026, 5, 1), date(2026, 5, 31)) == Period.month(day)
    assert Period.of(date(2026, 5, 2), date(2026, 6, 3)).name == "2026年5月2日至6月3日"
    assert Period.of(date(2025, 12, 31), date(2026, 1, 2)).name == "2025年12月31日至2026年1月2日"
    assert Period.of(day, day).name == "2026年5月20日"


@given(DAYS)
def test_the_one_before_ends_the_day_before_and_is_of_the_same_kind(day: date) -> None:
    for kind in (Period.week, Period.month, Period.quarter, Period.year):
        period = kind(day)
        before = period.previous()
        assert (before.last + timedelta(1), before) == (period.first, kind(before.first))
        assert kind(before.last) == before


@given(DAYS, st.integers(0, 400))
def test_any_other_span_is_compared_with_as_many_days(first: date, length: int) -> None:
    period = Period.of(first, first + timedelta(length))
    before = period.previous()
    assert before.last == first - timedelta(1)
    assert before.days == period.days or period.name.endswith(("月", "季度", "年"))


@given(DAYS)
def test_the_same_of_last_year_is_of_the_same_kind(day: date) -> None:
    for kind in (Period.week, Period.month, Period.quarter, Period.year):
        earlier = kind(day).same_last_year()
        assert earlier == kind(earlier.first)
        assert 0 < (kind(day).first - earlier.first).days <= 371
    assert Period.month(day).same_last_year().name == f"{day.year - 1}年{day.month}月"


def test_a_leap_day_and_a_53rd_week_have_fellows() -> None:
    assert Period.of(date(2024, 2, 29), date(2024, 3, 4)).same_last_year().first == date(2023, 2, 28)
    assert Period.week(date(2026, 12, 31)).same_last_year().name == "2025年第52周"


def test_a_period_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="ends before"):
        Period.of(date(2026, 5, 2), date(2026, 5, 1))


def test_a_row_of_months_ends_with_this_one() -> None:
    assert [one.name for one in Period.month(date(2026, 1, 9)).last_ones(3)] == ["2025年11月", "2025年12月", "2026年1月"]
