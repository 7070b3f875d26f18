"""Messages of peers, and the receipts given for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, or_

from escalation.ledger import mapping, prepared
from escalation.ledger.tables import BridgeIncoming
from escalation.protocol.rows import Incoming

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select

_CHANGING: Final = ("place", "applied_at")
_ADD: Final = prepared.inserted(BridgeIncoming)
_CHANGE: Final = prepared.changed(BridgeIncoming, _CHANGING, "peer", "id")
_OF_PEER: Final = prepared.chosen(BridgeIncoming, Incoming, "peer")


def _arrived() -> Select[Any]:
    table = prepared.table_of(BridgeIncoming)
    same_id, *same_number = (table.c[name] == prepared.key(table, name) for name in ("id", "subject", "epoch", "sequence"))
    return _OF_PEER.where(or_(same_id, and_(*same_number)))


_ARRIVED: Final = _arrived()


class Arrivals:
    """The part of the books about what comes in."""

    def add_incoming(self, row: Incoming) -> None:
        prepared.put(_ADD, mapping.values(row))

    def change_incoming(self, row: Incoming) -> None:
        prepared.change(_CHANGE, mapping.values(row, _CHANGING), peer=row.peer, id=row.id)

    def incoming(self, peer: str, message: UUID) -> Incoming | None:
        return mapping.first_of(Incoming, _chosen(BridgeIncoming.peer == peer, BridgeIncoming.id == message))

    def arrived(self, peer: str, message: UUID, subject: UUID, epoch: int, sequence: int) -> Sequence[Incoming]:
        found = prepared.rows(_ARRIVED, peer=peer, id=message, subject=subject, epoch=epoch, sequence=sequence)
        return [Incoming(*row) for row in found]

    def incoming_at(self, peer: str, subject: UUID, epoch: int, sequence: int) -> Incoming | None:
        return mapping.first_of(Incoming, _chosen(BridgeIncoming.peer == peer, _numbered(subject, epoch, sequence)))

    def waiting(self, peer: str, subject: UUID) -> Sequence[Incoming]:
        query = _chosen(*_of(peer, subject), BridgeIncoming.place.is_(None))
        return mapping.all_of(Incoming, query.order_by(BridgeIncoming.epoch, BridgeIncoming.sequence))

    def unapplied(self, peer: str, subject: UUID, limit: int) -> Sequence[Incoming]:
        query = _chosen(*_of(peer, subject), BridgeIncoming.place > 0, BridgeIncoming.applied_at.is_(None))
        return mapping.all_of(Incoming, query.order_by(BridgeIncoming.place).limit(limit))


def _chosen(*where: ColumnElement[bool]) -> Select[Any]:
    return mapping.chosen(BridgeIncoming, Incoming, *where)


def _of(peer: str, subject: UUID) -> tuple[ColumnElement[bool], ...]:
    return BridgeIncoming.peer == peer, BridgeIncoming.subject == subject


def _numbered(subject: UUID, epoch: int, sequence: int) -> ColumnElement[bool]:
    return and_(BridgeIncoming.subject == subject, BridgeIncoming.epoch == epoch, BridgeIncoming.sequence == sequence)
