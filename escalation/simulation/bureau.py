"""The application of the simulation: cases that rise, are taken, decided, returned, withdrawn; and what was said and heard."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from escalation.wire import kinds

if TYPE_CHECKING:
    from uuid import UUID

    from escalation.wire.event import Event

Line = tuple[str, "UUID"]
"""A peer and a subject."""

BELOW: Final = {
    "own": {kinds.ESCALATE: "sent"},
    "sent": {kinds.SUPPLEMENT: "sent", kinds.WITHDRAW: "withdrawn"},
    "taken": {kinds.SUPPLEMENT: "taken", kinds.WITHDRAW: "withdrawn"},
}
"""State of a case below → what people may send up, and the state after it."""
ABOVE: Final = {
    "arrived": {"taken": "taken", kinds.RETURN: "returned"},
    "taken": {"progress": "taken", "decided": "decided"},
}
"""State of a case above → what people may send down."""
HEARD_BELOW: Final = {"taken": "taken", "decided": "decided", kinds.RETURN: "back"}
HEARD_ABOVE: Final = {kinds.ESCALATE: "arrived", kinds.WITHDRAW: "withdrawn"}
WAITING: Final = frozenset({"sent", "taken", "decided"})
"""States below in which it is heard what happens above: who lost that the case went up keeps it."""
HAS_IT: Final = frozenset({"arrived", "taken", "decided"})
"""States above in which the level above has the case."""
GIVEN_UP: Final = frozenset({"taken", "decided"})
"""States below in which the level below takes it that the level above has it."""


@dataclass(slots=True)
class Bureau:
    """`protocol.books.App`; values never change, so that copies of the dictionaries are a backup."""

    below: dict[Line, str] = field(default_factory=dict)
    above: dict[Line, str] = field(default_factory=dict)
    said: dict[Line, tuple[str, ...]] = field(default_factory=dict)
    heard: dict[Line, tuple[tuple[UUID, str], ...]] = field(default_factory=dict)

    def copy(self) -> Bureau:
        """The same state in dictionaries of its own."""
        return Bureau(dict(self.below), dict(self.above), dict(self.said), dict(self.heard))

    def apply(self, peer: str, event: Event) -> None:
        """Note it, and move the case on where it can still be moved."""
        line = (peer, event.subject)
        self.heard[line] = (*self.heard.get(line, ()), (event.id, event.data["uid"]))
        word = event.data["word"]
        if event.type in kinds.UP:
            if word == kinds.WITHDRAW or line not in self.above:
                self.above[line] = HEARD_ABOVE.get(word, "arrived")
        elif self.below.get(line) in WAITING:
            self.below[line] = HEARD_BELOW.get(word, self.below[line])

    def control(self, peer: str, event: Event, envelope: bytes) -> bytes:
        """There is none in the simulation."""
        raise NotImplementedError(f"{peer} {event.type}")

    def recovered(self, peer: str, event: Event) -> None:
        """What was withdrawn above stays withdrawn, and nobody below may wait for it; acts else are done over again."""
        if event.data["word"] == kinds.WITHDRAW:
            self.below[peer, event.subject] = "withdrawn"

    def say(self, line: Line, state: str, uid: str, *, up: bool) -> None:
        """Note what is sent, and the state of the case after it."""
        (self.below if up else self.above)[line] = state
        self.said[line] = (*self.said.get(line, ()), uid)
