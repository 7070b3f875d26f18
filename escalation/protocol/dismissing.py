"""Going on without a message that stands still, because a person decided so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from escalation.protocol import quarantine, settling

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from escalation.protocol.books import App, Books, Gate
    from escalation.protocol.rows import Held, Incoming


def dismiss(books: Books, gate: Gate, app: App, held_id: UUID, by: str, now: datetime) -> Held | None:
    """Settle it without doing what it says: its stream goes on behind it. None where it is no longer held."""
    if (freed := quarantine.let_go(books, held_id, by, now)) is None:
        return None
    held, row = freed
    if row is not None:
        _pass_over(books, gate, app, row, now)
    return held


def _pass_over(books: Books, gate: Gate, app: App, row: Incoming, now: datetime) -> None:
    stream = books.stream(row.peer, row.subject, "in")
    if row.place != stream.applied + 1:
        return
    books.change_incoming(replace(row, applied_at=now))
    books.keep(settling.resume(books, gate, app, replace(stream, applied=stream.applied + 1), now))
