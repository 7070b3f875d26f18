"""Folding increments into sums: exactly once, by any number of workers, whatever is killed in the middle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from sqlalchemy import CursorResult, text

from zhitongche.persistence import current_tenant, db, unit_of_work

if TYPE_CHECKING:
    from collections.abc import Callable

BATCH: Final = 5000

# Taking increments away and adding them up is one statement: who reads sums and increments in one statement too never
# sees one of them twice or not at all. Sums are touched in the order of their key, so that workers cannot wait in a ring.
_FOLD: Final = text("""
with taken as (
    delete from figure_increment where tenant_id = :tenant and id in (
        select id from figure_increment where tenant_id = :tenant order by id limit :batch for update skip locked
    ) returning edition, day, unit_id, kind, key, bucket, n
), grain as (
    select edition, grain, case grain when 'd' then day else date_trunc('month', day)::date end as start, unit_id, kind, key, bucket, n
    from taken cross join (values ('d'), ('m')) as g(grain)
), sum as (
    select edition, grain, start, unit_id, kind, key, bucket, n from grain where unit_id <> :nil
    union all
    select edition, grain, start, :nil, kind, key, bucket, n from grain
), tally as (
    insert into figure_tally as t (tenant_id, edition, grain, start, unit_id, kind, key, bucket, n)
    select :tenant, edition, grain, start, unit_id, kind, key, bucket, sum(n) from sum
    group by edition, grain, start, unit_id, kind, key, bucket having sum(n) <> 0
    order by edition, grain, start, unit_id, kind, key, bucket
    on conflict (tenant_id, edition, grain, start, unit_id, kind, key, bucket) do update set n = t.n + excluded.n
    returning 1
)
select count(*) from taken
""")


def fold(batch: int = BATCH) -> int:
    """Fold up to so many increments into the sums, in the caller's transaction; answers how many. Skips what others hold."""
    nil = "00000000-0000-0000-0000-000000000000"
    result = cast("CursorResult[Any]", db.session.execute(_FOLD, {"tenant": current_tenant(), "batch": batch, "nil": nil}))
    return int(result.scalar_one())


def fold_all(between: Callable[[], object] | None = None) -> int:
    """Fold until nothing is left, each batch in a unit of work of its own."""
    folded = 0
    while True:
        with unit_of_work():
            done = fold()
        folded += done
        if between is not None:
            between()
        if done < BATCH:
            return folded
