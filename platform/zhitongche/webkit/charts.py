"""What a chart draws: a table, which the page carries whole and from which the browser makes the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Kind = Literal["bar", "stacked", "rows", "line", "flow", "heat"]
"""Upright bars · the same, stacked · lying bars, one a row · lines · flows between places · shades by row and column."""


class Shown(Protocol):
    """What a figure's value says of itself: as a person reads it, and as a number (None where there is none)."""

    @property
    def text(self) -> str: ...

    @property
    def amount(self) -> float | None: ...


@dataclass(frozen=True, slots=True)
class Cell:
    """One number: as it is read, as it is drawn (None leaves a gap), where it opens, and what stands small beside it."""

    text: str
    amount: float | None = None
    url: str = ""
    note: str = ""

    @classmethod
    def of(cls, value: Shown, url: str = "", note: str = "") -> Cell:
        """The cell of a figure's value."""
        return cls(value.text, value.amount, url, note)


@dataclass(frozen=True, slots=True)
class Column:
    """One series. `unit` such as 件 or %; `draw` where it is drawn otherwise than the chart's kind says."""

    label: str
    unit: str = ""
    draw: Literal["", "bar", "line"] = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One category: a month, a unit, a ground; `url` where its name opens."""

    label: str
    cells: Sequence[Cell]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under columns; `heading` stands over the rows' names.

    For the kind `flow` a row is one flow: its name is the place it leaves, its first cell the place it reaches
    (text alone), its second the number. Flows may not run in a circle: name what returns otherwise.
    """

    heading: str
    columns: Sequence[Column]
    rows: Sequence[Row]
