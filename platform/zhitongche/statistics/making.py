"""From counts to values: a rate is a sum over a sum, a percentile is read from summed buckets; no rate is ever averaged."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from zhitongche.statistics import reading
from zhitongche.statistics.percentiles import hours_at
from zhitongche.statistics.values import Value
from zhitongche.statistics.vocabulary import LEFT_OUT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from zhitongche.statistics.definitions import Figure
    from zhitongche.statistics.reading import Counts
    from zhitongche.statistics.spans import Piece

_NONE: Counts = {}


def values(figures: Iterable[Figure], counts: Counts | None) -> dict[str, Value]:
    """The value of each figure, by its code."""
    return {figure.code: value(figure, counts or _NONE) for figure in figures}


def value(figure: Figure, counts: Counts) -> Value:
    """The value that these counts give."""
    numerator = _total(counts, figure.numerator)
    denominator = _total(counts, figure.denominator) if figure.shape == "rate" else None
    left_out = _total(counts, [LEFT_OUT + kind for kind in base(figure)])
    return Value(figure, numerator, denominator, left_out, _amount(figure, counts, numerator, denominator))


def base(figure: Figure) -> Sequence[str]:
    """The kinds out of which petitions are left: a rate's denominator, else what is counted."""
    return figure.denominator or figure.numerator


def kinds_of(figures: Iterable[Figure]) -> tuple[frozenset[str], frozenset[str]]:
    """The kinds that flow and those that stand (stocks), what was left out of them included."""
    flows: set[str] = set()
    stocks: set[str] = set()
    for figure in figures:
        (stocks if figure.shape == "stock" else flows).update(figure.kinds, (LEFT_OUT + kind for kind in base(figure)))
    return frozenset(flows), frozenset(stocks)


def asked(tenants: Sequence[str], figures: Sequence[Figure], pieces: Sequence[Piece], by: tuple[str, ...] = (), **further: Any) -> reading.Ask:
    """What must be summed for these figures, `by` kept apart; `further` are fields of the Ask."""
    flows, stocks = kinds_of(figures)
    bucket = ("bucket",) if any(figure.shape == "percentile" for figure in figures) else ()
    return reading.Ask(tenants, flows, stocks, pieces, by=(*by, *bucket), **further)


def _amount(figure: Figure, counts: Counts, numerator: int, denominator: int | None) -> float | None:
    if figure.shape == "percentile":
        return hours_at(figure.at / 100, _buckets(counts, figure.numerator))
    if denominator is None:
        return float(numerator)
    return 100 * numerator / denominator if denominator else None


def _total(counts: Counts, kinds: Iterable[str]) -> int:
    return sum(sum(counts[kind].values()) for kind in kinds if kind in counts)


def _buckets(counts: Counts, kinds: Iterable[str]) -> Mapping[int, int]:
    found: Counter[int] = Counter()
    for kind in kinds:
        found.update(counts.get(kind, {}))
    return found
