"""Counting as it happens: every entry of the journal is folded in the transaction that writes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from zhitongche import journal
from zhitongche.persistence import current_tenant, db
from zhitongche.statistics import definitions, editions
from zhitongche.statistics.fold import applied, step
from zhitongche.statistics.writing import known, put, sums, write

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence
    from uuid import UUID

    from flask import Flask

    from zhitongche.journal import Entry
    from zhitongche.statistics.definitions import Definitions
    from zhitongche.statistics.fold import Fact, State
    from zhitongche.statistics.writing import Cell

_STANDS: Final = text("""
select e.edition, e.digest, e.state, c.seq, c.state from figure_edition e
left join figure_case c on c.tenant_id = e.tenant_id and c.edition = e.edition and c.petition_id = :petition
where e.tenant_id = :tenant and e.state <> 'former' order by e.edition
""")


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a petition's fold stands in an edition that is being written; `seq` is None where it has not begun."""

    edition: int
    digest: str
    phase: str
    seq: int | None
    state: State | None

    @property
    def definitions(self) -> Definitions:
        """The edition's definitions."""
        return editions.definitions_of(self.edition, self.digest)


def init_app(app: Flask) -> None:
    """Count whatever this application does; raises PackError where the definitions say what nobody can count."""
    definitions.installed()
    journal.follow(app, count)


def count(entry: Entry) -> None:
    """Fold the entry into every edition that is being written. Called under the lock of the petition's chain."""
    for stand in stands(entry.petition_id) or _first(entry):
        if stand.seq is None and entry.seq > 1 and stand.phase == "building":
            continue  # its turn comes, whole
        if (stand.seq or 0) == entry.seq - 1:
            state, change = step(stand.definitions, stand.state or {}, entry)
            write(stand.edition, entry.petition_id, entry.seq, state, change)
        else:
            refold(stand.edition, stand.definitions, entry.petition_id)


def stands(petition_id: UUID) -> list[Stand]:
    """Where the petition's fold stands in the current edition and in the one that is being built."""
    return [Stand(*row) for row in db.session.execute(_STANDS, {"tenant": current_tenant(), "petition": petition_id})]


def refold(edition: int, by: Definitions, petition_id: UUID) -> bool:
    """Fold the petition's whole journal anew; its sums change by what differs. The caller holds the chain's lock.

    An erased journal says nothing any more: what was counted stands, and False is answered.
    """
    entries = journal.entries(petition_id)
    if not entries or entries[0].erased:
        return False
    state, facts = whole(by, entries)
    before = known(edition, petition_id)
    added = difference(before, list(facts.values()))
    _clear(edition, petition_id)
    put(edition, petition_id, entries[-1].seq, state, facts.values(), added)
    return True


def whole(by: Definitions, entries: Sequence[Entry]) -> tuple[State, dict[int, Fact]]:
    """The state and the facts that a whole journal gives. Pure."""
    state: State = {}
    facts: dict[int, Fact] = {}
    for entry in entries:
        state, change = step(by, state, entry)
        for _ in applied(facts, change):
            pass
    return state, facts


def difference(before: list[Fact], after: list[Fact]) -> Counter[Cell]:
    """What the sums gain when facts are replaced by others."""
    added = sums(after)
    added.subtract(sums(before))
    return added


def _first(entry: Entry) -> list[Stand]:
    """The tenant has no edition yet: this is its first entry, or the first that is counted."""
    editions.begin(first=entry.petition_id)
    return stands(entry.petition_id)


_CLEAR: Final[Any] = text("delete from figure_fact where tenant_id = :tenant and edition = :edition and petition_id = :petition")


def _clear(edition: int, petition_id: UUID) -> None:
    db.session.execute(_CLEAR, {"tenant": current_tenant(), "edition": edition, "petition": petition_id})
