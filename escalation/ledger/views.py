"""What people see of the books: counts and attributes, never the bytes of an envelope. Moments in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for one peer: never sent, sent without a receipt, asked for again."""

    unsent: int = 0
    unreceipted: int = 0
    again: int = 0
    oldest: datetime | None = None
    tries: int = 0
    next_at: datetime | None = None

    @property
    def waiting(self) -> int:
        """All that the peer has not confirmed."""
        return self.unsent + self.unreceipted


@dataclass(frozen=True, slots=True)
class Sent:
    """A message of ours, without its bytes."""

    id: UUID
    peer: str
    subject: UUID
    type: str
    epoch: int
    sequence: int
    digest: bytes
    size: int
    at: datetime
    due_at: datetime
    pending: bool
    tries: int
    last_error: str | None
    receipted_at: datetime | None
    reissued_as: UUID | None


@dataclass(frozen=True, slots=True)
class Received:
    """A message of a peer, without its bytes; `place` and `applied_at` as in `protocol.rows.Incoming`, `held`: in quarantine."""

    id: UUID
    peer: str
    subject: UUID
    type: str
    epoch: int
    sequence: int
    digest: bytes
    size: int
    at: datetime
    place: int | None
    applied_at: datetime | None
    held: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """Something in quarantine, without its bytes; type, subject and place are those of the message that stands still."""

    id: UUID
    peer: str
    reason: str
    detail: str
    digest: bytes
    size: int
    at: datetime
    message: UUID | None
    times: int
    released_at: datetime | None
    released_by: str | None
    type: str | None
    subject: UUID | None
    place: int | None
