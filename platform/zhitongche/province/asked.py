"""What the reader of a figures page asks for: a period, a set of figures, a figure, an order."""

from __future__ import annotations

import re
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Final

from flask import request

from zhitongche.kernel import clock
from zhitongche.province import words
from zhitongche.province.league import Sorting
from zhitongche.statistics import Period, definitions

if TYPE_CHECKING:
    from collections.abc import Iterator

_PERIOD: Final = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?", re.ASCII)
MONTHS: Final = 13
"""So that a month stands beside the same month of the year before."""
_QUARTERS: Final = 5


def period() -> Period:
    """The period of the address: whole months, quarters and years only, since from any others single days could be worked out."""
    return parse(request.args.get("period", "")) or Period.year(clock.today())


def parse(text: str) -> Period | None:
    """`2026`, `2026-Q1`, `2026-03`; None for anything else and for what has not begun."""
    found = _PERIOD.fullmatch(text)
    if found is None or int(found[1]) not in clock.YEARS:
        return None
    year, quarter, month = found.groups()
    first = date(int(year), int(month or 3 * int(quarter or 1) - 2), 1)
    if first > clock.today():
        return None
    return Period.month(first) if month else Period.quarter(first) if quarter else Period.year(first)


def code_of(of: Period) -> str:
    """The period as an address has it."""
    if of == Period.year(of.first):
        return f"{of.first:%Y}"
    return f"{of.first:%Y}-Q{of.first.month // 3 + 1}" if of == Period.quarter(of.first) else f"{of.first:%Y-%m}"


def choices() -> list[tuple[str, str]]:
    """What the list of periods offers, the present ones first."""
    today = clock.today()
    return [(code_of(one), one.name + (words.UNTIL_NOW if one.last >= today else "")) for one in _periods(today)]


def months() -> list[Period]:
    """The last months up to the present one, the oldest first."""
    return Period.month(clock.today()).last_ones(MONTHS)


def figure_set() -> str:
    """Which figures stand side by side."""
    wanted = request.args.get("set", "")
    return wanted if wanted in words.SETS else next(iter(words.SETS))


def figure() -> str:
    """The one figure asked for."""
    wanted = request.args.get("figure", "")
    return wanted if wanted in shown() else "on_time_rate"


def shown() -> dict[str, str]:
    """The figures that these pages show, with their names."""
    known = definitions.installed().figures
    codes = dict.fromkeys([code for among in words.FIGURES.values() for code in among] + list(words.LADDER))
    return {code: known[code].name for code in codes}


def sorting(among: tuple[str, ...]) -> Sorting:
    """By which column, in which direction, and whether families stay together."""
    wanted = request.args.get("sort", "")
    return Sorting(wanted if wanted in among else None, request.args.get("order") != "up", request.args.get("together") != "no")


def filters(*, with_figure: bool = False) -> list[SimpleNamespace]:
    """The choices above a page as a filter bar shows them."""
    bar = [SimpleNamespace(name="period", label=words.PERIOD, value=code_of(period()), choices=choices())]
    if with_figure:
        bar.append(SimpleNamespace(name="figure", label=words.FIGURE, value=figure(), choices=list(shown().items())))
    return bar


def _periods(today: date) -> Iterator[Period]:
    year = Period.year(today)
    yield from (year, year.previous())
    yield from reversed(Period.quarter(today).last_ones(_QUARTERS))
    yield from reversed(Period.month(today).last_ones(MONTHS))
