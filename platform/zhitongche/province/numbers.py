"""The numbers of all below over a period, as those above may see them: every page draws from here, so that none tells more than another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zhitongche.province import places, words
from zhitongche.province.cells import Cell, cell
from zhitongche.province.league import Row
from zhitongche.statistics import covering, province

if TYPE_CHECKING:
    from zhitongche.province.places import Family
    from zhitongche.statistics import Period, Value
    from zhitongche.statistics.definitions import Figure

Key = tuple[str, str]
Values = Mapping[Key, Mapping[str, "Value"]]
_WHOLE: Final[Key] = ("whole", "")
_LADDER: Final = frozenset({"risen", "taken_above", "returned_above", "decided_above"})
"""Kinds of facts that are summed by level too."""


@dataclass(frozen=True)
class Numbers:
    """Cells by tenant, by family, by level (of what rises only) and of all together; then by figure."""

    figures: Sequence[Figure]
    families: tuple[Family, ...]
    cells: Mapping[str, Mapping[str, Cell]]
    totals: Mapping[str, Mapping[str, Cell]]
    levels: Mapping[str, Mapping[str, Cell]]
    whole: Row


def read(codes: Iterable[str], period: Period) -> Numbers:
    """The figures over a period, in one statement."""
    families = places.families()
    return _numbers(families, province.side_by_side(_groups(families), codes, period))


def monthly(code: str, months: Sequence[Period]) -> list[Numbers]:
    """One figure in each month, in one statement; covered in each month as everywhere else."""
    families = places.families()
    return [_numbers(families, values) for values in province.trends(_groups(families), [code], months)]


def _groups(families: tuple[Family, ...]) -> dict[Key, list[str]]:
    everyone = [place for family in families for place in family.places]
    groups: dict[Key, list[str]] = {("place", place.code): [place.code] for place in everyone}
    groups |= {("family", family.code): [place.code for place in family.places] for family in families}
    for place in everyone:
        groups.setdefault(("level", place.level), []).append(place.code)
    return groups | {_WHOLE: [place.code for place in everyone]}


def _numbers(families: tuple[Family, ...], values: Values) -> Numbers:
    figures = [value.figure for value in values[_WHOLE].values()]
    hidden = _Hidden(families, values)
    cells = {key: {figure.code: hidden.cell(key, figure) for figure in figures} for key in values}

    def of(kind: str) -> dict[str, Mapping[str, Cell]]:
        return {name: own for (what, name), own in cells.items() if what == kind}

    return Numbers(figures, families, of("place"), of("family"), of("level"), Row(None, words.ALL, cells[_WHOLE]))


class _Hidden:
    """What may not be seen; of the same facts always the same, whichever figure shows them."""

    def __init__(self, families: tuple[Family, ...], values: Values) -> None:
        self.values, self.families = values, families
        self.known: dict[tuple[str, ...], Mapping[Key, str]] = {}

    def cell(self, key: Key, figure: Figure) -> Cell:
        """The cell of a figure of one tenant or group."""
        of = self._of(figure.denominator, figure.code, lambda value: value.denominator or 0) if figure.denominator else {}
        return cell(self.values[key][figure.code], self._of(figure.numerator, figure.code, lambda value: value.numerator).get(key), of.get(key))

    def _of(self, kinds: tuple[str, ...], code: str, part: Callable[[Value], int]) -> Mapping[Key, str]:
        if kinds not in self.known:
            counts = {key: part(own[code]) for key, own in self.values.items()}
            self.known[kinds] = covering.cover(counts, list(_lines(self.families, by_level=_LADDER.issuperset(kinds))))
        return self.known[kinds]


def _lines(families: tuple[Family, ...], *, by_level: bool) -> Iterator[tuple[Key, list[Key]]]:
    """Each sum that a page may show, with what it is the sum of."""
    for family in families:
        yield ("family", family.code), [("place", place.code) for place in family.places]
    yield _WHOLE, [("family", family.code) for family in families]
    if by_level:
        levels: dict[str, list[Key]] = {}
        for place in (place for family in families for place in family.places):
            levels.setdefault(place.level, []).append(("place", place.code))
        yield from ((("level", level), members) for level, members in levels.items())
        yield _WHOLE, [("level", level) for level in levels]
