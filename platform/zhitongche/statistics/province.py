"""All tenants side by side: read as the database role zt_province, which sees sums and nothing else."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import text

from zhitongche.persistence.upward import as_province
from zhitongche.statistics import definitions, making, reading, spans

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from zhitongche.statistics.definitions import Figure
    from zhitongche.statistics.period import Period
    from zhitongche.statistics.reading import Counts
    from zhitongche.statistics.values import Value


K = TypeVar("K", bound="Hashable")


def read(tenants: Sequence[str], codes: Iterable[str], period: Period) -> dict[str, dict[str, Value]]:
    """Each tenant's figures over a period; of one that has none yet, zeros and dashes."""
    return side_by_side({tenant: [tenant] for tenant in tenants}, codes, period)


def side_by_side(groups: Mapping[K, Collection[str]], codes: Iterable[str], period: Period) -> dict[K, dict[str, Value]]:
    """The figures of each group of tenants over a period, from the sums of its members; groups may overlap."""
    figures = _figures(codes)
    counts = _counted(_members(groups), figures, spans.pieces(period.first, period.last), lambda row: row.tenant_id, ("tenant_id",))
    return {name: making.values(figures, _together(counts, tenants)) for name, tenants in groups.items()}


def by_key(tenants: Collection[str], code: str, period: Period) -> dict[str, dict[str, Value]]:
    """One figure of each tenant by what it is divided by."""
    (figure,) = _figures([code])
    apart = ("tenant_id", "key")
    counts = _counted(tenants, [figure], spans.pieces(period.first, period.last), lambda row: (row.tenant_id, row.key), apart)
    found: dict[str, dict[str, Value]] = {tenant: {} for tenant in tenants}
    for (tenant, key), mine in sorted(counts.items()):
        found[tenant][key] = making.value(figure, mine)
    return found


def trend(tenants: Collection[str], codes: Iterable[str], periods: Sequence[Period]) -> list[dict[str, Value]]:
    """The figures of all these tenants together in each of the periods; stocks as they stood at each one's end."""
    figures = _figures(codes)
    counts = _counted(tenants, figures, spans.before_and_within(periods), lambda row: row.start, ("start",))
    _, stocks = making.kinds_of(figures)
    return [making.values(figures, mine) for mine in reading.slots(counts, periods, stocks)]


def trends(groups: Mapping[K, Collection[str]], codes: Iterable[str], periods: Sequence[Period]) -> list[dict[K, dict[str, Value]]]:
    """The figures of each group of tenants in each of the periods, in one statement."""
    figures = _figures(codes)
    _, stocks = making.kinds_of(figures)
    apart = ("tenant_id", "start")
    rows = _counted(_members(groups), figures, spans.before_and_within(periods), lambda row: (row.tenant_id, row.start), apart)
    by_tenant: dict[str, dict[date, Counts]] = defaultdict(dict)
    for (tenant, start), counts in rows.items():
        by_tenant[tenant][start] = counts
    slots = {tenant: reading.slots(starts, periods, stocks) for tenant, starts in by_tenant.items()}
    return [
        {name: making.values(figures, _together({tenant: own[at] for tenant, own in slots.items()}, tenants)) for name, tenants in groups.items()}
        for at in range(len(periods))
    ]


def reporters() -> dict[str, datetime]:
    """The tenants of other deployments, with the moment (UTC) as of which they reported last."""
    with as_province() as connection:
        rows = connection.execute(text("select from_tenant, max(as_of) from figure_reporter group by 1 order by 1")).all()
    return {tenant: as_of.astimezone(UTC) for tenant, as_of in rows}


def _members(groups: Mapping[K, Collection[str]]) -> list[str]:
    return sorted({tenant for tenants in groups.values() for tenant in tenants})


def _together(counts: Mapping[str, Counts], tenants: Collection[str]) -> Counts:
    own = [counts[tenant] for tenant in tenants if tenant in counts]
    return own[0] if len(own) == 1 else reading.added(own)


def _figures(codes: Iterable[str]) -> list[Figure]:
    # What all are measured by is what this release brings; a tenant in recomputation is read by its running edition.
    known = definitions.installed().figures
    return [known[code] for code in codes]


def _counted(
    tenants: Collection[str], figures: Sequence[Figure], pieces: Sequence[spans.Piece], scope: Callable[[Any], Any], by: tuple[str, ...]
) -> dict[Any, Counts]:
    if not tenants or not figures:
        return {}
    ask = making.asked(list(tenants), figures, pieces, by, reported=True)
    with as_province() as connection:
        return reading.gathered(connection.execute(*reading.statement(ask)), scope)
