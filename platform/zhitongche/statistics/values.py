"""The value of a figure, with what it was made of in sight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhitongche.statistics import words

if TYPE_CHECKING:
    from zhitongche.statistics.definitions import Figure


@dataclass(frozen=True)
class Value:
    """A figure over a period: what was counted, out of how many, how many were left out.

    `amount` is in the figure's unit (a rate in percent, a percentile in working hours), None where nothing was counted
    that it could be made from. Of a percentile, `numerator` is how many spans it was read from.
    """

    figure: Figure
    numerator: int
    denominator: int | None
    left_out: int
    amount: float | None

    @property
    def text(self) -> str:
        """As people read it: 97.2%, 12, 6.5, or — where there is no denominator."""
        if self.amount is None:
            return words.NOTHING
        if self.figure.shape == "rate":
            return _percent(self.numerator, self.denominator or 0, self.amount)
        return f"{self.amount:.1f}" if self.figure.shape == "percentile" else str(self.numerator)

    @property
    def full(self) -> str:
        """With the denominator or the unit in sight: 97.2%（412/424）, 12件."""
        if self.denominator is not None:
            return words.RATE.format(text=self.text, numerator=self.numerator, denominator=self.denominator)
        return self.text if self.amount is None else f"{self.text}{self.figure.unit}"


def _percent(numerator: int, denominator: int, amount: float) -> str:
    # Rounding must not turn almost all into all, nor hardly any into none.
    if numerator in (0, denominator):
        return f"{amount:.0f}%"
    return f"{min(max(amount, 0.1), 99.9):.1f}%" if 0 < numerator < denominator else f"{amount:.1f}%"
