"""Two tenants with books of either kind, a pen, a gate and an application that notes what it was given."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from escalation.protocol import forks, healing, receiving, sending
from escalation.protocol.books import Books, Hold
from escalation.protocol.memory import MemoryBooks
from escalation.protocol.reply import Reply
from escalation.protocol.rows import Outgoing
from escalation.simulation.signing import HashGate, HashPen, Keys
from escalation.wire.event import Event
from zhitongche.kernel import clock

SUBJECT = UUID("5b000000-0000-4000-8000-000000000001")
OTHER = UUID("c7000000-0000-4000-8000-000000000002")
ESCALATE = "case.escalate.v1"


@dataclass
class Notes:
    """The application: what was applied, in order; texts in `refused` are held."""

    applied: list[str] = field(default_factory=list)
    recovered_texts: list[str] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)

    def apply(self, peer: str, event: Event) -> None:
        if event.data["text"] in self.refused:
            raise Hold("须人工核对")
        self.applied.append(event.data["text"])

    def control(self, peer: str, event: Event, envelope: bytes) -> bytes:
        return b"noted"

    def recovered(self, peer: str, event: Event) -> None:
        self.recovered_texts.append(event.data["text"])


@dataclass
class Side:
    """One tenant; `act` is its transaction."""

    code: str
    pen: HashPen
    gate: HashGate
    act: Callable[[], AbstractContextManager[Books]]
    backup: Callable[[], Callable[[], None]]
    app: Notes = field(default_factory=Notes)

    def emit(self, peer: str, text: str, subject: UUID = SUBJECT) -> Outgoing:
        with self.act() as books:
            return sending.emit(books, self.pen, peer, subject, ESCALATE, {"text": text}, clock.now())

    def claim(self, limit: int = 10) -> list[Outgoing]:
        with self.act() as books:
            return sending.claim(books, clock.now(), limit)

    def receive(self, envelope: bytes) -> Reply:
        with self.act() as books:
            return receiving.receive(books, self.gate, self.pen, self.app, envelope, clock.now())

    def take(self, row: Outgoing, reply: Reply) -> None:
        with self.act() as books:
            if reply.kind == "receipt":
                sending.receipted(books, self.gate, row, reply.body, clock.now())
            elif reply.kind == "fork":
                forks.forked(books, self.gate, self.pen, self.app, row, reply.body, clock.now())
            else:
                sending.failed(books, row, reply.body.decode(), clock.now())

    def row(self, row: Outgoing) -> Outgoing:
        with self.act() as books:
            found = books.outgoing(row.id)
        assert found is not None
        return found

    def deliver(self, other: Side) -> int:
        """Send until nothing is due; how many messages went."""
        count = 0
        while claimed := self.claim():
            for row in claimed:
                self.take(row, other.receive(sending.bytes_of(self.pen, row)))
                count += 1
        return count

    def ask(self, other: Side, requests: list[healing.Request]) -> int:
        """Ask and take the answers until nothing is left to ask; how many requests went."""
        count = 0
        while requests:
            request = requests.pop(0)
            reply = other.receive(request.envelope)
            with self.act() as books:
                requests += healing.answered(books, self.gate, self.pen, self.app, request, reply, clock.now())
            count += 1
        return count

    def compare(self, other: Side) -> int | None:
        """One comparison; how many streams differed."""
        with self.act() as books:
            requests = healing.begin(books, self.pen, other.code, clock.now())
        self.ask(other, requests)
        with self.act() as books:
            return books.peer(other.code).differences

    def ask_for_gaps(self, other: Side) -> int:
        with self.act() as books:
            requests = healing.gaps(books, self.pen, clock.now())
        return self.ask(other, requests)


def side(
    code: str, act: Callable[[], AbstractContextManager[Books]], backup: Callable[[], Callable[[], None]]
) -> Side:
    keys = Keys(clock.now())
    return Side(code, HashPen(code, keys, random.Random(code)), HashGate(code, keys), act, backup)


def memory(code: str) -> Side:
    books = MemoryBooks()

    @contextmanager
    def act() -> Iterator[Books]:
        with books.savepoint():
            yield books

    def backup() -> Callable[[], None]:
        kept = books.tables.copy()

        def restore() -> None:
            books.tables = kept.copy()

        return restore

    return side(code, act, backup)


