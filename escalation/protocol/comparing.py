"""Comparing one stream of ours with what its receiver says that it has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from escalation.protocol import quarantine, runs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from escalation.protocol.books import Books
    from escalation.protocol.rows import Outgoing, Run, Stream

MOST_LOST: Final = 100
"""So many lost messages of a stream are asked for in one comparison; the next one goes on."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A message of ours that the peer has and we have not."""

    subject: UUID
    epoch: int
    sequence: int


def compare(books: Books, stream: Stream, theirs: Sequence[Run], now: datetime) -> tuple[int, list[Lost]]:
    """Send again what they lost; how many messages that were, and which we lost ourselves. The stream is locked."""
    again, lost = 0, list[Lost]()
    for epoch in sorted({run.epoch for run in (*stream.runs, *theirs)}):
        mine, other = runs.find(stream.runs, epoch), runs.find(theirs, epoch)
        here = mine.known if mine and mine.known >= mine.since else 0
        there = other.known if other else 0
        if mine and here > there:
            again += _send_again(books, stream, epoch, max(there + 1, mine.since), here, now)
        elif other and there > here:
            lost += _lost(books, stream, other, max(here + 1, other.since))
        elif mine and other and mine.chain != other.chain:
            quarantine.put(books, stream.peer, "diverged", mine.chain + other.chain, now, f"{stream.subject} {epoch}")
            again += 1
    return again, lost[:MOST_LOST]


def _send_again(books: Books, stream: Stream, epoch: int, first: int, last: int, now: datetime) -> int:
    rows: list[Outgoing] = [
        row for row in books.outgoing_between(stream.peer, stream.subject, epoch, first, last) if not row.pending
    ]
    for row in rows:
        books.change_outgoing(replace(row, pending=True, due_at=now))
    return len(rows)


def _lost(books: Books, stream: Stream, other: Run, first: int) -> list[Lost]:
    rows = books.outgoing_between(stream.peer, stream.subject, other.epoch, first, other.known)
    here = {row.sequence for row in rows}
    # What is here is on its way: it will be receipted, or prove to be another message of the same number.
    return [Lost(stream.subject, other.epoch, number) for number in range(first, other.known + 1) if number not in here]
