"""No count below five is shown, nor can be worked out: proved by trying every table that fits what is shown."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from zhitongche.statistics.covering import COVERED, FEW, MINIMUM, cover

HIGHEST = 14
Cells = dict[str, int]
Lines = list[tuple[str, list[str]]]
COUNT = st.one_of(st.integers(0, 6), st.integers(5, HIGHEST))


def possible(counts: Cells, hidden: dict[str, str], lines: Lines) -> dict[str, set[int]]:
    """The values that each small cell may have for somebody who knows all that is shown, and why the rest is not."""
    sums = {total for total, _ in lines}
    leaves = [cell for cell in counts if cell not in sums]
    found: dict[str, set[int]] = {cell: set() for cell, why in hidden.items() if why == FEW}
    for values in product(*(_range(counts[leaf], hidden.get(leaf)) for leaf in leaves)):
        table = dict(zip(leaves, values, strict=True))
        for total, members in lines:
            table[total] = sum(table[member] for member in members)
        if _fits(table, counts, hidden):
            for cell, seen in found.items():
                seen.add(table[cell])
    return found


def _range(n: int, why: str | None) -> range:
    return range(n, n + 1) if why is None else range(MINIMUM) if why == FEW else range(MINIMUM, HIGHEST + 6)


def _fits(table: Cells, counts: Cells, hidden: dict[str, str]) -> bool:
    return all((hidden[cell] == FEW) == (n < MINIMUM) if cell in hidden else n == counts[cell] for cell, n in table.items())


def summed(counts: Cells, lines: Lines) -> tuple[Cells, Lines]:
    for total, members in lines:
        counts[total] = sum(counts[member] for member in members)
    return counts, lines


def family(sizes: list[list[int]]) -> tuple[Cells, Lines]:
    """Families of places, their sums, the sum of all."""
    counts = {f"{f}.{p}": n for f, places in enumerate(sizes) for p, n in enumerate(places)}
    lines = [(f"f{f}", [f"{f}.{p}" for p in range(len(places))]) for f, places in enumerate(sizes)]
    return summed(counts, [*lines, ("all", [total for total, _ in lines])])


def grid(rows: list[list[int]]) -> tuple[Cells, Lines]:
    """A table with the sums of its rows and its columns, and the sum of all."""
    counts = {f"{r}.{c}": n for r, row in enumerate(rows) for c, n in enumerate(row)}
    across = [(f"r{r}", [f"{r}.{c}" for c in range(len(row))]) for r, row in enumerate(rows)]
    down = [(f"c{c}", [f"{r}.{c}" for r in range(len(rows))]) for c in range(len(rows[0]))]
    return summed(counts, [*across, *down, ("all", [total for total, _ in across]), ("all", [total for total, _ in down])])


def safe(counts: Cells, lines: Lines, least: int = 0) -> None:
    hidden = cover(counts, lines, least=least)
    assert {cell for cell, n in counts.items() if n < MINIMUM} == {cell for cell, why in hidden.items() if why == FEW}
    for cell, values in possible(counts, hidden, lines).items():
        assert len([value for value in values if value >= least]) > 1, (cell, counts, hidden)


@given(st.lists(st.lists(COUNT, min_size=1, max_size=3), min_size=1, max_size=2))
@settings(max_examples=60)
def test_no_place_can_be_worked_out_from_the_sums_of_its_family_and_of_all(sizes: list[list[int]]) -> None:
    safe(*family(sizes))


@given(st.lists(st.lists(COUNT, min_size=2, max_size=2), min_size=2, max_size=2))
@settings(max_examples=60)
def test_no_cell_can_be_worked_out_from_the_sums_of_rows_and_columns(rows: list[list[int]]) -> None:
    counts, lines = grid(rows)
    assume(counts["all"] > MINIMUM)
    safe(counts, lines)


def test_two_ones_do_not_cover_each_other_where_it_is_known_that_neither_is_nought() -> None:
    counts, lines = family([[1, 1, 20], [50, 60]])
    assert cover(counts, lines) == {"0.0": FEW, "0.1": FEW}
    assert cover(counts, lines, least=1) == {"0.0": FEW, "0.1": FEW, "0.2": COVERED}
    safe(counts, lines, least=1)


def test_what_covers_a_small_count_leaves_it_every_value_below_five_where_it_can() -> None:
    counts, lines = family([[3, 12, 40], [50, 60]])
    hidden = cover(counts, lines)
    assert hidden == {"0.0": FEW, "0.1": COVERED}
    assert possible(counts, hidden, lines)["0.0"] == set(range(MINIMUM))


def test_two_small_counts_cover_each_other() -> None:
    assert cover(*family([[2, 3, 40], [50, 60]])) == {"0.0": FEW, "0.1": FEW}


def test_a_family_of_one_small_place_is_covered_by_another_family_and_one_of_its_places() -> None:
    assert cover(*family([[3], [30, 70], [200]])) == {"0.0": FEW, "f0": FEW, "f1": COVERED, "1.0": COVERED}


def test_nought_is_not_told_from_few() -> None:
    assert cover({"a": 0, "b": 9}, []) == {"a": FEW}


def test_where_nothing_is_small_nothing_is_hidden() -> None:
    assert cover(*family([[5, 6], [7]])) == {}


def test_lines_that_are_no_table_are_refused() -> None:
    with pytest.raises(ValueError, match="more than two"):
        cover({"a": 1, "x": 1, "y": 1, "z": 1}, [("x", ["a"]), ("y", ["a"]), ("z", ["a"])])
