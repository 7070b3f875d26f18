"""What the books hold. All moments are aware, in UTC; rows never change, a changed one takes their place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

Direction = Literal["out", "in"]
START = bytes(32)
"""What a rolling hash begins with."""


@dataclass(frozen=True, slots=True)
class Run:
    """The messages of one epoch in a stream: numbered from `since`; both sides have them up to `known`.

    `chain` rolls SHA-256 over the digests of `since` … `known`. Below: what has a receipt; above: what came without a gap.
    """

    epoch: int
    since: int
    known: int
    chain: bytes = START


@dataclass(frozen=True, slots=True)
class Stream:
    """One case in one direction with one peer. `runs` ascend by epoch; the last one is the present.

    out: `last` is the highest sequence given out. in: `placed` messages stand in order, `applied` of them are applied,
    `waiting` wait for one before them, since `gap_at`; `stopped` tells that a message is held for a person.
    """

    peer: str
    subject: UUID
    direction: Direction
    runs: tuple[Run, ...] = ()
    last: int = 0
    placed: int = 0
    applied: int = 0
    waiting: int = 0
    gap_at: datetime | None = None
    stopped: bool = False

    @property
    def bucket(self) -> int:
        """In which of the 256 buckets of the comparison it is."""
        return self.subject.bytes[0]

    @property
    def run(self) -> Run | None:
        """The present run."""
        return self.runs[-1] if self.runs else None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message of ours, as the bytes that we signed; kept for good, and so is its first receipt.

    `pending`: to be sent, since it has no receipt yet or the peer has lost it. `tries` tells one claim from the next.
    `reissued_as`: the id under which it was sent anew, after the peer proved that our database had been restored.
    `recovered_at`: when the peer gave it back to us.
    """

    id: UUID
    peer: str
    subject: UUID
    epoch: int
    sequence: int
    since: int
    type: str
    digest: bytes
    envelope: bytes = field(repr=False)
    emitted_at: datetime
    due_at: datetime
    pending: bool = True
    tries: int = 0
    lease_until: datetime | None = None
    last_error: str | None = None
    receipt: bytes | None = field(default=None, repr=False)
    receipted_at: datetime | None = None
    receipts: int = 0
    reissued_as: UUID | None = None
    recovered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message of a peer and the receipt that we gave; kept for good.

    `place` is its place in the order of application: None while one before it is missing, 0 where that one
    was lost by its restored sender, so that this one can never be applied.
    """

    id: UUID
    peer: str
    subject: UUID
    epoch: int
    sequence: int
    since: int
    type: str
    digest: bytes
    envelope: bytes = field(repr=False)
    receipt: bytes = field(repr=False)
    received_at: datetime
    place: int | None = None
    applied_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """Quarantine: what was refused (`message` None) or stands still (`message`: the id of an incoming message).

    `reason` is a code of wire.reasons or one of `quarantine.REASONS`, or the application's own sentence;
    the same thing again only counts up `times`.
    """

    id: UUID
    peer: str
    reason: str
    digest: bytes
    content: bytes = field(repr=False)
    at: datetime
    message: UUID | None = None
    detail: str = ""
    times: int = 1
    released_at: datetime | None = None
    released_by: str | None = None


@dataclass(frozen=True, slots=True)
class Peer:
    """How it stands with a neighbour: paused while it does not answer; when and how the last comparison ended."""

    code: str
    failures: int = 0
    paused_until: datetime | None = None
    last_contact: datetime | None = None
    last_error: str | None = None
    compared_at: datetime | None = None
    differences: int | None = None
    seen_epoch: int = 0
