"""Numbers as tables: what stands in a page, what a chart draws, and what the spreadsheet holds are the same cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from markupsafe import Markup

from zhitongche.province import asked, words
from zhitongche.webkit import charts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from zhitongche.province.league import Row
    from zhitongche.province.numbers import Monthly, Numbers
    from zhitongche.province.places import Place
    from zhitongche.statistics import Period
    from zhitongche.statistics.cells import Cell


def place_urls(period: Period) -> Callable[[str], str]:
    """The address of a jurisdiction's page by its code; made once a page, since there are many of them."""
    before, after = url_for("regions.place.show", place="_", period=asked.code_of(period)).split("/_", 1)
    return lambda code: f"{before}/{code}{after}"


def marked(row: Row, ranked: Mapping[str, Mapping[str, int]]) -> Markup:
    """A jurisdiction's cells with its ranks, as markup; made here, since a page has a thousand of them."""
    place = row.place.code if row.place else ""
    rank = {code: f'<small class="rank">{words.RANK.format(rank=ranks[place])}</small>' if place in ranks else "" for code, ranks in ranked.items()}
    return Markup("".join(f"<td>{rank[code]}{row.cells[code].__html__()}</td>" for code in ranked))  # noqa: S704  cells escape their texts


def shown(cell: Cell) -> charts.Cell:
    """A cell as charts and their tables have it."""
    return charts.Cell(cell.text, cell.amount, note=cell.note)


def of_places(found: Numbers, code: str, period: Period) -> charts.Table:
    """One figure of every jurisdiction, in the order of the region codes."""
    figure = next(one for one in found.figures if one.code == code)
    place_url = place_urls(period)
    rows = [
        charts.Row(place.name, [shown(found.cells[place.code][code])], place_url(place.code))
        for family in found.families
        for place in family.places
    ]
    return charts.Table(words.PLACE, [charts.Column(figure.name, figure.unit)], rows)


def by_month(found: Monthly, months: Sequence[Period], place: Place | None = None) -> charts.Table:
    """One figure in each month: of all together, and of one of them before it."""
    series = [found.place, found.whole] if found.place is not None and place is not None else [found.whole]
    names = [place.name, words.ALL] if len(series) > 1 and place is not None else [words.ALL]
    rows = [charts.Row(month.name, [shown(cells[at]) for cells in series]) for at, month in enumerate(months)]
    return charts.Table(words.MONTH, [charts.Column(name, found.figure.unit) for name in names], rows)
