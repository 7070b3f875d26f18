"""The messages of a case, for its page: what was sent and received, with what receipt; never their contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from escalation.ledger.tables import BridgeIncoming, BridgeOutgoing, BridgePeer
from escalation.wire import kinds
from zhitongche.casework.queries.carried import Carried
from zhitongche.persistence import db

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID


def messages_of(bridge_ids: Sequence[UUID]) -> Iterator[Carried]:
    """What the tenant in scope sent and received about these cases."""
    # By peer too: so do the indexes begin, and without it all that the tenant ever sent would be walked.
    peers = db.session.scalars(select(BridgePeer.code)).all()
    sent, got = BridgeOutgoing, BridgeIncoming
    ours = select(sent.id, sent.type, sent.digest, sent.emitted_at, sent.receipted_at).where(
        sent.peer.in_(peers), sent.subject.in_(bridge_ids), sent.reissued_as.is_(None)
    )
    for message, kind, digest, at, receipted_at in db.session.execute(ours):
        yield Carried(message, _named(kind), True, digest.hex(), at, receipted_at)
    theirs = select(got.id, got.type, got.digest, got.received_at).where(got.peer.in_(peers), got.subject.in_(bridge_ids))
    for message, kind, digest, at in db.session.execute(theirs):
        yield Carried(message, _named(kind), False, digest.hex(), at, at)


def _named(kind: str) -> str:
    return kinds.TYPES.get(kind, kind)
