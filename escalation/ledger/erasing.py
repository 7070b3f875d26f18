"""What a withdrawal takes out of the books: the words of stages 1 and 2. Digest, number and receipt stay, and prove that they came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from escalation.ledger.tables import BridgeIncoming
from escalation.wire import kinds
from zhitongche.persistence import db

if TYPE_CHECKING:
    from uuid import UUID

ERASED = frozenset({kinds.DETAILS, kinds.SUPPLEMENT, kinds.OFFER})
GONE = b""
"""What stands in the place of an erased envelope."""


def erase(peer: str, subject: UUID) -> None:
    """Take the contents of the case's applied messages away, in the caller's transaction."""
    theirs = (BridgeIncoming.peer == peer, BridgeIncoming.subject == subject, BridgeIncoming.type.in_(ERASED))
    gone = update(BridgeIncoming).where(*theirs, BridgeIncoming.applied_at.is_not(None)).values(envelope=GONE)
    db.session.execute(gone.execution_options(synchronize_session=False))
