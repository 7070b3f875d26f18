"""The national holiday arrangement (国务院办公厅节假日安排): which days work, and which years are known."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from zhitongche.kernel import words

if TYPE_CHECKING:
    from holidays.countries.china import China

# The library invents a year that is not announced yet, without make-up days (调休). So a year is
# known only when it stands here, with the number of the notice its days were compared with.
ANNOUNCED = MappingProxyType(
    {
        2020: "国办发明电〔2019〕16号、〔2020〕1号",
        2021: "国办发明电〔2020〕27号",
        2022: "国办发明电〔2021〕11号",
        2023: "国办发明电〔2022〕16号",
        2024: "国办发明电〔2023〕7号",
        2025: "国办发明电〔2024〕12号",
        2026: "国办发明电〔2025〕7号",
    }
)


@dataclass(frozen=True, slots=True)
class Day:
    """One day in China: does it work, what is it called (empty on an ordinary day), and who says so."""

    date: date
    working: bool
    name: str
    source: str


class National:
    """The arrangement of the whole country, year by year, as seed of every tenant's calendar."""

    announced = frozenset(ANNOUNCED)

    def is_working(self, day: date) -> bool:
        """Do public offices work on `day`? A guess where the year has not been announced."""
        return self.day(day).working

    def day(self, day: date) -> Day:
        """What the arrangement says of `day`."""
        return _days(day.year)[day.timetuple().tm_yday - 1]

    def year(self, year: int) -> tuple[Day, ...]:
        """Every day of `year`, first to last."""
        return _days(year)


@lru_cache(maxsize=1)
def national() -> National:
    """The arrangement of the 国务院, from the `holidays` library, compared with chinesecalendar in the tests."""
    return National()


@lru_cache(maxsize=128)
def _days(year: int) -> tuple[Day, ...]:
    # With China come all the countries of the world, 0.7 s: not at the start of every process.
    from holidays.countries.china import China

    # The notice of the next year may take days of this one's last week.
    table = China(years=(year, year + 1), language="zh_CN", expand=False)  # type: ignore[no-untyped-call]
    first = date(year, 1, 1)
    length = (date(year, 12, 31) - first).days + 1
    return tuple(_day(table, first + timedelta(days=index)) for index in range(length))


def _day(table: "China", day: date) -> Day:
    working = bool(table.is_working_day(day))
    weekend = day.weekday() >= 5
    name = table.get(day) or (words.WEEKEND if weekend else "")
    source = ANNOUNCED.get(day.year, words.ESTIMATED)
    return Day(day, working, words.MAKE_UP if working and weekend else name, source)
