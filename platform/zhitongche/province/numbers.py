"""The numbers of all below over a period, as those above may see them: every page draws from here, so that none tells more than another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from zhitongche.province import places, words
from zhitongche.province.league import Row
from zhitongche.statistics import cells, covering, definitions, province
from zhitongche.statistics.cells import Cell, cell
from zhitongche.statistics.values import Value

if TYPE_CHECKING:
    from zhitongche.province.places import Family
    from zhitongche.statistics import Period
    from zhitongche.statistics.definitions import Figure

Key = tuple[str, str]
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


@dataclass(frozen=True)
class Monthly:
    """One figure month by month: of all together, and of one place where it was asked for."""

    figure: Figure
    whole: Sequence[Cell]
    place: Sequence[Cell] | None


def read(codes: Iterable[str], period: Period) -> Numbers:
    """The figures over a period, in one statement."""
    families = places.families()
    values = province.side_by_side(_groups(families), codes, period)
    figures = [value.figure for value in values[_WHOLE].values()]
    hidden = {figure.code: _hidden(families, figure, {key: own[figure.code] for key, own in values.items()}) for figure in figures}
    shown = {key: {code: cell(value, *hidden[code](key)) for code, value in own.items()} for key, own in values.items()}

    def of(kind: str) -> dict[str, Mapping[str, Cell]]:
        return {name: own for (what, name), own in shown.items() if what == kind}

    return Numbers(figures, families, of("place"), of("family"), of("level"), Row(None, words.ALL, shown[_WHOLE]))


def monthly(code: str, months: Sequence[Period], place: str | None = None) -> Monthly:
    """One figure in each month, in one statement; covered in each month as everywhere else."""
    families = places.families()
    figure, wanted = definitions.installed().figures[code], [_WHOLE, *([("place", place)] if place else [])]
    groups = _groups(families)
    no_sum = figure.shape == "percentile"
    shown = []
    for values in _each({key: groups[key] for key in wanted}, code, months) if no_sum else _summed(groups, figure, months):
        hidden = _hidden(families, figure, values)
        shown.append({key: cell(values[key], *hidden(key)) for key in wanted})
    return Monthly(figure, [one[_WHOLE] for one in shown], [one["place", place] for one in shown] if place else None)


def _each(groups: Mapping[Key, Sequence[str]], code: str, months: Sequence[Period]) -> list[dict[Key, Value]]:
    """Of a figure that is no sum: what others have tells nothing, and is summed by the database."""
    each = {key: province.trend(tenants, [code], months) for key, tenants in groups.items()}
    return [{key: values[at][code] for key, values in each.items()} for at in range(len(months))]


def _summed(groups: Mapping[Key, Sequence[str]], figure: Figure, months: Sequence[Period]) -> Iterator[dict[Key, Value]]:
    """Of a figure that is a sum or made of two: each tenant is read once, and added to its groups."""
    tenants = {tenant: [tenant] for tenant in groups[_WHOLE]}
    for values in province.trends(tenants, [figure.code], months):
        yield {key: _sum(figure, [values[tenant][figure.code] for tenant in members]) for key, members in groups.items()}


def _sum(figure: Figure, values: Sequence[Value]) -> Value:
    if len(values) == 1:
        return values[0]
    numerator, left_out = sum(value.numerator for value in values), sum(value.left_out for value in values)
    if not figure.denominator:
        return Value(figure, numerator, None, left_out, float(numerator))
    denominator = sum(value.denominator or 0 for value in values)
    return Value(figure, numerator, denominator, left_out, 100 * numerator / denominator if denominator else None)


def _groups(families: tuple[Family, ...]) -> dict[Key, list[str]]:
    everyone = [place for family in families for place in family.places]
    groups: dict[Key, list[str]] = {("place", place.code): [place.code] for place in everyone}
    groups |= {("family", family.code): [place.code for place in family.places] for family in families}
    for place in everyone:
        groups.setdefault(("level", place.level), []).append(place.code)
    return groups | {_WHOLE: [place.code for place in everyone]}


def _hidden(families: tuple[Family, ...], figure: Figure, values: Mapping[Key, Value]) -> Callable[[Key], tuple[str | None, str | None]]:
    """What may not be seen of a figure's numerators and denominators."""
    counts = {key: value.numerator for key, value in values.items()}
    if figure.shape == "percentile":
        # It is no sum: what one has cannot be worked out from the others'.
        return lambda key: (covering.FEW if counts[key] < covering.MINIMUM else None, None)
    numerators = _covered(families, _LADDER.issuperset(figure.numerator), tuple(counts.items()))
    wholes = tuple((key, value.denominator) for key, value in values.items() if value.denominator is not None)
    denominators = _covered(families, _LADDER.issuperset(figure.denominator), wholes) if wholes else {}
    return lambda key: (numerators.get(key), denominators.get(key))


@lru_cache(maxsize=1024)
def _covered(families: tuple[Family, ...], by_level: bool, counts: tuple[tuple[Key, int], ...]) -> Mapping[Key, str]:
    # Kept, since most months have passed; by the counts alone, so that the same facts are covered alike in every figure.
    return cells.hidden(dict(counts), list(_lines(families, by_level=by_level)))


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
