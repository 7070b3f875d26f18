"""The application of a tenant as the protocol sees it: its cases, the seals of its neighbours, the figures of those below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from escalation.carriage import words
from escalation.cases import figures
from escalation.cases.doing import Cases
from escalation.ledger import seals
from escalation.ledger.books import SqlBooks
from escalation.protocol import quarantine
from escalation.wire import kinds
from escalation.wire.seals import read
from zhitongche.kernel import clock

if TYPE_CHECKING:
    from escalation.wire.event import Event

TAKEN: Final = b"taken"
OLD: Final = b"old"


@dataclass(frozen=True, slots=True)
class Application(Cases):
    """Cases, seals, figures."""

    @override
    def control(self, peer: str, event: Event, envelope: bytes) -> bytes:
        """Keep figures, or a neighbour's seal; answers whether it is the one of its number that is kept, and the highest number kept."""
        if event.type == kinds.FIGURES:
            return TAKEN if figures.take(peer, event.data) else OLD
        now = clock.now()
        same = seals.keep(peer, read(event.data), envelope, now)
        if not same:
            quarantine.put(SqlBooks(), peer, words.OTHER_SEAL, envelope, now, str(event.data["number"]))
        return f"{'kept' if same else 'other'} {seals.highest_kept(peer)}".encode()
