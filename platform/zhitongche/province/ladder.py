"""What rises between levels (上下级往来), out of the numbers of those that send it up: each case is counted where it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhitongche.province import words
from zhitongche.province.tables import shown
from zhitongche.tenancy import current
from zhitongche.tenancy.vocabulary import LEVELS
from zhitongche.webkit import charts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from zhitongche.province.numbers import Numbers
    from zhitongche.province.places import Place
    from zhitongche.statistics.cells import Cell

MOST: Final = 20
"""More streams nobody can tell apart in a picture; the table below has all."""


def by_level(found: Numbers) -> charts.Table:
    """One row a level, the lowest first; levels from which nothing rose are left out."""
    rows = [
        charts.Row(words.FROM.format(level=LEVELS[level]), [shown(found.levels[level][code]) for code in words.LADDER])
        for level in reversed(LEVELS)
        if level in found.levels and rose(found.levels[level])
    ]
    return charts.Table(words.LEVEL, [charts.Column(one.name, one.unit) for one in found.figures], rows)


def streams(found: Numbers) -> charts.Table:
    """One row a stream, the broadest only: from where, to where, how many; covered numbers are no stream."""
    names = _names()
    risen = [(place, cell) for place in _places(found) if (cell := found.cells[place.code]["risen"]).amount]
    broadest = sorted(risen, key=lambda one: -(one[1].amount or 0))[:MOST]
    rows = [charts.Row(place.name, [charts.Cell(names.get(place.parent, "")), shown(cell)]) for place, cell in broadest]
    return charts.Table(words.FROM_WHERE, [charts.Column(words.TO_WHERE), charts.Column(words.RISEN, "件")], rows)


def by_place(found: Numbers, place_url: Callable[[str], str]) -> charts.Table:
    """One row a jurisdiction from which anything rose, with what became of it."""
    names = _names()
    rows = [
        charts.Row(words.FROM_TO.format(place=place.name, above=names.get(place.parent, "")), [shown(own[code]) for code in words.LADDER], place_url(place.code))
        for place in _places(found)
        if rose(own := found.cells[place.code])
    ]
    return charts.Table(words.PLACE, [charts.Column(one.name, one.unit) for one in found.figures], rows)


def rose(cells: Mapping[str, Cell]) -> bool:
    """Whether anything rose at all; a covered number counts as something."""
    return cells["risen"].amount != 0


def _places(found: Numbers) -> list[Place]:
    return [place for family in found.families for place in family.places]


def _names() -> dict[str, str]:
    here = current.pack()
    return {pack.code: pack.name for pack in (here, *current.registry().below(here.code))}
