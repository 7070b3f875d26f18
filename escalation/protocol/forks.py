"""Finding out that our own database was restored, from bytes that we signed ourselves and do not know.

What came back is written into the books again; what was numbered twice is issued anew in a new epoch.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from escalation.protocol import epochs, quarantine, runs, sending
from escalation.protocol.rows import Outgoing, Stream
from escalation.wire.reasons import Rejected

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from escalation.protocol.books import Admitted, App, Books, Gate, Pen
    from escalation.wire.event import Event


def forked(books: Books, gate: Gate, pen: Pen, app: App, claimed: Outgoing, envelope: bytes, now: datetime) -> bool:
    """The receiver has something else of ours in this message's place, or of a later epoch; False where it does not prove it.

    The message is issued anew under a new id, and so is what stands behind it in its epoch.
    """
    stream = books.stream(claimed.peer, claimed.subject, "out")
    row = books.outgoing(claimed.id)
    if row is None or not row.pending:
        return True
    try:
        proof = gate.own(envelope)
    except Rejected as error:
        return _unfounded(books, row, envelope, f"{error.reason} {error.detail}", now)
    event = proof.event
    elsewhere = (proof.peer, event.subject) != (row.peer, row.subject) or event.id == row.id
    if elsewhere or not (event.epoch > row.epoch or (event.epoch, event.sequence) == (row.epoch, row.sequence)):
        return _unfounded(books, row, envelope, str(event.id), now)
    again = [one for one in books.pending(row.peer, row.subject) if _is_unknown(one, row, event)]
    _recover(books, gate, pen, app, stream, proof, envelope, again, now)
    return True


def recover(books: Books, gate: Gate, pen: Pen, app: App, envelope: bytes, now: datetime) -> bool:
    """A message of ours that the peer sent back; False where we knew it. Raises Rejected where it is not ours."""
    proof = gate.own(envelope)
    event = proof.event
    stream = books.stream(proof.peer, event.subject, "out")
    if books.outgoing(event.id) is not None or event.sequence < 1:
        return False
    here = books.outgoing_between(proof.peer, event.subject, event.epoch, event.sequence, event.sequence)
    if any(row.receipt is not None for row in here):
        quarantine.put(books, proof.peer, "diverged", envelope, now, str(event.id))
        return False
    again = [one for one in books.pending(proof.peer, event.subject) if here and _is_unknown(one, here[0], event)]
    _recover(books, gate, pen, app, stream, proof, envelope, again, now)
    return True


def _is_unknown(one: Outgoing, first: Outgoing, event: Event) -> bool:
    """Whether the receiver cannot have this one: it stands at or behind `first` in an epoch that is over or forked."""
    if one.id != first.id and one.recovered_at is not None:
        return False
    behind = (one.epoch, one.sequence) >= (first.epoch, first.sequence)
    return behind and (one.epoch < event.epoch or one.epoch == event.epoch == first.epoch)


def _recover(
    books: Books, gate: Gate, pen: Pen, app: App, stream: Stream, proof: Admitted, envelope: bytes,
    again: Sequence[Outgoing], now: datetime,
) -> None:  # fmt: skip
    event = proof.event
    is_new = books.outgoing(event.id) is None
    if is_new and event.epoch >= books.epoch():
        epochs.take(books, event.epoch, "restored", now)
    if is_new:
        stream = _with(stream, event, clash=any(one.epoch == event.epoch for one in again))
    for row in again:
        stream = _shortened(books, stream, row)
        stream, new = sending.issue(books, pen, stream, row.type, gate.open(row.envelope).data, now)
        books.change_outgoing(replace(row, pending=False, lease_until=None, reissued_as=new.id))
    if is_new:
        books.add_outgoing(_row(proof, envelope, now))
        app.recovered(proof.peer, event)
    books.keep(stream)


def _with(stream: Stream, event: Event, *, clash: bool) -> Stream:
    is_newest = stream.run is None or event.epoch >= stream.run.epoch
    if is_newest:
        # Numbers given twice are given up; else those of the newest epoch go on from the highest.
        over = clash or stream.run is None or event.epoch > stream.run.epoch
        stream = replace(stream, last=event.sequence if over else max(stream.last, event.sequence))
    if runs.find(stream.runs, event.epoch) is None:
        stream = runs.put(stream, runs.begun(event.epoch, event.since))
    return stream


def _shortened(books: Books, stream: Stream, row: Outgoing) -> Stream:
    """Without what the peer had, has lost and cannot take any more in its old place."""
    run = runs.find(stream.runs, row.epoch)
    if run is None or run.known < row.sequence:
        return stream
    short = runs.begun(run.epoch, run.since)
    for one in books.outgoing_between(row.peer, row.subject, row.epoch, run.since, row.sequence - 1):
        short = runs.extend(short, one.digest)
    return runs.put(stream, short)


def _row(proof: Admitted, envelope: bytes, now: datetime) -> Outgoing:
    # Pending: it is sent once more, and the peer answers with the receipt that was lost too.
    event = proof.event
    return Outgoing(
        event.id, proof.peer, event.subject, event.epoch, event.sequence, event.since, event.type, proof.digest, envelope,
        event.time, now, recovered_at=now,
    )  # fmt: skip


def _unfounded(books: Books, row: Outgoing, envelope: bytes, detail: str, now: datetime) -> bool:
    quarantine.put(books, row.peer, "fork_unfounded", envelope, now, detail)
    sending.failed(books, row, "fork_unfounded", now)
    return False
