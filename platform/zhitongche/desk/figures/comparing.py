"""How a figure stands against another value of it, in words: readable without colour, and without an arrow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zhitongche.desk.figures import words

if TYPE_CHECKING:
    from zhitongche.statistics import Value
    from zhitongche.statistics.definitions import Figure

_HALF: Final = 0.05
"""What is less than this is not to be seen behind the first decimal."""


@dataclass(frozen=True, slots=True)
class Change:
    """What changed in words; `tone` as badges have it, `icon` an arrow beside the words."""

    text: str
    tone: str = "plain"
    icon: str = "dash"


def change(now: Value, before: Value) -> Change:
    """From `before` to `now`, both of one figure."""
    if now.amount is None or before.amount is None:
        return Change(words.NOTHING_BEFORE)
    by = now.amount - before.amount
    if abs(by) < _HALF:
        return Change(words.SAME)
    verdict, tone = _judged(now.figure.better, risen=by > 0)
    return Change(_said(now.figure, by, before.amount) + verdict, tone, "arrow-up" if by > 0 else "arrow-down")


def _judged(better: str, *, risen: bool) -> tuple[str, str]:
    if better == "none":
        return "", "plain"
    return (words.BETTER, "success") if risen == (better == "up") else (words.WORSE, "danger")


def _said(figure: Figure, by: float, before: float) -> str:
    if figure.shape == "rate":
        return (words.HIGHER if by > 0 else words.LOWER).format(by=abs(by))
    if figure.shape == "percentile":
        return (words.LONGER if by > 0 else words.SHORTER).format(by=abs(by), unit=figure.unit)
    share = words.OF_BEFORE.format(percent=100 * abs(by) / before) if before else ""
    return (words.MORE if by > 0 else words.LESS).format(by=f"{abs(by):.0f}", unit=figure.unit) + share
