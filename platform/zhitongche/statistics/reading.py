"""Sums out of the tallies and of what is not folded into them yet, in one statement, by indexes only.

One snapshot sees a fold either done or not begun; two statements might count what is folded in between twice, or never.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from zhitongche.statistics.spans import Piece, ever_before
from zhitongche.statistics.tables import NIL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date
    from uuid import UUID

    from sqlalchemy import Result, TextClause

    from zhitongche.statistics.period import Period

Buckets = dict[int, int]
Counts = dict[str, Buckets]
"""Kind → bucket of working minutes → how many; bucket 0 alone where minutes were not asked for."""


# Who has come to live here counts by itself, and one that moved from one above to another counts where it reported last.
_REPORTERS: Final = """
    select distinct on (r.from_tenant) r.tenant_id, r.from_tenant from figure_reporter r where r.from_tenant = any(:tenants)
    and not exists (select from figure_edition o where o.tenant_id = r.from_tenant) order by r.from_tenant, r.as_of desc"""


@dataclass(frozen=True)
class Ask:
    """What to sum, of whom, and what to keep apart: `by` of tenant_id, unit_id, key, bucket, start."""

    tenants: Sequence[str]
    flows: Iterable[str]
    stocks: Iterable[str]
    pieces: Sequence[Piece]
    units: Sequence[UUID] | None = None
    by: tuple[str, ...] = ()
    edition: int | None = None
    reported: bool = False
    """Also what tenants of other deployments reported, which only the province's role sees."""
    base: date = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "base", min(piece.first for piece in self.pieces))

    @property
    def last(self) -> date:
        """The last day that counts."""
        return max(piece.last for piece in self.pieces)


def statement(ask: Ask) -> tuple[TextClause, dict[str, Any]]:
    """The statement, and what is bound to it. Its rows: what is kept apart, kind, n."""
    values: dict[str, Any] = {
        "tenants": list(ask.tenants), "units": [NIL] if ask.units is None else list(ask.units), "edition": ask.edition, "base": ask.base,
    }  # fmt: skip
    branches = []
    for name, kinds, pieces in _classes(ask):
        values[name] = list(kinds)
        for number, piece in enumerate(pieces):
            branches.append(_tallies(ask, name, number))
            branches += [_reported(ask, name, number)] if ask.reported else []
            values |= {f"{name}{number}g": piece.grain, f"{name}{number}a": piece.first, f"{name}{number}z": piece.last}
        branches.append(_increments(ask, name))
        values |= {f"{name}_a": pieces[0].first, f"{name}_z": ask.last}
    apart = ", ".join((*ask.by, "kind"))
    union = " union all ".join(branches)
    return text(f"select {apart}, sum(n)::bigint as n from ({union}) s group by {apart}"), values  # noqa: S608


def _classes(ask: Ask) -> list[tuple[str, list[str], list[Piece]]]:
    """What flows is summed within the pieces, what stands from the beginning of time."""
    own = list(ask.pieces)
    both = [("flow", list(ask.flows), own), ("stock", list(ask.stocks), ever_before(ask.base) + own)]
    return [one for one in both if one[1]] or both[:1]


def _tallies(ask: Ask, kinds: str, number: int) -> str:
    mine = f"x.start between :{kinds}{number}a and :{kinds}{number}z and x.grain = :{kinds}{number}g and x.unit_id = any(:units)"
    return _branch(ask, "figure_tally", "x.start", kinds, mine)


def _increments(ask: Ask, kinds: str) -> str:
    own = "" if ask.units is None else " and x.unit_id = any(:units)"
    return _branch(ask, "figure_increment", "x.day", kinds, f"x.day between :{kinds}_a and :{kinds}_z{own}")


def _reported(ask: Ask, kinds: str, number: int) -> str:
    named = {"tenant_id": "x.from_tenant as tenant_id", "start": "greatest(x.start, :base) as start"}
    columns = ", ".join(named.get(name, f"x.{name}") for name in (*ask.by, "kind", "n"))
    return (
        f"select {columns} from ({_REPORTERS}) e join figure_reported x on x.tenant_id = e.tenant_id and x.from_tenant = e.from_tenant"  # noqa: S608
        f" where x.kind = any(:{kinds}) and x.start between :{kinds}{number}a and :{kinds}{number}z and x.grain = :{kinds}{number}g"
    )


def _branch(ask: Ask, table: str, day: str, kinds: str, condition: str) -> str:
    # What began before the first period stands in all of them.
    named = {"start": f"greatest({day}, :base) as start"}
    columns = ", ".join(named.get(name, f"x.{name}") for name in (*ask.by, "kind", "n"))
    edition = "e.state = 'current'" if ask.edition is None else "e.edition = :edition"
    return (
        f"select {columns} from figure_edition e join {table} x on x.tenant_id = e.tenant_id and x.edition = e.edition"  # noqa: S608
        f" where e.tenant_id = any(:tenants) and {edition} and x.kind = any(:{kinds}) and {condition}"
    )


def gathered(rows: Result[Any], scope: Callable[[Any], Any]) -> dict[Any, Counts]:
    """The rows' counts by what `scope` makes of each row; rows whose scope is None are dropped."""
    found: dict[Any, Counts] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    # Asked once: a row that is asked in vain takes longer than all that it holds.
    bucketed = "bucket" in rows.keys()  # noqa: SIM118  a RMKeyView, no mapping
    for row in rows:
        if (mine := scope(row)) is not None:
            found[mine][row.kind][row.bucket if bucketed else 0] += row.n
    return found


def added(several: Iterable[Counts]) -> Counts:
    """All of these counts together."""
    found: Counts = defaultdict(lambda: defaultdict(int))
    for counts in several:
        for kind, buckets in counts.items():
            for bucket, n in buckets.items():
                found[kind][bucket] += n
    return found


def slots(counts_by_start: dict[date, Counts], periods: Sequence[Period], stocks: frozenset[str]) -> list[Counts]:
    """The counts of each period: of flows what began in it, of stocks whatever began up to its end."""
    return [
        added(_within(period, start, counts, stocks) for start, counts in counts_by_start.items() if start <= period.last and (stocks or start >= period.first))
        for period in periods
    ]


def _within(period: Period, start: date, counts: Counts, stocks: frozenset[str]) -> Counts:
    return counts if start >= period.first else {kind: buckets for kind, buckets in counts.items() if kind in stocks}
