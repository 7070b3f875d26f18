"""How it stands with each neighbour."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from escalation.protocol.books import Books

FIRST_PAUSE: Final = timedelta(seconds=5)
LONGEST_PAUSE: Final = timedelta(minutes=10)
_FRESH: Final = timedelta(minutes=1)
_LONGEST_ERROR: Final = 300


def answered(books: Books, code: str, now: datetime) -> None:
    """It answers: the pause ends. Written once a minute, since every message asks for this row."""
    peer = books.peer(code)
    if peer.failures or peer.last_contact is None or peer.last_contact <= now - _FRESH:
        books.change_peer(replace(peer, failures=0, paused_until=None, last_error=None, last_contact=now))


def silent(books: Books, code: str, error: str, now: datetime) -> None:
    """It does not answer: a pause that doubles to ten minutes. One pause for all that failed together."""
    peer = books.peer(code)
    if peer.paused_until is not None and peer.paused_until > now:
        return
    pause: timedelta = min(FIRST_PAUSE * 2 ** min(peer.failures, 20), LONGEST_PAUSE)
    books.change_peer(
        replace(peer, failures=peer.failures + 1, paused_until=now + pause, last_error=error[:_LONGEST_ERROR])
    )


def compared(books: Books, code: str, differences: int, now: datetime) -> None:
    """A comparison came to its end."""
    books.change_peer(replace(books.peer(code), compared_at=now, differences=differences))


def seen(books: Books, code: str, epoch: int) -> None:
    """A message of a new epoch of the peer was taken."""
    peer = books.peer(code)
    if epoch > peer.seen_epoch:
        books.change_peer(replace(peer, seen_epoch=epoch))
