"""How it stands with every peer, counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, func, or_, select

from escalation.ledger import mapping
from escalation.ledger.tables import BridgeEpoch, BridgeHeld, BridgeOutgoing, BridgePeer, BridgeStream
from escalation.ledger.views import Queue
from escalation.protocol.rows import Peer
from zhitongche.persistence import db

if TYPE_CHECKING:
    from datetime import datetime

OPEN: Final = and_(BridgeOutgoing.receipted_at.is_(None), BridgeOutgoing.reissued_as.is_(None))
"""Without a receipt, and not sent anew under another id."""


def queues() -> dict[str, Queue]:
    """What waits, by peer."""
    again = and_(BridgeOutgoing.pending, BridgeOutgoing.receipted_at.is_not(None))
    query = (
        select(
            BridgeOutgoing.peer, func.count().filter(OPEN, BridgeOutgoing.tries == 0), func.count().filter(OPEN, BridgeOutgoing.tries > 0),
            func.count().filter(again), func.min(BridgeOutgoing.emitted_at).filter(OPEN), func.max(BridgeOutgoing.tries).filter(OPEN),
            func.min(BridgeOutgoing.due_at).filter(BridgeOutgoing.pending),
        )
        .where(or_(OPEN, again))
        .group_by(BridgeOutgoing.peer)
    )  # fmt: skip
    return {row[0]: Queue(row[1], row[2], row[3], row[4], row[5] or 0, row[6]) for row in db.session.execute(query)}


def receipts(since: datetime) -> dict[str, int]:
    """How many messages got their receipt since then, by peer."""
    query = select(BridgeOutgoing.peer, func.count()).where(BridgeOutgoing.receipted_at >= since).group_by(BridgeOutgoing.peer)
    return dict(db.session.execute(query).all())


def peers() -> dict[str, Peer]:
    """How it stands with everyone we ever wrote to or heard of."""
    found = mapping.all_of(Peer, mapping.chosen(BridgePeer, Peer).order_by(BridgePeer.code))
    return {peer.code: peer for peer in found}


def gaps(before: datetime) -> int:
    """Streams in which a message has been missing since before then."""
    return db.session.scalar(select(func.count()).select_from(BridgeStream).where(BridgeStream.gap_at < before)) or 0


def epoch() -> tuple[int, str, datetime] | None:
    """The present epoch, why it was taken and when."""
    query = select(BridgeEpoch.epoch, BridgeEpoch.why, BridgeEpoch.taken_at).order_by(BridgeEpoch.epoch.desc()).limit(1)
    row = db.session.execute(query).first()
    return (row[0], row[1], row[2]) if row else None


def kept_count() -> int:
    """How much is in quarantine."""
    return db.session.scalar(select(func.count()).select_from(BridgeHeld).where(BridgeHeld.released_at.is_(None))) or 0


def refused_count() -> int:
    """How much of it was never let in."""
    query = select(func.count()).select_from(BridgeHeld).where(BridgeHeld.released_at.is_(None), BridgeHeld.message.is_(None))
    return db.session.scalar(query) or 0
