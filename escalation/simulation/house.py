"""One tenant of the simulation: its books and bureau, which a crash rolls back and a restore sets back."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from escalation.protocol import forks, healing, receiving, sending
from escalation.protocol.memory import MemoryBooks, Tables
from escalation.simulation.bureau import ABOVE, BELOW, Bureau
from escalation.simulation.signing import HashGate, HashPen, Keys
from escalation.wire import kinds
from escalation.wire.reasons import Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from random import Random

    from escalation.protocol.reply import Reply
    from escalation.protocol.rows import Outgoing


class Crash(Exception):
    """The process died here."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup of the database holds."""

    tables: Tables
    bureau: Bureau


class House:
    """A tenant; `parent` is the code of the one above. `life` counts its processes: what a dead one awaited is lost."""

    def __init__(self, code: str, parent: str | None, keys: Keys, random: Random, skew: timedelta) -> None:
        self.code, self.parent, self.random, self.skew = code, parent, random, skew
        self.books, self.bureau = MemoryBooks(), Bureau()
        self.pen, self.gate = HashPen(code, keys, random), HashGate(code, keys)
        self.life = 0
        self.restored = 0
        self.crash_before = self.crash_after = 0.0
        self.count = 0

    @contextmanager
    def act(self) -> Iterator[MemoryBooks]:
        """One transaction; may crash before or after its commit."""
        bureau = self.bureau.copy()
        try:
            with self.books.savepoint():
                yield self.books
                self._perhaps(self.crash_before)
        except BaseException:
            self.bureau = bureau
            raise
        self._perhaps(self.crash_after)

    def backup(self) -> Backup:
        """The committed state."""
        return Backup(self.books.tables.copy(), self.bureau.copy())

    def restore(self, backup: Backup) -> None:
        """Go on from a backup, as after a disaster."""
        self.books.tables, self.bureau = backup.tables.copy(), backup.bureau.copy()
        self.life += 1
        self.restored += 1

    def receive(self, envelope: bytes, now: datetime) -> Reply:
        """Take an envelope; the reply counts once the transaction is committed."""
        self.pen.now = now
        with self.act() as books:
            return receiving.receive(books, self.gate, self.pen, self.bureau, envelope, now)

    def has(self, envelope: bytes) -> bool:
        """Whether the message is in the committed books."""
        event = self.gate.open(envelope)
        return self.books.incoming(event.source, event.id) is not None

    def claim(self, now: datetime) -> list[Outgoing]:
        """What to send now."""
        with self.act() as books:
            return sending.claim(books, now, 5)

    def take(self, row: Outgoing, reply: Reply, now: datetime) -> None:
        """Write down the reply to a message."""
        try:
            with self.act() as books:
                if reply.kind == "receipt":
                    sending.receipted(books, self.gate, row, reply.body, now)
                elif reply.kind == "fork":
                    forks.forked(books, self.gate, self.pen, self.bureau, row, reply.body, now)
                else:
                    sending.failed(books, row, reply.body.decode(), now)
        except Rejected as error:
            with self.act() as books:
                sending.failed(books, row, error.reason, now)

    def unanswered(self, row: Outgoing, now: datetime) -> None:
        """The peer did not answer."""
        with self.act() as books:
            sending.unreachable(books, [row], "timeout", now)

    def ask(self, how: Callable[[MemoryBooks], list[healing.Request]], now: datetime) -> list[healing.Request]:
        """Begin to compare, or to ask for gaps."""
        self.pen.now = now
        with self.act() as books:
            return how(books)

    def answered(self, request: healing.Request, reply: Reply, now: datetime) -> list[healing.Request]:
        """Take the answer of a peer."""
        try:
            with self.act() as books:
                return healing.answered(books, self.gate, self.pen, self.bureau, request, reply, now)
        except Rejected:
            return []

    def open_case(self) -> None:
        """An enterprise brings a case that will have to rise."""
        if self.parent is not None:
            subject = UUID(int=self.random.getrandbits(128), version=4)
            with self.act():
                self.bureau.below[self.parent, subject] = "own"

    def work(self, now: datetime) -> bool:
        """Somebody does the next thing in some case; False where there is nothing to do."""
        self.pen.now = now
        todo = [(line, word, after, True) for line, state in self.bureau.below.items() for word, after in BELOW.get(state, {}).items()]
        todo += [(line, word, after, False) for line, state in self.bureau.above.items() for word, after in ABOVE.get(state, {}).items()]
        if not todo:
            return False
        line, word, after, up = self.random.choice(todo)
        self.count += 1
        uid = f"{self.code}{self.count}"
        with self.act() as books:
            kind = word if "." in word else kinds.STATUS
            sending.emit(books, self.pen, *line, kind, {"uid": uid, "word": word}, now)
            self.bureau.say(line, after, uid, up=up)
        return True

    def _perhaps(self, chance: float) -> None:
        if chance and self.random.random() < chance:
            self.life += 1
            raise Crash
