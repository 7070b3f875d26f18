from datetime import date, timedelta

import chinese_calendar
from holidays.countries.china import ChinaStaticHolidays

from zhitongche.kernel.national_days import ANNOUNCED, national


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=index) for index in range((last - first).days + 1)]


def test_every_day_from_2020_to_2026_agrees_with_a_second_library() -> None:
    days = _days(date(2020, 1, 1), date(2026, 12, 31))
    differing = [day for day in days if national().is_working(day) != chinese_calendar.is_workday(day)]
    assert (len(days), differing) == (2557, [])


def test_2026_is_the_year_of_the_notice() -> None:
    year = national().year(2026)
    assert sum(day.working for day in year) == 248
    make_up = [day.date for day in year if day.working and day.date.weekday() >= 5]
    assert make_up == [
        date(2026, 1, 4),
        date(2026, 2, 14),
        date(2026, 2, 28),
        date(2026, 5, 9),
        date(2026, 9, 20),
        date(2026, 10, 10),
    ]
    spring_festival = _days(date(2026, 2, 15), date(2026, 2, 23))
    assert not any(national().is_working(day) for day in spring_festival)


def test_only_a_year_whose_make_up_days_the_library_holds_counts_as_announced() -> None:
    # Red too when a new version of the library knows a year that ANNOUNCED does not name yet.
    held = {year for year in ChinaStaticHolidays.special_public_holidays if year >= min(ANNOUNCED)}
    assert held == set(ANNOUNCED)


def test_names_are_chinese_and_a_day_says_who_says_so() -> None:
    eve, make_up = national().day(date(2026, 2, 16)), national().day(date(2026, 2, 14))
    assert (eve.name, eve.working, eve.source) == ("农历除夕", False, "国办发明电〔2025〕7号")
    assert (make_up.name, make_up.working) == ("调休上班", True)
    assert national().day(date(2026, 3, 7)).name == "周末"
    assert national().day(date(2026, 3, 9)).name == ""


def test_a_year_not_announced_is_a_guess_and_says_so() -> None:
    assert 2027 not in national().announced
    new_year = national().day(date(2027, 1, 1))
    assert not new_year.working
    assert "推定" in new_year.source


def test_a_year_has_each_of_its_days_once() -> None:
    for year, length in [(2024, 366), (2026, 365), (2100, 365)]:
        days = [day.date for day in national().year(year)]
        assert days == _days(date(year, 1, 1), date(year, 12, 31))
        assert len(days) == length
