"""Single messages, and what is in quarantine, as people look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, exists, func, or_, select

from escalation.ledger.standing import OPEN
from escalation.ledger.tables import BridgeHeld, BridgeIncoming, BridgeOutgoing
from escalation.ledger.views import Kept, Received, Sent
from zhitongche.persistence import db

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Select

_S, _R, _H = BridgeOutgoing, BridgeIncoming, BridgeHeld
_SENT: Final = (
    _S.id, _S.peer, _S.subject, _S.type, _S.epoch, _S.sequence, _S.digest, func.length(_S.envelope), _S.emitted_at, _S.due_at,
    _S.pending, _S.tries, _S.last_error, _S.receipted_at, _S.reissued_as,
)  # fmt: skip
_RECEIVED: Final = (
    _R.id, _R.peer, _R.subject, _R.type, _R.epoch, _R.sequence, _R.digest, func.length(_R.envelope), _R.received_at, _R.place, _R.applied_at,
    exists().where(_H.tenant_id == _R.tenant_id, _H.peer == _R.peer, _H.message == _R.id, _H.released_at.is_(None)),
)  # fmt: skip
_KEPT: Final = (
    _H.id, _H.peer, _H.reason, _H.detail, _H.digest, func.length(_H.content), _H.at, _H.message, _H.times, _H.released_at, _H.released_by,
    _R.type, _R.subject, _R.place,
)  # fmt: skip


def waiting(peer: str, after: UUID | None, limit: int) -> list[Sent]:
    """What the peer has not confirmed, the oldest first, from behind `after` on."""
    behind = (BridgeOutgoing.id > after,) if after else ()
    query = select(*_SENT).where(BridgeOutgoing.peer == peer, or_(OPEN, BridgeOutgoing.pending), *behind)
    return [Sent(*row) for row in db.session.execute(query.order_by(BridgeOutgoing.id).limit(limit))]


def sent(peer: str, before: UUID | None, limit: int) -> list[Sent]:
    """Everything that went to the peer, the newest first."""
    query = select(*_SENT).where(BridgeOutgoing.peer == peer, *((BridgeOutgoing.id < before,) if before else ()))
    return [Sent(*row) for row in db.session.execute(query.order_by(BridgeOutgoing.id.desc()).limit(limit))]


def received(peer: str, before: UUID | None, limit: int) -> list[Received]:
    """Everything that came from the peer, the newest first."""
    query = select(*_RECEIVED).where(BridgeIncoming.peer == peer, *((BridgeIncoming.id < before,) if before else ()))
    return [Received(*row) for row in db.session.execute(query.order_by(BridgeIncoming.id.desc()).limit(limit))]


def message(peer: str, message_id: UUID) -> Sent | Received | None:
    """One message to or from the peer."""
    out = db.session.execute(select(*_SENT).where(BridgeOutgoing.peer == peer, BridgeOutgoing.id == message_id)).first()
    if out is not None:
        return Sent(*out)
    row = db.session.execute(select(*_RECEIVED).where(BridgeIncoming.peer == peer, BridgeIncoming.id == message_id)).first()
    return Received(*row) if row else None


def evidence(row: Sent | Received) -> tuple[bytes, bytes | None]:
    """The envelope, and the receipt where there is one."""
    if isinstance(row, Sent):
        query = select(BridgeOutgoing.envelope, BridgeOutgoing.receipt).where(BridgeOutgoing.id == row.id)
    else:
        query = select(BridgeIncoming.envelope, BridgeIncoming.receipt).where(BridgeIncoming.peer == row.peer, BridgeIncoming.id == row.id)
    envelope, receipt = db.session.execute(query).one()
    return envelope, receipt


def kept(*, done: bool = False, before: UUID | None = None, limit: int = 50) -> list[Kept]:
    """What is in quarantine, or was and is settled; the newest first."""
    settled = BridgeHeld.released_at.is_not(None) if done else BridgeHeld.released_at.is_(None)
    query = _kept().where(settled, *((BridgeHeld.id < before,) if before else ()))
    return [Kept(*row) for row in db.session.execute(query.order_by(BridgeHeld.id.desc()).limit(limit))]


def one_kept(held_id: UUID) -> Kept | None:
    """One thing in quarantine."""
    row = db.session.execute(_kept().where(BridgeHeld.id == held_id)).first()
    return Kept(*row) if row else None


def _kept() -> Select[Any]:
    same = and_(BridgeIncoming.tenant_id == BridgeHeld.tenant_id, BridgeIncoming.peer == BridgeHeld.peer, BridgeIncoming.id == BridgeHeld.message)
    return select(*_KEPT).select_from(BridgeHeld).outerjoin(BridgeIncoming, same)
