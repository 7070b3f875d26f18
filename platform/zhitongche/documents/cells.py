"""The cells of a list: what a person mended stays when the list is filled anew, unless the fact beneath it has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zhitongche.tenancy.papers import Template

Rows = list[list[str]]

GIVEN: Final = frozenset({"index", "number"})
"""Columns that nobody mends: the line's place and the petition that it is about."""
FILLED: Final = "as_filled"
"""Under this name a mended draft keeps its rows as the facts filled them."""


def name(row: int, column: int) -> str:
    """What a cell's field is called in a form."""
    return f"cell-{row}-{column}"


def editable(template: Template, rows: Rows) -> Iterator[tuple[int, int]]:
    """Row and column of every cell that a person may mend."""
    columns = [number for number, column in enumerate(template.columns) if column.shows not in GIVEN]
    return ((row, column) for row in range(len(rows)) for column in columns)


def refilled(template: Template, content: Mapping[str, Any], fresh: Rows) -> dict[str, Any]:
    """The rows from fresh facts, with what was mended by hand in between; a cell whose fact has changed follows the fact."""
    before = content.get(FILLED)
    if before is None:
        return {"rows": fresh}
    known = {_which(template, old): (old, mended) for old, mended in zip(before, content["rows"], strict=True)}
    return {"rows": [_merged(row, *known.get(_which(template, row), (row, row))) for row in fresh], FILLED: fresh}


def _merged(fresh: list[str], before: list[str], mended: list[str]) -> list[str]:
    # The place is that of the fresh list; otherwise whoever mended a cell means it.
    return [now if new == old else new for new, old, now in zip(fresh, before, mended, strict=True)]


def _which(template: Template, row: list[str]) -> tuple[str, ...]:
    """What a row is about, whatever its place: the petition's number, else enterprise and title."""
    shows = {column.shows for column in template.columns}
    telling = {"number"} if "number" in shows else {"enterprise", "title"}
    return tuple(cell for cell, column in zip(row, template.columns, strict=True) if column.shows in telling)
