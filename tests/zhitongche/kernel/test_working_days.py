from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhitongche.kernel import clock
from zhitongche.kernel.working_days import Calendar, national

CALENDAR = Calendar()
DAYS = st.dates(date(2019, 6, 1), date(2028, 6, 30))
COUNTS = st.integers(1, 600)
OVERRIDES = st.dictionaries(st.dates(date(2025, 11, 1), date(2026, 3, 31)), st.booleans(), max_size=60)


def _walk(calendar: Calendar, day: date, count: int) -> date:
    """Counting on the fingers: what add_working must equal."""
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= calendar.is_working(day)
    return day


@given(DAYS, st.integers(-300, 300), OVERRIDES)
def test_adding_working_days_equals_counting_them_one_by_one(
    day: date, count: int, overrides: dict[date, bool]
) -> None:
    calendar = Calendar(overrides)
    assert calendar.add_working(day, count) == _walk(calendar, day, count)


@given(DAYS, COUNTS, OVERRIDES)
def test_going_forth_and_back_returns_to_a_working_day(
    day: date, count: int, overrides: dict[date, bool]
) -> None:
    calendar = Calendar(overrides)
    start = calendar.next_working(day)
    assert calendar.add_working(calendar.add_working(start, count), -count) == start
    assert calendar.add_working(calendar.add_working(start, -count), count) == start


@given(DAYS, COUNTS, COUNTS)
def test_working_days_add_up(day: date, first: int, second: int) -> None:
    in_two_steps = CALENDAR.add_working(CALENDAR.add_working(day, first), second)
    assert in_two_steps == CALENDAR.add_working(day, first + second)


@given(DAYS, DAYS, COUNTS)
def test_who_begins_later_never_ends_earlier_and_more_days_end_later(
    one: date, other: date, count: int
) -> None:
    early, late = sorted([one, other])
    assert CALENDAR.add_working(early, count) <= CALENDAR.add_working(late, count)
    assert CALENDAR.add_working(early, count) < CALENDAR.add_working(early, count + 1)


@given(DAYS)
def test_the_neighbouring_working_days_work_and_nothing_between_does(day: date) -> None:
    before, after = CALENDAR.previous_working(day), CALENDAR.next_working(day)
    assert before <= day <= after
    assert CALENDAR.is_working(before)
    assert CALENDAR.is_working(after)
    assert (before == after) is CALENDAR.is_working(day)
    assert CALENDAR.previous_working(day, inclusive=False) == CALENDAR.add_working(day, -1) < day
    assert CALENDAR.next_working(day, inclusive=False) == CALENDAR.add_working(day, 1) > day


def test_no_working_day_added_leaves_the_day_as_it_is() -> None:
    assert CALENDAR.add_working(date(2026, 2, 15), 0) == date(2026, 2, 15)


def test_make_up_days_count_and_the_festival_does_not() -> None:
    # Fri 13 Feb 2026 → Sat 14 (make-up) is day 1, 15-23 off, Tue 24 is day 2.
    assert CALENDAR.add_working(date(2026, 2, 13), 1) == date(2026, 2, 14)
    assert CALENDAR.add_working(date(2026, 2, 13), 2) == date(2026, 2, 24)
    assert CALENDAR.add_working(date(2026, 2, 24), -2) == date(2026, 2, 13)


def test_counting_passes_a_year_that_does_not_work_at_all() -> None:
    idle = {date(2026, 1, 1) + timedelta(days=index): False for index in range(365)}
    calendar = Calendar(idle)
    assert calendar.add_working(date(2025, 12, 31), 1) == date(2027, 1, 4)
    assert calendar.add_working(date(2027, 1, 4), -1) == date(2025, 12, 31)


def test_a_day_of_the_tenants_own_stands_over_the_national_one() -> None:
    typhoon, sunday = date(2026, 7, 1), date(2026, 7, 5)
    calendar = Calendar({typhoon: False, sunday: True}, names={typhoon: "台风停工"})
    assert not calendar.is_working(typhoon)
    assert calendar.is_working(sunday)
    own = [day for day in calendar.year(2026) if day.source == "本地规定"]
    assert [(day.date, day.name, day.working) for day in own] == [
        (typhoon, "台风停工", False),
        (sunday, "本地上班", True),
    ]
    assert national().is_working(typhoon), "another tenant keeps its day"


def test_a_span_is_confirmed_only_while_every_year_of_it_is() -> None:
    assert CALENDAR.confirmed_through(date(2025, 3, 1), date(2026, 11, 30))
    assert not CALENDAR.confirmed_through(date(2026, 11, 30), date(2027, 1, 4))
    assert not CALENDAR.confirmed_through(date(2027, 3, 1), date(2027, 3, 2))
    assert not CALENDAR.confirmed_through(date(2019, 12, 1), date(2020, 3, 2))


def test_the_last_week_of_a_year_waits_for_the_notice_of_the_next() -> None:
    # 29 December 2018 worked and the 31st did not, by the notice of 2019.
    assert CALENDAR.confirmed_through(date(2026, 12, 1), date(2026, 12, 25))
    assert not CALENDAR.confirmed_through(date(2026, 12, 1), date(2026, 12, 26))
    assert CALENDAR.confirmed_through(date(2025, 12, 1), date(2025, 12, 31))
    assert not national().is_working(date(2018, 12, 31))
    assert national().is_working(date(2018, 12, 29))


def test_a_year_entered_from_its_notice_is_confirmed_and_says_so() -> None:
    calendar = Calendar({date(2027, 2, 20): True}, confirmed=national().announced | {2027})
    assert calendar.confirmed_through(date(2026, 12, 1), date(2027, 12, 25))
    assert {day.source for day in calendar.year(2027)} == {"按已公布的安排确认", "本地规定"}


def test_office_hours_hold_on_working_days_only() -> None:
    calendar = Calendar(opens=time(8, 30), closes=time(17, 30))
    assert calendar.closing(date(2026, 3, 5)) == datetime(2026, 3, 5, 9, 30, tzinfo=UTC)
    assert calendar.is_open(datetime(2026, 3, 5, 0, 30, tzinfo=UTC))
    assert not calendar.is_open(datetime(2026, 3, 5, 9, 30, tzinfo=UTC))
    assert not calendar.is_open(datetime(2026, 2, 17, 2, 0, tzinfo=UTC)), "Spring Festival"


def test_an_office_that_closes_before_it_opens_is_refused() -> None:
    with pytest.raises(ValueError, match="上班时间"):
        Calendar(opens=time(18), closes=time(9))


@given(st.dates(date(2024, 6, 1), date(2027, 6, 30)), st.integers(-3, 900), OVERRIDES)
def test_the_count_between_two_days_is_that_of_asking_every_day(first: date, length: int, overrides: dict[date, bool]) -> None:
    calendar = Calendar(overrides)
    asked = sum(calendar.is_working(first + timedelta(days=n)) for n in range(1, length + 1))
    assert calendar.count_working(first, first + timedelta(days=length)) == asked


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-03-06T10:00", "2026-03-06T11:30", 90),
        ("2026-03-06T17:00", "2026-03-09T09:00", 60),
        ("2026-03-07T10:00", "2026-03-08T10:00", 0),
        ("2026-03-06T06:00", "2026-03-06T23:00", 540),
        ("2026-03-06T11:00", "2026-03-06T10:00", 0),
        ("2026-03-02T08:30", "2026-03-06T17:30", 5 * 540),
    ],
)
def test_working_minutes_are_those_of_office_hours_on_working_days(start: str, end: str, minutes: int) -> None:
    begun, ended = (datetime.fromisoformat(text).replace(tzinfo=clock.CHINA) for text in (start, end))
    assert Calendar().minutes_open(begun, ended) == minutes
