"""Writing what the fold says: where a petition stands, its facts, and the increments of the sums. In the caller's transaction."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from zhitongche.kernel.ids import new_id
from zhitongche.persistence import current_tenant, db
from zhitongche.statistics.fold import Fact, applied
from zhitongche.statistics.percentiles import bucket_of
from zhitongche.statistics.tables import NIL
from zhitongche.statistics.vocabulary import LEFT_OUT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from zhitongche.statistics.fold import Change, State

    Cell = tuple[date, UUID, str, str, int]
    """What is summed: day, unit (nil for nobody's), kind (`~` before it where left out), key, bucket."""

# One round trip for all three: every act of every case passes here.
_WRITE: Final = text("""
with fact as (
    insert into figure_fact (tenant_id, edition, petition_id, no, kind, day, unit_id, key, minutes, n, left_out)
    select :tenant, :edition, :petition, no, kind, day, unit, key, minutes, n, left_out
    from jsonb_to_recordset(cast(:facts as jsonb))
        as f(no int, kind text, day date, unit uuid, key text, minutes int, n int, left_out boolean)
), increment as (
    insert into figure_increment (tenant_id, id, edition, day, unit_id, kind, key, bucket, n)
    select :tenant, id, :edition, day, unit, kind, key, bucket, n
    from jsonb_to_recordset(cast(:increments as jsonb))
        as i(id uuid, day date, unit uuid, kind text, key text, bucket int, n int)
)
insert into figure_case (tenant_id, edition, petition_id, seq, state)
values (:tenant, :edition, :petition, :seq, cast(:state as jsonb))
on conflict (tenant_id, edition, petition_id) do update set seq = excluded.seq, state = excluded.state
""")
_KNOWN: Final = text("""
select no, kind, day, unit_id, key, minutes, n, left_out from figure_fact
where tenant_id = :tenant and edition = :edition and petition_id = :petition order by no
""")
_GONE: Final = text("delete from figure_fact where tenant_id = :tenant and edition = :edition and petition_id = :petition and no = any(:numbers)")


def write(edition: int, petition_id: UUID, seq: int, state: State, change: Change) -> None:
    """Write what one entry changed."""
    if not change.undone and not change.left_out:
        put(edition, petition_id, seq, state, change.facts, sums(change.facts))
        return
    before = {fact.no: fact for fact in known(edition, petition_id)}
    facts = dict(before)
    added = sums(applied(facts, change))
    gone = [no for no, fact in before.items() if facts.get(no) != fact]
    db.session.execute(_GONE, {**_of(edition, petition_id), "numbers": gone})
    put(edition, petition_id, seq, state, [fact for no, fact in facts.items() if before.get(no) != fact], added)


def put(edition: int, petition_id: UUID, seq: int, state: State, facts: Iterable[Fact], added: Counter[Cell]) -> None:
    """Store new facts, the increments of the sums, and where the petition stands."""
    told = {
        "seq": seq, "state": json.dumps(state), "facts": json.dumps([_fact(fact) for fact in facts], default=str),
        "increments": json.dumps([_increment(cell, n) for cell, n in added.items() if n], default=str),
    }  # fmt: skip
    db.session.execute(_WRITE, {**_of(edition, petition_id), **told})


def known(edition: int, petition_id: UUID) -> list[Fact]:
    """The petition's facts as they are stored, in order."""
    return [Fact(*row) for row in db.session.execute(_KNOWN, _of(edition, petition_id))]


def sums(facts: Iterable[Fact]) -> Counter[Cell]:
    """What facts add to the sums, by cell."""
    found: Counter[Cell] = Counter()
    for fact in facts:
        found[cell(fact)] += fact.n
    return found


def cell(fact: Fact) -> Cell:
    """In which cell of the sums a fact is counted."""
    kind = LEFT_OUT + fact.kind if fact.left_out else fact.kind
    return fact.day, fact.unit or NIL, kind, fact.key, bucket_of(fact.minutes)


def _of(edition: int, petition_id: UUID) -> dict[str, Any]:
    return {"tenant": current_tenant(), "edition": edition, "petition": petition_id}


def _fact(fact: Fact) -> dict[str, Any]:
    return {name: getattr(fact, name) for name in Fact.__slots__}


def _increment(where: Cell, n: int) -> dict[str, Any]:
    day, unit, kind, key, bucket = where
    return {"id": new_id(), "day": day, "unit": unit, "kind": kind, "key": key, "bucket": bucket, "n": n}
