"""What people decide about single messages: each decision is written down with who made it and why. Never commits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from escalation.carriage import words
from escalation.carriage.desk_of import desk_of
from escalation.ledger import acts, viewing, waking
from escalation.ledger.views import Sent
from escalation.protocol import dismissing, receiving
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Conflict, NotFound
from zhitongche.persistence import current_tenant

if TYPE_CHECKING:
    from uuid import UUID

    from escalation.carriage.desk_of import Desk
    from escalation.protocol.books import Books
    from escalation.protocol.rows import Held, Incoming


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decides; no `person_id` on the command line."""

    name: str
    person_id: UUID | None = None


def retry(peer: str, message: UUID, reason: str, by: Decider) -> None:
    """Send it now, and what waits in its stream; the peer's pause ends. Raises NotFound, Conflict where nothing waits."""
    books, now = desk_of(current_tenant()).books, clock.now()
    row = viewing.message(peer, message)
    if not isinstance(row, Sent):
        raise NotFound
    # The stream first, as everyone locks them who touches its messages.
    books.stream(peer, row.subject, "out")
    pending = books.pending(peer, row.subject)
    if not any(one.id == message for one in pending):
        raise Conflict(words.NOTHING_TO_SEND)
    for one in pending:
        books.change_outgoing(replace(one, due_at=min(one.due_at, now)))
    acts.write("retry", by=by.name, person_id=by.person_id, peer=peer, about=message, reason=reason)
    _wake(books, peer)


def resume(peer: str, reason: str, by: Decider) -> None:
    """End the pause of a peer that did not answer: what is due goes out now."""
    acts.write("resume", by=by.name, person_id=by.person_id, peer=peer, about=peer, reason=reason)
    _wake(desk_of(current_tenant()).books, peer)


def release(held_id: UUID, reason: str, by: Decider) -> bool:
    """Apply it again, or let it in again; whether it now is. Raises NotFound, Conflict where that cannot help."""
    desk, now = desk_of(current_tenant()), clock.now()
    kept = _open(desk, held_id)
    row = desk.books.incoming(kept.peer, kept.message) if kept.message else None
    if kept.message is None and sha256(kept.content).digest() != kept.digest:
        raise Conflict(words.CUT_OFF)
    if row is not None and not row.place:
        raise Conflict(words.OVERTAKEN)
    acts.write("release", by=by.name, person_id=by.person_id, peer=kept.peer, about=held_id, reason=reason)
    receiving.release(desk.books, desk.gate, desk.app, held_id, by.name, now)
    return _let_in(desk, kept) if row is None else _applied(desk, row)


def dismiss(held_id: UUID, reason: str, by: Decider) -> None:
    """Settle it without doing what it says; its stream goes on. Raises NotFound, Conflict."""
    desk = desk_of(current_tenant())
    kept = _open(desk, held_id)
    acts.write("dismiss", by=by.name, person_id=by.person_id, peer=kept.peer, about=held_id, reason=reason)
    dismissing.dismiss(desk.books, desk.gate, desk.app, held_id, by.name, clock.now())


def _wake(books: Books, peer: str) -> None:
    books.change_peer(replace(books.peer(peer), paused_until=None))
    waking.on_emit()


def _open(desk: Desk, held_id: UUID) -> Held:
    kept = desk.books.held(held_id)
    if kept is None:
        raise NotFound
    if kept.released_at is not None:
        raise Conflict(words.SETTLED)
    return kept


def _let_in(desk: Desk, kept: Held) -> bool:
    # The receipt reaches the sender when it sends the same bytes again.
    reply = receiving.receive(desk.books, desk.gate, desk.pen, desk.app, kept.content, clock.now())
    return reply.kind != "refused"


def _applied(desk: Desk, row: Incoming) -> bool:
    again = desk.books.incoming(row.peer, row.id)
    return again is not None and again.applied_at is not None
