"""Sending: numbered, signed, written down; then tried until the receiver's receipt is here, however long that takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from escalation.protocol import epochs, peers, runs
from escalation.protocol.books import Draft
from escalation.protocol.rows import Outgoing, Stream
from escalation.wire.event import MAX_SEQUENCE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from escalation.protocol.books import Books, Gate, Pen

LEASE: Final = timedelta(minutes=2)
FIRST_PAUSE: Final = timedelta(seconds=10)
LONGEST_PAUSE: Final = timedelta(hours=1)
_LONGEST_ERROR: Final = 300


def emit(books: Books, pen: Pen, peer: str, subject: UUID, kind: str, data: Mapping[str, Any], now: datetime) -> Outgoing:
    """Promise the peer a message of type `kind`, in the caller's transaction. Raises Rejected where data is not to its schema."""
    return issue(books, pen, books.stream(peer, subject, "out"), kind, data, now)[1]


def issue(books: Books, pen: Pen, stream: Stream, kind: str, data: Mapping[str, Any], now: datetime) -> tuple[Stream, Outgoing]:
    """Give the locked stream its next message, in the present epoch."""
    epoch = epochs.present(books, now)
    run = stream.run
    if run is None or run.epoch < epoch:
        run = runs.begun(epoch, stream.last + 1)
        stream = runs.put(stream, run)
    stream = replace(stream, last=stream.last + 1)
    draft = Draft(stream.peer, kind, stream.subject, stream.last, run.since, run.epoch, now, data)
    signed = pen.sign(draft)
    row = Outgoing(
        signed.id, stream.peer, stream.subject, run.epoch, stream.last, run.since, kind, signed.digest, signed.envelope, now, now
    )  # fmt: skip
    books.add_outgoing(row)
    books.keep(stream)
    return stream, row


def claim(books: Books, now: datetime, limit: int) -> list[Outgoing]:
    """Take up to `limit` due messages for LEASE, fairly over the peers; commit before sending them.

    Of a stream only the first that waits: the next may be sent under its number only when the receiver has taken the one
    before, or a restored database would have two messages of one number accepted in the wrong order.
    A peer that failed last time is asked with one message first.
    """
    due = books.due_peers(now)
    share = -(-limit // max(len(due), 1))
    claimed: list[Outgoing] = []
    for peer in due:
        most = 1 if peer.failures else min(share, limit - len(claimed))
        claimed += books.claim(peer.code, now, now + LEASE, most) if len(claimed) < limit else ()
    return claimed


def receipted(books: Books, gate: Gate, claimed: Outgoing, receipt: bytes, now: datetime) -> bool:
    """Write down a receipt; False where there was one already, which is kept. Raises Rejected for a wrong one."""
    stream = books.stream(claimed.peer, claimed.subject, "out")
    row = books.outgoing(claimed.id) or claimed
    gate.check_receipt(receipt, row, now)
    is_first = row.receipt is None
    settled = replace(row, pending=False, lease_until=None, last_error=None, receipts=row.receipts + 1)
    if is_first:
        settled = replace(settled, receipt=receipt, receipted_at=now)
    books.change_outgoing(settled)
    if is_first and row.reissued_as is None:
        books.keep(_known(books, stream, row))
    peers.answered(books, row.peer, now)
    return is_first


def failed(books: Books, claimed: Outgoing, error: str, now: datetime) -> None:
    """Write down a failure: due again after a pause, without end. A lease that was lost meanwhile changes nothing."""
    row = books.outgoing(claimed.id)
    if row is not None and row.pending and row.tries == claimed.tries:
        books.change_outgoing(replace(row, due_at=now + pause(row), lease_until=None, last_error=error[:_LONGEST_ERROR]))


def unreachable(books: Books, claimed: list[Outgoing], error: str, now: datetime) -> None:
    """The peer of these did not answer: it is paused, the messages are given back and lose no time by it."""
    for code in sorted({row.peer for row in claimed}):
        peers.silent(books, code, error, now)
    for one in claimed:
        row = books.outgoing(one.id)
        if row is not None and row.pending and row.tries == one.tries:
            books.change_outgoing(replace(row, lease_until=None, last_error=error[:_LONGEST_ERROR]))


def bytes_of(pen: Pen, row: Outgoing) -> bytes:
    """What to send: the stored bytes, under the present key."""
    return pen.fresh(row.envelope)


def pause(row: Outgoing) -> timedelta:
    """How long to wait after a failure: doubles to an hour, up to a half less, or all would come back at once."""
    full: timedelta = min(FIRST_PAUSE * 2 ** min(row.tries - 1, 20), LONGEST_PAUSE)
    return full * (1 - row.digest[0] / 512)


def _known(books: Books, stream: Stream, row: Outgoing) -> Stream:
    run = runs.find(stream.runs, row.epoch) or runs.begun(row.epoch, row.since)
    if row.sequence != run.known + 1:
        return stream
    run = runs.extend(run, row.digest)
    if stream.run and (row.epoch, row.sequence) == (stream.run.epoch, stream.last):
        return runs.put(stream, run)
    # What came back from the peer may have its receipt before what lies between.
    for later in books.outgoing_between(row.peer, row.subject, row.epoch, run.known + 1, MAX_SEQUENCE):
        if later.receipted_at is None or later.sequence != run.known + 1:
            break
        run = runs.extend(run, later.digest)
    return runs.put(stream, run)
