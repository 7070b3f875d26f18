"""Receiving: let in, put in order, applied and receipted in one transaction; the caller answers after its commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escalation.protocol import order, quarantine, resync, settling
from escalation.protocol.reply import Reply, refused
from escalation.protocol.rows import Incoming
from escalation.wire import kinds
from escalation.wire.reasons import Rejected

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from escalation.protocol.books import Admitted, App, Books, Gate, Pen
    from escalation.protocol.rows import Held, Stream


def receive(books: Books, gate: Gate, pen: Pen, app: App, envelope: bytes, now: datetime) -> Reply:
    """Take one envelope, whatever it is; what is refused is kept in quarantine, so commit in any case."""
    try:
        admitted = gate.admit(envelope, now)
    except Rejected as error:
        quarantine.put(books, "", error.reason, envelope, now, error.detail)
        return refused(error.reason)
    event = admitted.event
    if (event.type in kinds.UNNUMBERED) != (event.sequence == 0) or (event.sequence and not event.sequence >= event.since > 0):
        quarantine.put(books, admitted.peer, "numbering", envelope, now)
        return refused("numbering")
    if event.type == kinds.RESYNC:
        return resync.answer(books, pen, admitted, now)
    if event.type == kinds.RECEIPT:
        # A receipt is the answer to a message, never one by itself.
        return refused("receipt_mismatch")
    if event.type in kinds.UNNUMBERED:
        return Reply("answer", app.control(admitted.peer, event, envelope))
    return _numbered(books, gate, pen, app, admitted, envelope, now)


def release(books: Books, gate: Gate, app: App, held_id: UUID, by: str, now: datetime) -> Held | None:
    """Let a held message go on: it is applied again, and what stands behind it. None where it is no longer held."""
    if (freed := quarantine.let_go(books, held_id, by, now)) is None:
        return None
    held, row = freed
    if row is not None:
        stream = books.stream(row.peer, row.subject, "in")
        books.keep(settling.resume(books, gate, app, stream, now))
    return held


def _numbered(
    books: Books, gate: Gate, pen: Pen, app: App, admitted: Admitted, envelope: bytes, now: datetime
) -> Reply:
    event, peer = admitted.event, admitted.peer
    stream = books.stream(peer, event.subject, "in")
    found = books.arrived(peer, event.id, event.subject, event.epoch, event.sequence)
    if found:
        settling.revive(books, gate, app, stream, [row for row in found if row.digest == admitted.digest], now)
        return _known(books, pen, admitted, found, envelope, now)
    receipt = pen.receipt(admitted, now)
    row = Incoming(
        event.id, peer, event.subject, event.epoch, event.sequence, event.since, event.type, admitted.digest, envelope, receipt, now
    )  # fmt: skip
    if order.is_overtaken(stream, row):
        return _newer(books, stream)
    settling.take(books, gate, app, stream, row, event, now)
    return Reply("receipt", receipt)


def _known(
    books: Books, pen: Pen, admitted: Admitted, found: Sequence[Incoming], envelope: bytes, now: datetime
) -> Reply:
    same = next((row for row in found if row.id == admitted.event.id), None)
    if same is None:
        # Its own bytes prove to the sender that its database was restored.
        return Reply("fork", found[0].envelope)
    if same.digest != admitted.digest:
        quarantine.put(books, admitted.peer, "other_bytes", envelope, now, str(same.id))
        return refused("other_bytes")
    # The stored receipt, under the present key: an error would make the sender go on for ever.
    return Reply("receipt", pen.fresh(same.receipt))


def _newer(books: Books, stream: Stream) -> Reply:
    run = stream.run
    newest = run and books.incoming_at(stream.peer, stream.subject, run.epoch, run.known)
    return Reply("fork", newest.envelope) if newest else refused("overtaken")
