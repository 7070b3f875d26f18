"""A meeting is planned from its day, for every month of eight years, holidays and all."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhitongche.kernel.working_days import Calendar
from zhitongche.meetings import planning, rotation
from zhitongche.meetings.planning import Planned
from zhitongche.tenancy import packs
from zhitongche.tenancy.parts import PersonNamed

PACKS = packs.load([Path(__file__).parents[3] / "tenants"])
MONTHLY = PACKS["raoping"].meetings["monthly"]
CITY = PACKS["shantou"].meetings["city"]
CALENDAR = Calendar()
MONTHS = [(year, month) for year in range(2020, 2028) for month in range(1, 13)]


def planned(year: int, month: int) -> Planned:
    return planning.month_of(MONTHLY, year, month, CALENDAR)


def due(plan: Planned) -> dict[str, date]:
    return {window.step.code: window.due for window in plan.windows}


@pytest.mark.clause("RP-2.1.b")
@pytest.mark.parametrize(("year", "month"), MONTHS)
def test_every_month_has_its_day_in_the_fourth_week_or_right_after_the_holiday_that_covers_it(year: int, month: int) -> None:
    day = planned(year, month).day
    fourth = next(d for d in (date(year, month, n) for n in range(22, 29)) if d.weekday() == 2)
    assert CALENDAR.is_working(day)
    assert day == fourth or not any(CALENDAR.is_working(date.fromordinal(n)) for n in range(fourth.toordinal(), day.toordinal()))


@pytest.mark.clause("RP-2.1.b")
def test_the_fourth_wednesday_of_january_2023_lies_in_the_spring_festival_and_moves_behind_it() -> None:
    assert date(2023, 1, 25).weekday() == 2
    assert not CALENDAR.is_working(date(2023, 1, 25))
    assert planned(2023, 1).day == date(2023, 1, 28)


@pytest.mark.clause("RP-2.4.b")
@pytest.mark.parametrize(("year", "month"), MONTHS)
def test_the_catalogue_reaches_the_county_office_five_working_days_before_the_day(year: int, month: int) -> None:
    plan = planned(year, month)
    assert due(plan)["submit"] == CALENDAR.add_working(plan.day, -5)


@pytest.mark.clause("RP-2.1.a")
@pytest.mark.parametrize(("year", "month"), MONTHS)
def test_the_announcement_follows_the_day_before_by_two_working_days(year: int, month: int) -> None:
    before = planned(year - 1, 12) if month == 1 else planned(year, month - 1)
    assert due(planned(year, month))["announce"] == CALENDAR.add_working(before.day, 2)


@pytest.mark.parametrize(("year", "month"), MONTHS)
def test_every_date_is_a_working_day_and_the_steps_end_in_their_order_with_the_eve_as_the_last(year: int, month: int) -> None:
    plan = planned(year, month)
    assert all(CALENDAR.is_working(window.due) and window.opens <= window.due for window in plan.windows)
    before = [window.due for window in plan.windows if window.due < plan.day]
    after = [window.due for window in plan.windows if window.due > plan.day]
    assert before == sorted(before)
    assert after == sorted(after)
    dates = due(plan)
    chain = ["announce", "close_list", "draft", "settle_leader", "submit", "coordinate"]
    assert all(dates[one] < dates[two] for one, two in pairwise(chain))
    # Five working days before the day, four of them the office's: leader, notices and duties share the eve.
    eve = CALENDAR.add_working(plan.day, -1)
    assert [dates[code] for code in ("coordinate", "fix", "notify", "arrange")] == [eve] * 4
    assert [dates[code] for code in ("commit", "reply_rest")] == [CALENDAR.add_working(plan.day, 3)] * 2


@pytest.mark.parametrize(("year", "month"), MONTHS)
def test_the_months_do_not_run_into_each_other(year: int, month: int) -> None:
    after = planned(year + 1, 1) if month == 12 else planned(year, month + 1)
    assert planned(year, month).day < due(after)["announce"] < due(after)["close_list"] < after.day


@given(st.sampled_from(MONTHS), st.integers(1, 60))
def test_a_meeting_called_late_is_squeezed_between_today_and_its_eve(month: tuple[int, int], notice: int) -> None:
    called = CALENDAR.next_working(date(*month, 5))
    day = CALENDAR.add_working(called, notice)
    for kind in (MONTHLY, CITY):
        windows = planning.windows(kind, day, CALENDAR, previous=planned(*month).day, called=called)
        before = [w.due for w in windows if w.step in kind.before]
        assert before == sorted(before)
        assert min(called, CALENDAR.add_working(day, -1)) <= before[0]
        assert before[-1] < day
        assert all(CALENDAR.is_working(w.due) for w in windows)


def test_what_is_counted_back_from_the_day_wins_over_what_is_counted_from_the_day_before() -> None:
    """A meeting called a week after another: its announcement cannot wait for two working days."""
    called, day = date(2026, 3, 26), date(2026, 4, 3)
    windows = planning.windows(MONTHLY, day, CALENDAR, previous=date(2026, 3, 25), called=called)
    dates = {w.step.code: w.due for w in windows}
    assert dates["announce"] == dates["close_list"] == called
    assert dates["submit"] == CALENDAR.add_working(day, -5)


def test_the_office_has_its_four_days_from_when_the_catalogue_was_in_fact_sent() -> None:
    day, sent = date(2026, 11, 25), date(2026, 11, 16)
    windows = planning.windows(MONTHLY, day, CALENDAR, previous=date(2026, 10, 28), done={"submit": sent})
    dates = {w.step.code: w.due for w in windows}
    assert dates["coordinate"] == CALENDAR.add_working(sent, 4) == date(2026, 11, 20)
    assert dates["fix"] == date(2026, 11, 24)


def test_dates_over_a_year_that_is_not_announced_are_provisional() -> None:
    last = max(CALENDAR.confirmed)
    assert not any(w.provisional for w in planned(last, 6).windows)
    assert all(w.provisional for w in planned(last + 2, 6).windows)


@pytest.mark.clause("RP-1.a")
def test_the_leaders_attend_in_turn_and_begin_anew_after_the_last() -> None:
    leaders = [PersonNamed(name, "", "") for name in "甲乙丙"]
    turns = [rotation.turn(leaders, date(2026 + month // 12, month % 12 + 1, 1)) for month in range(9)]
    assert [one.name for one in turns[:3] if one] == [one.name for one in turns[3:6] if one] == [one.name for one in turns[6:] if one]
    assert len({one.name for one in turns if one}) == 3
