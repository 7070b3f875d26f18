"""The league table (各地对照): jurisdictions side by side, ranked and sorted by a figure; pure.

What is covered or has no denominator has no rank and stands last, so that no order betrays it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from zhitongche.province import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from zhitongche.province.places import Family, Place
    from zhitongche.statistics.cells import Cell

    Cells = Mapping[str, Mapping[str, Cell]]

UP: Final = "up"
DOWN: Final = "down"
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: a jurisdiction, or a family's sum where `place` is None."""

    place: Place | None
    name: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Section:
    """A family's lines, its sum first where it has more than one; one section of no family where all stand together."""

    family: Family | None
    total: Row | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Sorting:
    """By which figure (none: by region code), the largest first or the smallest; whether families stay together."""

    code: str | None = None
    down: bool = True
    together: bool = True


def ranks(rows: Iterable[Row], code: str, better: str) -> dict[str, int]:
    """Place by place, its rank in a figure: the best is 1, equals share a rank and the next ones after them are skipped."""
    shown = {row.place.code: row.cells[code].amount for row in rows if row.place}
    amounts = {place: amount for place, amount in shown.items() if amount is not None}
    sign = -1 if better == DOWN else 1
    return {place: 1 + sum(sign * other > sign * amount for other in amounts.values()) for place, amount in amounts.items()}


def sections(families: Sequence[Family], cells: Cells, totals: Cells, by: Sorting) -> list[Section]:
    """The lines in their order; `cells` by tenant, `totals` by family. Without families only the jurisdictions."""
    found = [_section(family, cells, totals) for family in families]
    if not by.together:
        return [Section(None, None, tuple(_sorted((row for one in found for row in one.rows), by, lambda row: row)))]
    inside = [Section(one.family, one.total, tuple(_sorted(one.rows, by, lambda row: row))) for one in found]
    return _sorted(inside, by, lambda one: one.total or one.rows[0])


def _section(family: Family, cells: Cells, totals: Cells) -> Section:
    alone = len(family.places) == 1
    rows = tuple(Row(place, place.name if alone or place.depth else words.OWN.format(name=place.name), cells[place.code]) for place in family.places)
    total = Row(None, words.WHOLE.format(name=family.name), totals[family.code]) if not alone else None
    return Section(family, total, rows)


def _sorted(items: Iterable[Item], by: Sorting, row: Callable[[Item], Row]) -> list[Item]:
    code = by.code
    if code is None:
        return list(items)

    def place(item: Item) -> tuple[bool, float]:
        amount = row(item).cells[code].amount
        return amount is None, 0 if amount is None else -amount if by.down else amount

    return sorted(items, key=place)
