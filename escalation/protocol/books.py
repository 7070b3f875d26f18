"""The books of one tenant, as the protocol needs them; every call is part of the caller's one transaction.

`ledger.SqlBooks` keeps them in PostgreSQL, `protocol.memory.MemoryBooks` in dictionaries.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime
    from uuid import UUID

    from escalation.protocol.rows import Direction, Held, Incoming, Outgoing, Peer, Stream
    from escalation.wire.event import Event


class Books(Protocol):
    """Reads and writes of one tenant's books."""

    def savepoint(self) -> AbstractContextManager[object]:
        """Undo what the block did where it raises; the rest of the transaction stays."""

    def epoch(self) -> int:
        """The present epoch; 0 where none was taken yet."""

    def take_epoch(self, epoch: int, why: str, now: datetime) -> None:
        """Write down a new, higher epoch."""

    def stream(self, peer: str, subject: UUID, direction: Direction) -> Stream:
        """The stream, locked to the end of the transaction; a new one where there was none."""

    def keep(self, stream: Stream) -> None:
        """Write the stream, which this transaction has locked."""

    def streams(self, peer: str, direction: Direction, buckets: Collection[int], after: UUID | None, limit: int) -> Sequence[Stream]:
        """Streams of these buckets that have a run, by subject from behind `after` on; not locked."""

    def buckets(self, peer: str, direction: Direction) -> Mapping[int, tuple[int, int]]:
        """For each bucket that is not empty: how many streams have a run, and the XOR of their `runs.mark`."""

    def gaps(self, before: datetime, limit: int) -> Sequence[Stream]:
        """Incoming streams whose `gap_at` is not after `before`; not locked."""

    def add_outgoing(self, row: Outgoing) -> None:
        """Write a new message of ours."""

    def change_outgoing(self, row: Outgoing) -> None:
        """Write the changed message."""

    def outgoing(self, message: UUID) -> Outgoing | None:
        """The message, locked."""

    def outgoing_between(self, peer: str, subject: UUID, epoch: int, first: int, last: int) -> Sequence[Outgoing]:
        """Messages of the run by sequence, both ends included, without the reissued; locked."""

    def pending(self, peer: str, subject: UUID) -> Sequence[Outgoing]:
        """What is to be sent of one stream, by epoch and sequence; locked."""

    def due_peers(self, now: datetime) -> Sequence[Peer]:
        """Peers that have a due message and are not paused."""

    def claim(self, peer: str, now: datetime, until: datetime, limit: int) -> Sequence[Outgoing]:
        """Lease up to `limit` due, free messages until `until` and count the try; only the first pending of each stream.

        What another transaction has locked is passed over.
        """

    def add_incoming(self, row: Incoming) -> None:
        """Write a message of a peer."""

    def change_incoming(self, row: Incoming) -> None:
        """Write the changed message: its place and when it was applied."""

    def incoming(self, peer: str, message: UUID) -> Incoming | None:
        """The message of this id."""

    def arrived(self, peer: str, message: UUID, subject: UUID, epoch: int, sequence: int) -> Sequence[Incoming]:
        """The message of this id, and the one at this place of this run."""

    def incoming_at(self, peer: str, subject: UUID, epoch: int, sequence: int) -> Incoming | None:
        """The message at this place of this run."""

    def waiting(self, peer: str, subject: UUID) -> Sequence[Incoming]:
        """Messages without a place, by epoch and sequence."""

    def unapplied(self, peer: str, subject: UUID, limit: int) -> Sequence[Incoming]:
        """Messages with a place that are not applied, by place."""

    def hold(self, held: Held) -> None:
        """Put into quarantine; the same reason and digest of the same peer, unreleased, counts up."""

    def held(self, held: UUID) -> Held | None:
        """One thing in quarantine, locked."""

    def open_held(self, limit: int) -> Sequence[Held]:
        """What is in quarantine and not released, the oldest first."""

    def release(self, held: Held) -> None:
        """Write who released it when."""

    def peer(self, code: str) -> Peer:
        """How it stands with the peer."""

    def change_peer(self, peer: Peer) -> None:
        """Write how it stands with the peer."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A message of ours that the pen has written and given an id: digest = SHA-256 of the payload."""

    id: UUID
    envelope: bytes
    digest: bytes


@dataclass(frozen=True, slots=True)
class Admitted:
    """A message that the gate has let in; `peer` is the code of the tenant that signed it."""

    event: Event
    peer: str
    digest: bytes
    keyid: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A message before it is written: the pen adds id and source, and signs. Control messages have sequence 0."""

    to: str
    type: str
    subject: UUID
    sequence: int
    since: int
    epoch: int
    time: datetime
    data: Mapping[str, Any]


class Pen(Protocol):
    """Signs for the tenant, with its present key."""

    def sign(self, draft: Draft) -> Signed:
        """The message's bytes; raises wire's Rejected where its data is not what the type's schema allows."""

    def receipt(self, admitted: Admitted, now: datetime) -> bytes:
        """The envelope of a receipt for the message."""

    def fresh(self, envelope: bytes) -> bytes:
        """The same payload under the present key; the envelope itself where that key signed it.

        Bytes may wait, or be lost above, longer than the key lives that signed them first.
        """


class Gate(Protocol):
    """Lets in by the trust list in force."""

    def admit(self, envelope: bytes, now: datetime) -> Admitted:
        """Check everything; raises wire's Rejected."""

    def own(self, envelope: bytes) -> Admitted:
        """A message that this tenant itself signed, with any key it ever had; raises Rejected. `peer`: to whom it went."""

    def open(self, envelope: bytes) -> Event:
        """Read a message that was let in before."""

    def check_receipt(self, receipt: bytes, row: Outgoing, now: datetime) -> None:
        """Raise Rejected unless the message's receiver signed it for just this message."""


class App(Protocol):
    """What the messages are for."""

    def apply(self, peer: str, event: Event) -> None:
        """Do what the message says, in the present transaction; raises Hold where a person must look first."""

    def control(self, peer: str, event: Event, envelope: bytes) -> bytes:
        """Take an un-numbered message that is none of the protocol's (a seal); what is answered."""

    def recovered(self, peer: str, event: Event) -> None:
        """A message of ours came back that our restored database did not know."""


class Hold(Exception):
    """This message cannot be applied now: its stream stops until a person releases it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
