"""A year of a calendar as text: month by month for people, day by day for machines."""

from collections.abc import Iterator
from datetime import date

from zhitongche.kernel import words
from zhitongche.kernel.working_days import Calendar, Day

_BLANK = " " * 6


def year_table(calendar: Calendar, year: int) -> str:
    """The year in Chinese: what is known of it, its months as weeks from Monday, its special days."""
    days = calendar.year(year)
    parts = [_heading(calendar, year, days)]
    parts += [_month(days, month) for month in range(1, 13)]
    parts.append("\n".join([words.SPECIAL_DAYS, *(_line(day) for day in days if _special(day))]))
    return "\n\n".join(parts) + "\n"


def day_lines(calendar: Calendar, year: int) -> Iterator[str]:
    """Every day of the year on a line: ISO date, weekday, state, name, source, parted by tabs."""
    for day in calendar.year(year):
        state = words.WORKING_DAY if day.working else words.DAY_OFF
        yield "\t".join([day.date.isoformat(), _weekday(day.date), state, day.name, day.source])


def _heading(calendar: Calendar, year: int, days: list[Day]) -> str:
    working = sum(day.working for day in days)
    state = words.YEAR_CONFIRMED if year in calendar.confirmed else words.YEAR_PROVISIONAL
    title = words.YEAR_TITLE.format(year=year, state=state)
    counts = words.YEAR_COUNTS.format(days=len(days), working=working, off=len(days) - working)
    hours = words.YEAR_HOURS.format(opens=f"{calendar.opens:%H:%M}", closes=f"{calendar.closes:%H:%M}")
    lines = [title, counts, hours, words.YEAR_LEGEND]
    if year in calendar.confirmed and year + 1 not in calendar.confirmed:
        lines.append(words.YEAR_LAST_WEEK.format(next=year + 1))
    return "\n".join(lines)


def _month(days: list[Day], month: int) -> str:
    of_month = [day for day in days if day.date.month == month]
    cells = [_BLANK] * of_month[0].date.weekday() + [_cell(day) for day in of_month]
    weeks = ["".join(cells[start : start + 7]).rstrip() for start in range(0, len(cells), 7)]
    working = sum(day.working for day in of_month)
    title = words.MONTH_TITLE.format(month=month, working=working)
    return "\n".join([title, "".join(f"  {name}  " for name in words.WEEKDAYS).rstrip(), *weeks])


def _cell(day: Day) -> str:
    # A Chinese character is two columns wide: every cell fills six.
    mark = words.MARK_WORKING if _special(day) else "  "
    return f" {day.date.day:>2}{mark if day.working else words.MARK_OFF} "


def _special(day: Day) -> bool:
    ordinary = day.date.weekday() < 5
    return day.working is not ordinary or day.name not in ("", words.WEEKEND)


def _line(day: Day) -> str:
    state = words.MARK_WORKING if day.working else words.MARK_OFF
    return f"{day.date.isoformat()} {_weekday(day.date)} {state} {day.name}（{day.source}）"


def _weekday(day: date) -> str:
    return words.WEEKDAY.format(name=words.WEEKDAYS[day.weekday()])
