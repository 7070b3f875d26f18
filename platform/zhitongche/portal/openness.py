"""What the public sees of how it goes (运行公开): this month, this year, thirteen months; no count below five, and none that gives one away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zhitongche.kernel import clock
from zhitongche.portal import words
from zhitongche.statistics import Period, cells, covering, definitions, figures, province
from zhitongche.webkit import charts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhitongche.statistics import Value
    from zhitongche.statistics.cells import Cell
    from zhitongche.statistics.definitions import Figure

MONTHS: Final = 13
YEAR: Final = "year"
Told = tuple[str | None, str | None]


@dataclass(frozen=True)
class Line:
    """One figure: now, this year, and month by month up to now."""

    figure: Figure
    month: Cell
    year: Cell
    course: Sequence[Cell]


def public() -> list[Figure]:
    """The figures that figures.yaml opens to everyone, in its order."""
    return [figure for figure in definitions.installed().figures.values() if figure.public]


def of_tenant() -> list[Line]:
    """The figures of the tenant in scope, in two statements."""
    opened, today = public(), clock.today()
    codes, months = [figure.code for figure in opened], months_of(today.month)
    by_month, year = figures.trend(codes, months), figures.read(codes, Period.year(today))
    return [_line(figure, [values[figure.code] for values in by_month], year[figure.code], months) for figure in opened]


def of_all(tenants: Sequence[str]) -> list[tuple[Figure, Cell]]:
    """This year's figures of several tenants together; of each only what it tells everyone itself, so that nothing more is told here."""
    opened, year = public(), Period.year(clock.today())
    codes = [figure.code for figure in opened]
    own = province.read(tenants, codes, year)
    telling = {code: [tenant for tenant in tenants if not any(_few(own[tenant][code]))] for code in codes}
    values = province.side_by_side(telling, codes, year)
    return [(figure, cells.cell(value, *_few(value))) for figure in opened for value in [values[figure.code][figure.code]]]


def months_of(month: int) -> list[Period]:
    """The months of last year and of this one up to now, the oldest first."""
    return Period.month(clock.today()).last_ones(12 + month)


def course(lines: Sequence[Line], codes: Sequence[str]) -> charts.Table:
    """Some figures month by month, as a chart and its table have them."""
    chosen = [line for line in lines if line.figure.code in codes]
    months = months_of(clock.today().month)[-MONTHS:]
    rows = [
        charts.Row(month.name, [charts.Cell(one.course[at].text, one.course[at].amount, note=one.course[at].note) for one in chosen])
        for at, month in enumerate(months)
    ]
    return charts.Table(words.MONTH, [charts.Column(line.figure.name, line.figure.unit) for line in chosen], rows)


def _line(figure: Figure, by_month: Sequence[Value], year: Value, months: Sequence[Period]) -> Line:
    told = _told(figure, by_month, year, months)
    shown = [cells.cell(value, *told[str(month.first)]) for value, month in zip(by_month, months, strict=True)]
    return Line(figure, shown[-1], cells.cell(year, *told[YEAR]), shown[-MONTHS:])


def _told(figure: Figure, by_month: Sequence[Value], year: Value, months: Sequence[Period]) -> dict[str, Told]:
    """What of each month and of the year may not be seen."""
    if figure.shape in {"stock", "percentile"}:
        # These are not summed over months.
        return {str(month.first): _few(value) for month, value in zip(months, by_month, strict=True)} | {YEAR: _few(year)}
    numerators = _covered([value.numerator for value in by_month], months)
    wholes = _covered([value.denominator or 0 for value in by_month], months) if figure.denominator else {}
    return {key: (numerators.get(key), wholes.get(key)) for key in (YEAR, *(str(month.first) for month in months))}


def _covered(counts: Sequence[int], months: Sequence[Period]) -> dict[str, str]:
    # Last year's sum is told no longer, but was.
    this = months[-1].first.year
    keys = {str(month.first): n for month, n in zip(months, counts, strict=True)}
    years = {YEAR: [str(one.first) for one in months if one.first.year == this], "before": [str(one.first) for one in months if one.first.year < this]}
    sums = {year: sum(keys[key] for key in members) for year, members in years.items()}
    return cells.hidden(keys | sums, list(years.items()))


def _few(value: Value) -> Told:
    few = value.numerator < covering.MINIMUM
    none = value.denominator is not None and value.denominator < covering.MINIMUM
    return (covering.FEW if few else None, covering.FEW if none else None)
