"""Tables of values, as charts draw them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhitongche.casework.queries import names
from zhitongche.desk.figures import opening, picking, words
from zhitongche.kernel import clock
from zhitongche.statistics import Period, definitions, figures
from zhitongche.webkit.charts import Column, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from zhitongche.statistics import Value
    from zhitongche.statistics.definitions import Figure

MONTHS: Final = 13
WEEKS: Final = 12
_STANDS: Final = "stock"


def periods(period: Period, *, weekly: bool = False) -> list[Period]:
    """The months (or weeks) up to the period's end, or to today where that is earlier; the oldest first."""
    end = max(period.first, min(period.last, clock.today()))
    return Period.week(end).last_ones(WEEKS) if weekly else Period.month(end).last_ones(MONTHS)


def trend(codes: Sequence[str], over: Sequence[Period], unit: UUID | None = None) -> Table:
    """Figures by month or week; what stands is drawn as a line among bars."""
    known = definitions.current().figures
    columns = [_column(known[code], line=len(codes) > 1) for code in codes]
    rows = []
    for number, (period, mine) in enumerate(zip(over, figures.trend(codes, over, unit=unit), strict=True)):
        query = picking.span_query(period)
        rows.append(Row(_short(period, first=not number), [opening.cell(mine[code], query, unit=unit) for code in codes]))
    return Table(words.MONTHS if _is_month(over[0]) else words.WEEKS, columns, rows)


def by_key(code: str, values: Mapping[str, Value], query: Mapping[str, str], unit: UUID | None = None) -> Table:
    """One figure by what it is divided by, the most first."""
    figure = definitions.current().figures[code]
    ranked = sorted(values.items(), key=lambda item: (-(item[1].denominator or item[1].numerator), item[0]))
    rows = [Row(figures.key_name(code, key), [opening.cell(value, query, unit=unit, key=key)]) for key, value in ranked]
    return Table(words.BYS.get(figure.by, ""), [_column(figure)], rows)


def by_unit(codes: Sequence[str], values: Mapping[UUID, Mapping[str, Value]], query: Mapping[str, str], most: int | None = None) -> Table:
    """Figures by unit: where the first of them is worst stands first; units of which nothing was counted are left out."""
    known = definitions.current().figures
    counted = {unit: mine for unit, mine in values.items() if any(one.numerator or one.denominator for one in mine.values())}
    ranked = sorted(counted, key=lambda unit: _rank(counted[unit][codes[0]]))[:most]
    called = names.of_units(ranked)
    rows = [Row(called.get(unit, "—"), [opening.cell(counted[unit][code], query, unit=unit) for code in codes]) for unit in ranked]
    return Table("单位", [_column(known[code]) for code in codes], rows)


def _rank(value: Value) -> tuple[bool, float, int]:
    amount = value.amount or 0.0
    # What is better when higher begins with the lowest, everything else with the most; whoever has none comes last.
    return value.amount is None, amount if value.figure.better == "up" else -amount, -(value.denominator or value.numerator)


def _column(figure: Figure, *, line: bool = False) -> Column:
    return Column(figure.name, figure.unit, "line" if line and figure.shape == _STANDS else "")


def _is_month(period: Period) -> bool:
    return period == Period.month(period.first)


def _short(period: Period, *, first: bool) -> str:
    day = period.first
    if not _is_month(period):
        return f"{day.month}/{day.day}"
    # The year only where it begins: thirteen of them do not fit on a telephone.
    return f"{day.year}年{day.month}月" if first or day.month == 1 else f"{day.month}月"


def total(values: Iterable[Value]) -> Value | None:
    """One value out of several of one figure, by their sums; None of none, or of what cannot be summed."""
    found = list(values)
    if not found or found[0].figure.shape == "percentile":
        return None
    numerator, left_out = sum(one.numerator for one in found), sum(one.left_out for one in found)
    denominator = sum(one.denominator or 0 for one in found) if found[0].denominator is not None else None
    amount = float(numerator) if denominator is None else 100 * numerator / denominator if denominator else None
    return type(found[0])(found[0].figure, numerator, denominator, left_out, amount)
