"""Books in dictionaries, with transactions: for the simulation and for tests of the protocol."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from escalation.protocol import runs
from escalation.protocol.rows import Direction, Held, Incoming, Outgoing, Peer, Stream

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

_Key = tuple[str, "UUID", Direction]


@dataclass(slots=True)
class Tables:
    """What a snapshot holds. Rows never change, so copying the dictionaries is enough."""

    epochs: dict[int, tuple[str, datetime]] = field(default_factory=dict)
    streams: dict[_Key, Stream] = field(default_factory=dict)
    outgoing: dict[UUID, Outgoing] = field(default_factory=dict)
    incoming: dict[tuple[str, UUID], Incoming] = field(default_factory=dict)
    held: dict[UUID, Held] = field(default_factory=dict)
    peers: dict[str, Peer] = field(default_factory=dict)

    def copy(self) -> Tables:
        """The same rows in dictionaries of their own."""
        return Tables(
            dict(self.epochs), dict(self.streams), dict(self.outgoing), dict(self.incoming), dict(self.held), dict(self.peers)
        )  # fmt: skip


class MemoryBooks:
    """`protocol.books.Books` over Tables; one transaction at a time."""

    def __init__(self) -> None:
        self.tables = Tables()

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo what the block did where it raises."""
        before = self.tables.copy()
        try:
            yield
        except BaseException:
            self.tables = before
            raise

    def epoch(self) -> int:
        return max(self.tables.epochs, default=0)

    def take_epoch(self, epoch: int, why: str, now: datetime) -> None:
        self.tables.epochs[epoch] = why, now

    def stream(self, peer: str, subject: UUID, direction: Direction) -> Stream:
        self.tables.peers.setdefault(peer, Peer(peer))
        return self.tables.streams.setdefault((peer, subject, direction), Stream(peer, subject, direction))

    def keep(self, stream: Stream) -> None:
        self.tables.streams[stream.peer, stream.subject, stream.direction] = stream

    def streams(self, peer: str, direction: Direction, buckets: Collection[int], after: UUID | None, limit: int) -> Sequence[Stream]:
        found = [
            one for one in self._marked(peer, direction)
            if one.bucket in buckets and (after is None or one.subject > after)
        ]  # fmt: skip
        return sorted(found, key=lambda one: one.subject)[:limit]

    def buckets(self, peer: str, direction: Direction) -> Mapping[int, tuple[int, int]]:
        found: dict[int, tuple[int, int]] = {}
        for one in self._marked(peer, direction):
            count, mark = found.get(one.bucket, (0, 0))
            found[one.bucket] = count + 1, mark ^ (runs.mark(one) or 0)
        return found

    def gaps(self, before: datetime, limit: int) -> Sequence[Stream]:
        return [one for one in self.tables.streams.values() if one.gap_at is not None and one.gap_at <= before][:limit]

    def add_outgoing(self, row: Outgoing) -> None:
        if self.outgoing_between(row.peer, row.subject, row.epoch, row.sequence, row.sequence) or row.id in self.tables.outgoing:
            raise ValueError(f"numbered twice: {row}")
        self.tables.outgoing[row.id] = row

    def change_outgoing(self, row: Outgoing) -> None:
        self.tables.outgoing[row.id] = row

    def outgoing(self, message: UUID) -> Outgoing | None:
        return self.tables.outgoing.get(message)

    def outgoing_between(self, peer: str, subject: UUID, epoch: int, first: int, last: int) -> Sequence[Outgoing]:
        return self._outgoing(
            lambda row: (row.peer, row.subject, row.epoch) == (peer, subject, epoch)
            and first <= row.sequence <= last
            and row.reissued_as is None
        )

    def pending(self, peer: str, subject: UUID) -> Sequence[Outgoing]:
        return self._outgoing(lambda row: row.pending and (row.peer, row.subject) == (peer, subject))

    def due_peers(self, now: datetime) -> Sequence[Peer]:
        due = {row.peer for row in self._due(now)}
        return [
            one for one in self.tables.peers.values()
            if one.code in due and (one.paused_until is None or one.paused_until <= now)
        ]  # fmt: skip

    def claim(self, peer: str, now: datetime, until: datetime, limit: int) -> Sequence[Outgoing]:
        due = sorted((row for row in self._due(now) if row.peer == peer), key=lambda row: row.due_at)
        claimed = [replace(row, lease_until=until, tries=row.tries + 1) for row in due[:limit]]
        for row in claimed:
            self.change_outgoing(row)
        return claimed

    def add_incoming(self, row: Incoming) -> None:
        if (row.peer, row.id) in self.tables.incoming:
            raise ValueError(f"taken twice: {row}")
        self.tables.incoming[row.peer, row.id] = row

    def change_incoming(self, row: Incoming) -> None:
        self.tables.incoming[row.peer, row.id] = row

    def incoming(self, peer: str, message: UUID) -> Incoming | None:
        return self.tables.incoming.get((peer, message))

    def arrived(self, peer: str, message: UUID, subject: UUID, epoch: int, sequence: int) -> Sequence[Incoming]:
        found = (self.incoming(peer, message), self.incoming_at(peer, subject, epoch, sequence))
        return [row for row in found if row is not None]

    def incoming_at(self, peer: str, subject: UUID, epoch: int, sequence: int) -> Incoming | None:
        place = (peer, subject, epoch, sequence)
        return next((row for row in self.tables.incoming.values() if (row.peer, row.subject, row.epoch, row.sequence) == place), None)

    def waiting(self, peer: str, subject: UUID) -> Sequence[Incoming]:
        found = self._incoming(peer, subject, lambda row: row.place is None)
        return sorted(found, key=lambda row: (row.epoch, row.sequence))

    def unapplied(self, peer: str, subject: UUID, limit: int) -> Sequence[Incoming]:
        found = self._incoming(peer, subject, lambda row: bool(row.place) and row.applied_at is None)
        return sorted(found, key=lambda row: row.place or 0)[:limit]

    def hold(self, held: Held) -> None:
        same = (held.peer, held.reason, held.digest)
        for one in self.tables.held.values():
            if one.released_at is None and (one.peer, one.reason, one.digest) == same:
                self.tables.held[one.id] = replace(one, times=one.times + 1)
                return
        self.tables.held[held.id] = held

    def held(self, held: UUID) -> Held | None:
        return self.tables.held.get(held)

    def open_held(self, limit: int) -> Sequence[Held]:
        return sorted((one for one in self.tables.held.values() if one.released_at is None), key=lambda one: one.at)[:limit]

    def release(self, held: Held) -> None:
        self.tables.held[held.id] = held

    def peer(self, code: str) -> Peer:
        return self.tables.peers.get(code) or Peer(code)

    def change_peer(self, peer: Peer) -> None:
        self.tables.peers[peer.code] = peer

    def _marked(self, peer: str, direction: Direction) -> list[Stream]:
        return [
            one for one in self.tables.streams.values()
            if (one.peer, one.direction) == (peer, direction) and runs.mark(one) is not None
        ]  # fmt: skip

    def _outgoing(self, wanted: Callable[[Outgoing], bool]) -> list[Outgoing]:
        return sorted(filter(wanted, self.tables.outgoing.values()), key=lambda row: (row.epoch, row.sequence))

    def _incoming(self, peer: str, subject: UUID, wanted: Callable[[Incoming], bool]) -> list[Incoming]:
        rows = self.tables.incoming.values()
        return [row for row in rows if (row.peer, row.subject) == (peer, subject) and wanted(row)]

    def _due(self, now: datetime) -> list[Outgoing]:
        first: dict[tuple[str, UUID], Outgoing] = {}
        for row in self._outgoing(lambda row: row.pending):
            first.setdefault((row.peer, row.subject), row)
        return [row for row in first.values() if row.due_at <= now and (row.lease_until is None or row.lease_until <= now)]
