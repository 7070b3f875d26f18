"""A value as those see it who may not see small counts (上级、公众): as it is, as few, or covered so that no few can be worked out; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from markupsafe import escape

from zhitongche.statistics import words
from zhitongche.statistics.covering import COVERED, FEW, MINIMUM, cover

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from zhitongche.statistics.values import Value

_SAID: Final = {FEW: words.FEW.format(minimum=MINIMUM), COVERED: words.COVERED}
NONE: Final = "none"
K = TypeVar("K", bound="Hashable")


@dataclass(frozen=True, slots=True)
class Cell:
    """What is shown: `text` large, `note` small (numerator/denominator); `amount` None where nothing may be drawn or ranked.

    `state`: empty (shown), few, covered, or none (nothing to divide by).
    """

    text: str
    amount: float | None
    note: str = ""
    state: str = ""

    def __html__(self) -> str:
        """As a table has it; made here, since a page has a thousand of them."""
        note = f"<small>{escape(self.note)}</small>" if self.note else ""
        return f'<span class="figure {self.state}">{escape(self.text)}</span>{note}'

    @property
    def full(self) -> str:
        """Both in one line."""
        return f"{self.text}（{self.note}）" if self.note else self.text


def hidden(counts: Mapping[K, int], lines: Sequence[tuple[K, Sequence[K]]]) -> dict[K, str]:
    """What may not be seen of counts that add up in lines (covering.cover), few or covered.

    Noughts are not told from other few, yet nothing is covered for their sake: there is nobody behind them.
    """
    some = {key: n for key, n in counts.items() if n}
    told = [(total, [key for key in members if key in some]) for total, members in lines if total in some]
    return {key: FEW for key in counts if key not in some} | cover(some, told, least=1)


def cell(value: Value, numerator: str | None, denominator: str | None) -> Cell:
    """The cell of a value, by what became of its numerator and of its denominator (few, covered, None: shown)."""
    if value.denominator is not None:
        return _rate(value, value.denominator, numerator, denominator)
    if value.figure.shape == "percentile" and numerator:
        return Cell(words.NOTHING, None, state=numerator)
    if numerator:
        return Cell(_SAID[numerator], None, state=numerator)
    if value.amount is None:
        return Cell(words.NOTHING, None, state=NONE)
    return Cell(value.text, value.amount)


def _rate(value: Value, of: int, numerator: str | None, denominator: str | None) -> Cell:
    if denominator:
        # Of a hidden whole neither the part nor the rate is told.
        return Cell(words.NOTHING if denominator == FEW else words.COVERED, None, _SAID[denominator], denominator)
    if not of:
        return Cell(words.NOTHING, None, state=NONE)
    if numerator == FEW:
        return Cell(f"<{100 * MINIMUM / of:.1f}%", None, f"{_SAID[FEW]}/{of}", FEW)
    if numerator:
        return Cell(words.COVERED, None, f"{words.COVERED}/{of}", COVERED)
    return Cell(value.text, value.amount, f"{value.numerator}/{of}")
