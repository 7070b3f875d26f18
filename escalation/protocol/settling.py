"""Settling a stream above: what has come is put in order and applied, as far as that goes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from escalation.protocol import order, peers, quarantine
from escalation.protocol.books import Hold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from escalation.protocol.books import App, Books, Gate
    from escalation.protocol.rows import Incoming, Run, Stream
    from escalation.wire.event import Event

OVERTAKEN = 0
"""The place of what can never be applied, since it lies behind what its sender lost."""


def take(books: Books, gate: Gate, app: App, stream: Stream, row: Incoming, event: Event, now: datetime) -> None:
    """Take a new message into the locked stream: apply it and what waited for it, or let it wait."""
    if not order.is_next(stream, row):
        books.add_incoming(row)
        books.keep(replace(stream, waiting=stream.waiting + 1, gap_at=stream.gap_at or now))
        return
    if stream.run is None or stream.run.epoch < row.epoch:
        peers.seen(books, row.peer, row.epoch)
    stream, row = order.place(stream, row)
    stream, row = _apply(books, app, stream, row, event, now)
    books.add_incoming(row)
    books.keep(settle(books, gate, app, stream, now))


def revive(books: Books, gate: Gate, app: App, stream: Stream, found: Sequence[Incoming], now: datetime) -> None:
    """Take what was set aside as lost: its sender knows of it again, and what lay before it has come anew."""
    for row in found:
        if row.place == OVERTAKEN and order.is_next(stream, row):
            stream, placed = order.place(stream, row)
            stream, placed = _apply(books, app, stream, placed, gate.open(row.envelope), now)
            books.change_incoming(placed)
            books.keep(settle(books, gate, app, stream, now))


def settle(books: Books, gate: Gate, app: App, stream: Stream, now: datetime, told: Sequence[Run] | None = None) -> Stream:
    """Place and apply what waits, as far as it follows; `told`: what the sender says that it knows of the stream."""
    if not stream.waiting:
        return stream
    before = stream
    waiting = list(books.waiting(stream.peer, stream.subject))
    while (row := _following(stream, waiting, told)) is not None:
        waiting.remove(row)
        stream, placed = order.place(stream, row)
        stream, placed = _apply(books, app, stream, placed, gate.open(row.envelope), now)
        books.change_incoming(placed)
    overtaken = [row for row in waiting if order.is_overtaken(stream, row) or (told is not None and order.is_lost(row, told))]
    for row in overtaken:
        books.change_incoming(replace(row, place=OVERTAKEN))
        quarantine.stop(books, row, "overtaken", now)
    left = len(waiting) - len(overtaken)
    gap_at = now if stream.placed > before.placed else stream.gap_at
    return replace(stream, waiting=left, gap_at=gap_at if left else None)


def resume(books: Books, gate: Gate, app: App, stream: Stream, now: datetime) -> Stream:
    """Apply what stands in order, until there is none or one is held again."""
    stream = replace(stream, stopped=False)
    while not stream.stopped and stream.applied < stream.placed:
        for row in books.unapplied(stream.peer, stream.subject, 100):
            stream, applied = _apply(books, app, stream, row, gate.open(row.envelope), now)
            if stream.stopped:
                break
            books.change_incoming(applied)
    return stream


def _following(stream: Stream, waiting: Sequence[Incoming], told: Sequence[Run] | None) -> Incoming | None:
    # In their order: what is left of the present epoch comes before the next one.
    following = next((row for row in waiting if order.is_next(stream, row)), None)
    if following is None and told is not None:
        following = next((row for row in waiting if order.is_cleared(stream, row, told)), None)
    return following


def _apply(books: Books, app: App, stream: Stream, row: Incoming, event: Event, now: datetime) -> tuple[Stream, Incoming]:
    if stream.stopped:
        return stream, row
    try:
        with books.savepoint():
            app.apply(row.peer, event)
    except Hold as hold:
        quarantine.stop(books, row, hold.reason, now)
        return replace(stream, stopped=True), row
    return replace(stream, applied=stream.applied + 1), replace(row, applied_at=now)
