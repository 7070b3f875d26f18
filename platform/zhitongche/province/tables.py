"""Numbers as tables: what stands in a page, what a chart draws, and what the spreadsheet holds are the same cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for

from zhitongche.province import asked, words
from zhitongche.webkit import charts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhitongche.province.cells import Cell
    from zhitongche.province.numbers import Numbers
    from zhitongche.province.places import Place
    from zhitongche.statistics import Period


def shown(cell: Cell) -> charts.Cell:
    """A cell as charts and their tables have it."""
    return charts.Cell(cell.text, cell.amount, note=cell.note)


def of_places(found: Numbers, code: str, period: Period) -> charts.Table:
    """One figure of every jurisdiction, in the order of the region codes."""
    figure = next(one for one in found.figures if one.code == code)
    rows = [
        charts.Row(place.name, [shown(found.cells[place.code][code])], url_for("regions.place.show", place=place.code, period=asked.code_of(period)))
        for family in found.families
        for place in family.places
    ]
    return charts.Table(words.PLACE, [charts.Column(figure.name, figure.unit)], rows)


def by_month(found: Sequence[Numbers], code: str, months: Sequence[Period], place: Place | None) -> charts.Table:
    """One figure in each month: of all together, and of one of them beside."""
    figure = next(one for one in found[-1].figures if one.code == code)
    columns = [charts.Column(words.ALL, figure.unit)]
    if place is not None:
        columns.insert(0, charts.Column(place.name, figure.unit))
    rows = []
    for month, numbers in zip(months, found, strict=True):
        cells = [numbers.whole.cells[code]] if place is None else [numbers.cells[place.code][code], numbers.whole.cells[code]]
        rows.append(charts.Row(month.name, [shown(cell) for cell in cells]))
    return charts.Table(words.MONTH, columns, rows)
