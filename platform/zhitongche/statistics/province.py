"""All tenants side by side: read as the database role zt_province, which sees sums and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhitongche.persistence.upward import as_province
from zhitongche.statistics import definitions, making, reading, spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from zhitongche.statistics.definitions import Figure
    from zhitongche.statistics.period import Period
    from zhitongche.statistics.reading import Counts
    from zhitongche.statistics.values import Value


def read(tenants: Sequence[str], codes: Iterable[str], period: Period) -> dict[str, dict[str, Value]]:
    """Each tenant's figures over a period; of one that has none yet, zeros and dashes."""
    figures = _figures(codes)
    counts = _counted(tenants, figures, spans.pieces(period.first, period.last), lambda row: row.tenant_id, ("tenant_id",))
    return {tenant: making.values(figures, counts.get(tenant)) for tenant in tenants}


def total(tenants: Sequence[str], codes: Iterable[str], period: Period) -> dict[str, Value]:
    """The figures of all these tenants together, from their sums."""
    figures = _figures(codes)
    counts = _counted(tenants, figures, spans.pieces(period.first, period.last), lambda row: True, ())
    return making.values(figures, counts.get(True))


def by_key(tenants: Sequence[str], code: str, period: Period) -> dict[str, dict[str, Value]]:
    """One figure of each tenant by what it is divided by."""
    (figure,) = _figures([code])
    apart = ("tenant_id", "key")
    counts = _counted(tenants, [figure], spans.pieces(period.first, period.last), lambda row: (row.tenant_id, row.key), apart)
    found: dict[str, dict[str, Value]] = {tenant: {} for tenant in tenants}
    for (tenant, key), mine in sorted(counts.items()):
        found[tenant][key] = making.value(figure, mine)
    return found


def trend(tenants: Sequence[str], codes: Iterable[str], periods: Sequence[Period]) -> list[dict[str, Value]]:
    """The figures of all these tenants together in each of the periods; stocks as they stood at each one's end."""
    figures = _figures(codes)
    counts = _counted(tenants, figures, spans.before_and_within(periods), lambda row: row.start, ("start",))
    _, stocks = making.kinds_of(figures)
    return [making.values(figures, mine) for mine in reading.slots(counts, periods, stocks)]


def _figures(codes: Iterable[str]) -> list[Figure]:
    # What all are measured by is what this release brings; a tenant in recomputation is read by its running edition.
    known = definitions.installed().figures
    return [known[code] for code in codes]


def _counted(
    tenants: Sequence[str], figures: Sequence[Figure], pieces: Sequence[spans.Piece], scope: Callable[[Any], Any], by: tuple[str, ...]
) -> dict[Any, Counts]:
    if not tenants or not figures:
        return {}
    flows, stocks = making.kinds_of(figures)
    bucket = ("bucket",) if any(figure.shape == "percentile" for figure in figures) else ()
    ask = reading.Ask(tenants, flows, stocks, pieces, None, (*by, *bucket))
    with as_province() as connection:
        return reading.gathered(connection.execute(*reading.statement(ask)), scope)
