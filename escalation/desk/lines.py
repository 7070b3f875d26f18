"""How it stands with every neighbour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from escalation.desk import partners
from escalation.ledger import standing
from escalation.ledger.views import Queue
from escalation.protocol.rows import Peer
from zhitongche.kernel import clock


@dataclass(frozen=True, slots=True)
class Line:
    """How it stands with one neighbour."""

    code: str
    name: str
    direction: str
    queue: Queue
    receipts: int
    peer: Peer

    @property
    def paused(self) -> bool:
        """Whether nothing is sent to it now."""
        return self.peer.paused_until is not None and self.peer.paused_until > clock.now()


def all_lines() -> list[Line]:
    """Every neighbour, the tenant above first."""
    queues, counts, peers = standing.queues(), standing.receipts(_today()), standing.peers()
    return [
        Line(code, partners.name_of(code), partners.direction(code), queues.get(code, Queue()), counts.get(code, 0), peers.get(code, Peer(code)))
        for code in partners.partners()
    ]


def _today() -> datetime:
    return clock.utc(datetime.combine(clock.today(), time(), clock.CHINA))
