from datetime import date

from zhitongche.kernel.calendar_text import day_lines, year_table
from zhitongche.kernel.working_days import Calendar, national

TYPHOON = Calendar({date(2026, 7, 1): False}, names={date(2026, 7, 1): "台风停工"})


def test_the_year_says_what_is_known_of_it_and_how_much_of_it_works() -> None:
    table = year_table(TYPHOON, 2026)
    assert "2026年工作日历（国务院安排已公布）" in table
    assert "工作日247天，休息日118天" in table  # 248 by the notice, one day of typhoon
    assert "2027年安排尚未公布" in table
    assert "办公时间 08:30—17:30" in table


def test_a_year_not_announced_is_marked_as_provisional() -> None:
    assert "暂定" in year_table(TYPHOON, 2027).splitlines()[0]
    known = Calendar(confirmed=national().announced | {2027})
    assert "已公布" in year_table(known, 2027).splitlines()[0]
    assert "尚未公布" not in year_table(known, 2026)


def test_the_months_stand_in_weeks_from_monday_with_days_off_and_make_up_days_marked() -> None:
    lines = year_table(TYPHOON, 2026).splitlines()
    start = lines.index("2月（工作日16天）")
    assert lines[start + 1].split() == list("一二三四五六日")
    assert lines[start + 2].split() == ["1休"]
    assert lines[start + 4].split() == ["9", "10", "11", "12", "13", "14班", "15休"]
    assert lines[start + 4].index("14班") == 1 + 5 * 6


def test_special_days_are_listed_with_their_reason_and_source() -> None:
    lines = year_table(TYPHOON, 2026).splitlines()
    assert "2026-02-14 周六 班 调休上班（国办发明电〔2025〕7号）" in lines
    assert "2026-02-17 周二 休 春节（国办发明电〔2025〕7号）" in lines
    assert "2026-07-01 周三 休 台风停工（本地规定）" in lines
    assert not any(line.startswith("2026-03-07") for line in lines), "an ordinary Saturday"


def test_every_day_has_its_line_for_machines() -> None:
    rows = [line.split("\t") for line in day_lines(TYPHOON, 2026)]
    assert len(rows) == 365
    assert rows[44] == ["2026-02-14", "周六", "工作日", "调休上班", "国办发明电〔2025〕7号"]
    assert sum(row[2] == "工作日" for row in rows) == 247
