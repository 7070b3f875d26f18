"""Deadlines, worked out by hand. Moments are written as the clocks of China show them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhitongche.kernel import clock, deadlines, limits
from zhitongche.kernel.deadlines import Due
from zhitongche.kernel.limits import Limit, Unit
from zhitongche.kernel.working_days import Calendar, national

CALENDAR = Calendar(opens=time(8, 30), closes=time(17, 30))
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 6, 30), timezones=st.just(UTC))  # noqa: DTZ001
THURSDAY = 3


def _china(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.CHINA)


def _due(start: str, limit: str, calendar: Calendar = CALENDAR) -> tuple[str, bool]:
    found = deadlines.due(_china(start), limits.parse(limit), calendar)
    return clock.local(found.at).isoformat(), found.provisional


@pytest.mark.parametrize(
    ("start", "limit", "end"),
    [
        # Fri 13 Feb. Day 1 Sat 14 (make-up); 15-23 festival; 24, 25, 26, 27 are 2-5; Sat 28 (make-up) 6;
        # Mon 2 Mar to Thu 5 Mar are 7-10.
        ("2026-02-13T16:00", "10 wd", "2026-03-05T17:30:00+08:00"),
        # On the festival itself: day 1 is Tue 24 Feb, then 25, 26.
        ("2026-02-17T10:00", "3 wd", "2026-02-26T17:30:00+08:00"),
        # Late at night, outside office hours: the day still does not count, the next is day 1.
        ("2026-03-02T23:59", "1 wd", "2026-03-03T17:30:00+08:00"),
        ("2026-03-02T00:00", "1 wd", "2026-03-03T17:30:00+08:00"),
        # Fri 18 Sep: Sun 20 (make-up) is day 1, Mon 21 day 2.
        ("2026-09-18T09:00", "2 wd", "2026-09-21T17:30:00+08:00"),
        # Over the end of the year: Wed 31 Dec 2025 is day 1; 1-3 Jan off; Sun 4 Jan (make-up) day 2.
        ("2025-12-30T11:00", "2 wd", "2026-01-04T17:30:00+08:00"),
        # National Day: Wed 30 Sep is day 1; 1-7 off; Thu 8, Fri 9, Sat 10 (make-up) are 2-4.
        ("2026-09-29T15:00", "4 wd", "2026-10-10T17:30:00+08:00"),
    ],
)
def test_working_days_end_at_the_close_of_office_of_the_last(start: str, limit: str, end: str) -> None:
    assert _due(start, limit) == (end, False)


def test_the_day_of_receipt_is_the_day_in_china() -> None:
    # 16:30 UTC on 2 March is half past midnight on the 3rd in China: day 1 is the 4th.
    found = deadlines.due(datetime(2026, 3, 2, 16, 30, tzinfo=UTC), limits.parse("1 wd"), CALENDAR)
    assert clock.local_date(found.at) == date(2026, 3, 4)


@pytest.mark.clause("RP-2.3.b")
def test_24_hours_run_on_through_nights_weekends_and_festivals() -> None:
    assert _due("2026-02-13T16:00", "24 h") == ("2026-02-14T16:00:00+08:00", False)
    assert _due("2026-10-01T02:05", "24 h") == ("2026-10-02T02:05:00+08:00", False)


@pytest.mark.clause("RP-2.10.a")
def test_natural_days_end_with_the_last_day_even_if_it_does_not_work() -> None:
    # SMS on Tue 10 Feb: 11, 12, 13, 14, 15 (festival); at the end of the 15th.
    assert _due("2026-02-10T09:00", "5 nd") == ("2026-02-15T23:59:59+08:00", False)


@pytest.mark.clause("RP-2.4.b")
def test_working_days_before_a_day_do_not_count_the_day_itself() -> None:
    # Session on Wed 25 Mar: Tue 24 is one before, Mon 23 two, Fri 20 three, Thu 19 four, Wed 18 five.
    assert _due("2026-03-25T00:00", "-5 wd") == ("2026-03-18T17:30:00+08:00", False)
    # Session on Wed 25 Feb: Tue 24 is one before, then Sat 14 (make-up), Fri 13.
    assert _due("2026-02-25T09:00", "-3 wd") == ("2026-02-13T17:30:00+08:00", False)


def test_a_deadline_counted_over_days_not_announced_is_provisional() -> None:
    assert _due("2026-12-18T10:00", "5 wd") == ("2026-12-25T17:30:00+08:00", False)
    assert _due("2026-12-18T10:00", "6 wd")[1]
    assert _due("2026-12-30T10:00", "10 wd")[1]
    assert _due("2027-01-06T10:00", "-3 wd")[1]
    known = Calendar(confirmed=national().announced | {2027})
    assert not _due("2026-12-30T10:00", "10 wd", known)[1]


def test_the_day_of_receipt_itself_cannot_make_a_deadline_provisional() -> None:
    unknown_2025 = Calendar(confirmed=frozenset({2026, 2027}))
    assert not _due("2025-12-31T10:00", "1 wd", unknown_2025)[1]
    assert _due("2025-12-30T10:00", "2 wd", unknown_2025)[1]


def test_counted_backwards_only_the_days_before_can_make_it_provisional() -> None:
    # Before Sat 26 Dec only Fri 25 is counted; before Mon 5 Jan 2026 Sun 4 (make-up) and Wed 31 Dec.
    assert _due("2026-12-26T09:00", "-1 wd") == ("2026-12-25T17:30:00+08:00", False)
    unknown_2025 = Calendar(confirmed=frozenset({2026, 2027}))
    assert _due("2026-01-05T09:00", "-2 wd", unknown_2025) == ("2025-12-31T17:30:00+08:00", True)
    assert not _due("2026-01-05T09:00", "-1 wd", unknown_2025)[1]


def test_hours_and_natural_days_need_no_notice() -> None:
    assert not _due("2027-01-01T10:00", "24 h")[1]
    assert not _due("2027-01-01T10:00", "5 nd")[1]


def test_a_day_of_the_tenants_own_moves_the_deadline() -> None:
    typhoon = Calendar({date(2026, 3, 3): False})
    assert _due("2026-03-02T10:00", "1 wd", typhoon) == ("2026-03-04T17:30:00+08:00", False)


@pytest.mark.clause("ST-3.4.b")
@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-03-02T10:00", "2026-03-05"),  # Monday: this week's Thursday
        ("2026-03-05T08:00", "2026-03-12"),  # on a Thursday: the next one
        ("2026-03-06T10:00", "2026-03-12"),  # Friday: next week's
        ("2026-09-28T10:00", "2026-09-30"),  # Thu 1 Oct is off: Wed 30 Sep
        ("2026-02-11T10:00", "2026-02-12"),
        ("2026-02-13T10:00", "2026-02-14"),  # Thu 19 Feb is off: the nearest before is Sat 14, a make-up day
        ("2026-02-14T10:00", "2026-02-26"),  # nothing is left before Thu 19: the week that follows
        ("2026-09-30T10:00", "2026-10-08"),  # Thu 1 Oct off, nothing between: Thu 8 Oct
    ],
)
def test_a_weekly_report_is_due_on_thursday_or_the_nearest_working_day_before(start: str, end: str) -> None:
    found = deadlines.weekly(_china(start), THURSDAY, CALENDAR)
    assert clock.local(found.at).isoformat() == f"{end}T17:30:00+08:00"
    assert not found.provisional


def test_a_weekly_report_in_days_not_announced_is_provisional() -> None:
    assert deadlines.weekly(_china("2026-12-28T10:00"), THURSDAY, CALENDAR).provisional


@pytest.mark.parametrize("weekday", [-1, 7])
def test_there_are_seven_days_in_a_week(weekday: int) -> None:
    with pytest.raises(ValueError, match="weekday"):
        deadlines.weekly(_china("2026-03-02T10:00"), weekday, CALENDAR)


@given(MOMENTS, st.integers(0, 6))
def test_a_weekly_deadline_lies_on_a_working_day_after_the_day_of_the_start(
    start: datetime, weekday: int
) -> None:
    last = clock.local_date(deadlines.weekly(start, weekday, CALENDAR).at)
    assert CALENDAR.is_working(last)
    assert clock.local_date(start) < last <= clock.local_date(start) + timedelta(days=21)


@given(MOMENTS, MOMENTS, st.sampled_from(Unit), st.integers(1, 90))
def test_what_begins_later_is_never_due_earlier(
    one: datetime, other: datetime, unit: Unit, amount: int
) -> None:
    early, late = sorted([one, other])
    limit = Limit(amount, unit)
    assert deadlines.due(early, limit, CALENDAR).at <= deadlines.due(late, limit, CALENDAR).at


@given(MOMENTS, st.integers(1, 90))
def test_a_deadline_in_working_days_lies_on_a_working_day_with_that_many_counted(
    start: datetime, amount: int
) -> None:
    found = deadlines.due(start, Limit(amount, Unit.WORKING_DAYS), CALENDAR)
    day, last = clock.local_date(start), clock.local_date(found.at)
    between = [day + timedelta(days=index) for index in range(1, (last - day).days + 1)]
    assert sum(map(CALENDAR.is_working, between)) == amount
    assert CALENDAR.is_working(last)
    assert found == Due(CALENDAR.closing(last), not CALENDAR.confirmed_through(between[0], last))


def test_a_start_without_a_time_zone_is_refused() -> None:
    naive = datetime(2026, 3, 2, 10)  # noqa: DTZ001  this is the mistake under test
    for limit in ["1 wd", "1 h", "1 nd"]:
        with pytest.raises(ValueError, match="time zone"):
            deadlines.due(naive, limits.parse(limit), CALENDAR)
