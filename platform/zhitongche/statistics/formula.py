"""The formula of a figure in words, out of the names of what is counted: 按时完成 ÷（按时完成＋逾期）."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhitongche.statistics import definitions

if TYPE_CHECKING:
    from zhitongche.statistics.definitions import Definitions, Figure

RATE: Final = "{numerator} ÷ {denominator}"
STOCK: Final = "{numerator}，截至统计期最后一日"
PERCENTILE: Final = "{numerator}，由短到长排列，第{at}%位"


def in_words(figure: Figure, among: Definitions | None = None) -> str:
    """How it is reckoned, as one line; by the definitions of this release unless told by which."""
    facts = (among or definitions.installed()).facts

    def named(kinds: tuple[str, ...]) -> str:
        names = "＋".join(facts[kind].name for kind in kinds)
        return f"（{names}）" if len(kinds) > 1 and figure.shape == "rate" else names

    numerator = named(figure.numerator)
    told = {"rate": RATE, "stock": STOCK, "percentile": PERCENTILE}.get(figure.shape, "{numerator}")
    return told.format(numerator=numerator, denominator=named(figure.denominator), at=figure.at)
