"""Reading all that a report needs, in one snapshot of the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhitongche.casework.queries import late
from zhitongche.flow.facts import SYSTEM
from zhitongche.flow.vocabulary import PARTIES
from zhitongche.identity import units
from zhitongche.kernel import clock
from zhitongche.statistics import figures
from zhitongche.statistics.reports import spans
from zhitongche.statistics.reports.figure_codes import KEYED, SHOWN, TREND, UNITS
from zhitongche.statistics.reports.readings import LateOne, Readings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhitongche.statistics.period import Period
    from zhitongche.statistics.reports.readings import Values
    from zhitongche.statistics.values import Value

_TREND: Final = 6
_LATE: Final = 30


def gather(span: spans.Span) -> Readings:
    """The tenant's own figures of a span; raises NotFound where its definitions lack one."""
    period = span.period
    at = clock.now()
    return Readings(
        span, at,
        now=figures.read(SHOWN, period), before=figures.read(SHOWN, span.before), year=figures.read(SHOWN, span.year_before),
        units=_by_unit(period), keyed={code: _by_key(code, period) for code in KEYED}, trend=_trend(span),
        late=_late() if period.last >= clock.local_date(at) else None,
    )  # fmt: skip


def _by_unit(period: Period) -> Sequence[tuple[str, Values]]:
    found = figures.by_unit(UNITS, period)
    listed = [(unit, found[unit.id]) for unit in units.listing(with_inactive=True) if unit.id in found]
    busy = [one for one in listed if any(value.numerator or value.denominator for value in one[1].values())]
    # What is late first, as the desk shows it.
    busy.sort(key=lambda one: (-one[1]["overdue_now"].numerator, -one[1]["on_hand"].numerator, one[0].position))
    return [(unit.name, values) for unit, values in busy]


def _by_key(code: str, period: Period) -> Sequence[tuple[str, Value]]:
    found = figures.by_key(code, period)
    counted = [(figures.key_name(code, key), value) for key, value in found.items() if value.numerator or value.denominator]
    return sorted(counted, key=lambda one: -(one[1].denominator or one[1].numerator))


def _trend(span: spans.Span) -> Sequence[tuple[str, Values]]:
    found = span.last_ones(_TREND)
    values = figures.trend(TREND, [one.period for one in found])
    return [(spans.name(one), mine) for one, mine in zip(found, values, strict=True)]


def _late() -> list[LateOne]:
    now = clock.now()
    found = late.longest(SYSTEM, _LATE)
    return [LateOne(str(one.id), one.number, one.unit or PARTIES[one.owes], one.what, one.since, (now - one.since).days) for one in found]
