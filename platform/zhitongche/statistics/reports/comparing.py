"""How a value compares, in words: 比上期增加32件、增长8.4%; 比上期下降1.3个百分点. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhitongche.statistics.reports import words

if TYPE_CHECKING:
    from zhitongche.statistics.values import Value

_ENOUGH: Final = 10
"""Below so many a share says less than the number itself."""
_HAIR: Final = 0.05
"""What one decimal does not show."""


def change(now: Value, then: Value, than: str) -> str:
    """The change against `than` (上期, 去年同期); empty where there is nothing to compare."""
    if now.amount is None or then.amount is None:
        return ""
    if now.figure.shape == "rate":
        return _by(now.amount - then.amount, than, words.POINTS, ("提高", "下降"))
    if now.figure.shape == "percentile":
        return _by(now.amount - then.amount, than, words.HOURS, ("延长", "缩短"))
    return _counted(now, then, than)


def changes(now: Value, others: tuple[tuple[Value, str], ...]) -> str:
    """All comparisons as they follow a number: each behind a comma."""
    return "".join(f"，{told}" for then, than in others if (told := change(now, then, than)))


def _counted(now: Value, then: Value, than: str) -> str:
    more = now.numerator - then.numerator
    if more == 0:
        return words.SAME.format(than=than) if now.numerator else ""
    told = words.COUNT.format(than=than, word="增加" if more > 0 else "减少", amount=abs(more), unit=now.figure.unit)
    if then.numerator < _ENOUGH:
        return told
    return told + words.SHARE.format(word="增长" if more > 0 else "下降", share=f"{100 * abs(more) / then.numerator:.1f}")


def _by(difference: float, than: str, told: str, ways: tuple[str, str]) -> str:
    if abs(difference) < _HAIR:
        return words.SAME.format(than=than)
    return told.format(than=than, word=ways[0] if difference > 0 else ways[1], amount=f"{abs(difference):.1f}")
