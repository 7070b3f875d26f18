"""What the watchdog asks of the books."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from escalation.ledger.standing import OPEN
from escalation.ledger.tables import BridgeHeld, BridgeOutgoing
from zhitongche.persistence import db

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Unreceipted:
    """How many messages have no receipt, and to whom the oldest went."""

    count: int
    peer: str


def unreceipted(before: datetime) -> Unreceipted:
    """Messages emitted before the moment (UTC) that have no receipt yet."""
    late = (OPEN, BridgeOutgoing.emitted_at < before)
    oldest = db.session.scalar(select(BridgeOutgoing.peer).where(*late).order_by(BridgeOutgoing.emitted_at).limit(1))
    count = db.session.scalar(select(func.count()).select_from(BridgeOutgoing).where(*late)) if oldest else 0
    return Unreceipted(count or 0, oldest or "")


def standing_still() -> int:
    """Messages that came in rightly and wait for a person."""
    query = select(func.count()).select_from(BridgeHeld).where(BridgeHeld.released_at.is_(None), BridgeHeld.message.is_not(None))
    return db.session.scalar(query) or 0
