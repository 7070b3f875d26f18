"""Messages of ours: claimed with SKIP LOCKED and a lease, like promises of the outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import exists, or_, select, tuple_, update
from sqlalchemy.orm import aliased

from escalation.ledger import mapping, prepared, waking
from escalation.ledger.tables import BridgeOutgoing, BridgePeer
from escalation.protocol.rows import Outgoing, Peer
from zhitongche.persistence import current_tenant, db

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement, ColumnExpressionArgument

_CHANGING: Final = (
    "due_at", "pending", "tries", "lease_until", "last_error", "receipt", "receipted_at", "receipts", "reissued_as",
)  # fmt: skip
_ADD: Final = prepared.inserted(BridgeOutgoing)
_CHANGE: Final = prepared.changed(BridgeOutgoing, _CHANGING, "id")
_LOCK: Final = prepared.chosen(BridgeOutgoing, Outgoing, "id").with_for_update()


class Departures:
    """The part of the books about what goes out."""

    def add_outgoing(self, row: Outgoing) -> None:
        prepared.put(_ADD, mapping.values(row))
        waking.on_emit()

    def change_outgoing(self, row: Outgoing) -> None:
        prepared.change(_CHANGE, mapping.values(row, _CHANGING), id=row.id)

    def outgoing(self, message: UUID) -> Outgoing | None:
        row = prepared.first(_LOCK, id=message)
        return None if row is None else Outgoing(*row)

    def outgoing_between(self, peer: str, subject: UUID, epoch: int, first: int, last: int) -> Sequence[Outgoing]:
        numbered = BridgeOutgoing.epoch == epoch, BridgeOutgoing.sequence.between(first, last)
        return _of_stream(peer, subject, *numbered, BridgeOutgoing.reissued_as.is_(None))

    def pending(self, peer: str, subject: UUID) -> Sequence[Outgoing]:
        return _of_stream(peer, subject, BridgeOutgoing.pending)

    def due_peers(self, now: datetime) -> Sequence[Peer]:
        answering = or_(BridgePeer.paused_until.is_(None), BridgePeer.paused_until <= now)
        waits = exists().where(BridgeOutgoing.tenant_id == current_tenant(), BridgeOutgoing.peer == BridgePeer.code, *_due(now))
        return mapping.all_of(Peer, mapping.chosen(BridgePeer, Peer, answering, waits).order_by(BridgePeer.code))

    def claim(self, peer: str, now: datetime, until: datetime, limit: int) -> Sequence[Outgoing]:
        due = (
            select(BridgeOutgoing.id)
            .where(BridgeOutgoing.peer == peer, *_due(now), ~_has_earlier())
            .order_by(BridgeOutgoing.due_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .cte("due")
        )
        taken = (
            update(BridgeOutgoing)
            .where(BridgeOutgoing.tenant_id == current_tenant(), BridgeOutgoing.id == due.c.id)
            .values(lease_until=until, tries=BridgeOutgoing.tries + 1)
            .returning(*mapping.columns(BridgeOutgoing, Outgoing))
            .execution_options(synchronize_session=False)
        )
        return sorted((Outgoing(*row) for row in db.session.execute(taken)), key=lambda row: row.due_at)


def _due(now: datetime) -> tuple[ColumnExpressionArgument[bool], ...]:
    # "pending", not "pending is true": PostgreSQL finds its partial indexes by the former only.
    free = or_(BridgeOutgoing.lease_until.is_(None), BridgeOutgoing.lease_until <= now)
    return BridgeOutgoing.pending, BridgeOutgoing.due_at <= now, free


def _has_earlier() -> ColumnElement[bool]:
    earlier = aliased(BridgeOutgoing)
    before = tuple_(earlier.epoch, earlier.sequence) < tuple_(BridgeOutgoing.epoch, BridgeOutgoing.sequence)
    return exists().where(
        earlier.tenant_id == BridgeOutgoing.tenant_id, earlier.peer == BridgeOutgoing.peer,
        earlier.subject == BridgeOutgoing.subject, earlier.pending, before,
    )  # fmt: skip


def _of_stream(peer: str, subject: UUID, *where: ColumnExpressionArgument[bool]) -> list[Outgoing]:
    query = mapping.chosen(BridgeOutgoing, Outgoing, BridgeOutgoing.peer == peer, BridgeOutgoing.subject == subject, *where)
    return mapping.all_of(Outgoing, query.order_by(BridgeOutgoing.epoch, BridgeOutgoing.sequence).with_for_update())
