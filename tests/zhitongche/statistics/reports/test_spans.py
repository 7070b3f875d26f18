"""What a report covers, and with what it is compared."""

from datetime import date, timedelta

import pytest

from zhitongche.statistics import Period
from zhitongche.statistics.reports import spans
from zhitongche.statistics.reports.spans import Span
from zhitongche.tenancy.routines import Routine

MONTH = Routine("report", "RP-2.10.d", every="month", day=25)
WEEK = Routine("report", "RP-2.10.d", every="week", weekday="friday")
QUARTER = Routine("report", "RP-2.10.d", every="quarter", day=25)


def days(period: Period) -> tuple[str, str]:
    return period.first.isoformat(), period.last.isoformat()


@pytest.mark.clause("RP-2.10.d")
@pytest.mark.parametrize("routine", [MONTH, WEEK, QUARTER])
def test_reports_follow_each_other_so_that_no_day_is_missed_or_told_twice(routine: Routine) -> None:
    day = routine.last_day(date(2028, 3, 29))
    for _ in range(30):
        span = spans.of_routine(routine, day)
        day = routine.day_before(day)
        assert span.before == spans.of_routine(routine, day).period
        assert span.before.last + timedelta(1) == span.period.first


@pytest.mark.parametrize(
    ("routine", "day", "covers", "before", "year"),
    [
        (MONTH, "2026-03-25", ("2026-02-26", "2026-03-25"), ("2026-01-26", "2026-02-25"), ("2025-02-26", "2025-03-25")),
        (WEEK, "2026-03-06", ("2026-02-28", "2026-03-06"), ("2026-02-21", "2026-02-27"), ("2025-03-01", "2025-03-07")),
        (QUARTER, "2026-03-25", ("2025-12-26", "2026-03-25"), ("2025-09-26", "2025-12-25"), ("2024-12-26", "2025-03-25")),
        (Routine("report", "setting", every="month", day=3, covers="ended"), "2026-03-03", ("2026-02-01", "2026-02-28"), ("2026-01-01", "2026-01-31"), ("2025-02-01", "2025-02-28")),
        (Routine("report", "setting", every="week", covers="ended"), "2026-03-09", ("2026-03-02", "2026-03-08"), ("2026-02-23", "2026-03-01"), ("2025-03-03", "2025-03-09")),
    ],
)  # fmt: skip
def test_a_report_is_compared_with_the_one_before_and_with_last_year(
    routine: Routine, day: str, covers: tuple[str, str], before: tuple[str, str], year: tuple[str, str]
) -> None:
    span = spans.of_routine(routine, date.fromisoformat(day))
    assert (days(span.period), days(span.before), days(span.year_before)) == (covers, before, year)


def test_three_weeks_of_a_month_are_compared_with_the_same_three_of_the_month_before() -> None:
    assert days(Span("any", Period.of(date(2026, 3, 1), date(2026, 3, 22))).before) == ("2026-02-01", "2026-02-22")
    assert days(Span("any", Period.of(date(2026, 3, 1), date(2026, 3, 30))).before) == ("2026-02-01", "2026-02-28")
    assert days(Span("any", Period.of(date(2026, 3, 1), date(2026, 3, 31))).before) == ("2026-02-01", "2026-02-28")


def test_a_report_is_called_by_its_month_week_or_quarter_and_numbered_by_it() -> None:
    found = [spans.of_routine(routine, routine.last_day(date(2026, 3, 27))) for routine in (MONTH, WEEK, QUARTER)]
    assert [spans.name(one) for one in found] == ["2026年3月", "2026年第13周", "2026年第一季度"]
    assert [spans.issue(one) for one in found] == ["2026年第3期", "2026年第13期", "2026年第1期"]
    assert spans.issue(Span("any", Period.of(date(2026, 3, 1), date(2026, 3, 22)))) == ""
