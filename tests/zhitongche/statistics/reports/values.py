"""Values out of the air, for tests of words."""

from __future__ import annotations

from datetime import UTC, date, datetime

from zhitongche.statistics import Period, Value, definitions
from zhitongche.statistics.reports.figure_codes import SHOWN
from zhitongche.statistics.reports.readings import Readings
from zhitongche.statistics.reports.spans import Span

AT = datetime(2026, 3, 25, 9, 30, tzinfo=UTC)
SPAN = Span("month", Period.of(date(2026, 2, 26), date(2026, 3, 25)))


def value(code: str, numerator: int = 0, denominator: int = 0, *, hours: float | None = None, left_out: int = 0) -> Value:
    figure = definitions.installed().figures[code]
    if figure.shape == "percentile":
        return Value(figure, numerator, None, left_out, hours)
    if figure.shape != "rate":
        return Value(figure, numerator, None, left_out, float(numerator))
    return Value(figure, numerator, denominator, left_out, 100 * numerator / denominator if denominator else None)


def values(**told: Value) -> dict[str, Value]:
    """All figures: those told, and nothing of the others."""
    return {code: value(code) for code in SHOWN} | told


def readings(now: dict[str, Value] | None = None, before: dict[str, Value] | None = None, year: dict[str, Value] | None = None, **more) -> Readings:
    return Readings(SPAN, AT, now or values(), before or values(), year or values(), **more)
