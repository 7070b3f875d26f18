"""Epochs, quarantine and peers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert

from escalation.ledger import mapping, prepared
from escalation.ledger.tables import BridgeEpoch, BridgeHeld, BridgePeer
from escalation.protocol.rows import Held, Peer
from zhitongche.persistence import current_tenant, db

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime
    from uuid import UUID


_EPOCH: Final = select(func.max(prepared.table_of(BridgeEpoch).c.epoch)).where(
    prepared.table_of(BridgeEpoch).c.tenant_id == prepared.key(prepared.table_of(BridgeEpoch), "tenant_id")
)
_PEER: Final = prepared.chosen(BridgePeer, Peer, "code")
_ENTER: Final = prepared.inserted(BridgePeer).on_conflict_do_nothing()


def enter_peer(code: str) -> None:
    """Write down that there is this peer."""
    prepared.put(_ENTER, mapping.values(Peer(code)))


class Surroundings:
    """The part of the books about everything else."""

    def savepoint(self) -> AbstractContextManager[object]:
        return db.session.begin_nested()

    def epoch(self) -> int:
        row = prepared.first(_EPOCH)
        return row[0] or 0 if row else 0

    def take_epoch(self, epoch: int, why: str, now: datetime) -> None:
        row = insert(BridgeEpoch).values(tenant_id=current_tenant(), epoch=epoch, why=why, taken_at=now)
        # Two at the same millisecond, in a database that just began, mean the same.
        db.session.execute(row.on_conflict_do_nothing())

    def hold(self, held: Held) -> None:
        again = mapping.inserted(BridgeHeld, held).on_conflict_do_update(
            index_elements=["tenant_id", "peer", "reason", "digest"],
            index_where=text("released_at is null"),
            set_={"times": BridgeHeld.times + 1},
        )
        db.session.execute(again)

    def held(self, held: UUID) -> Held | None:
        return mapping.first_of(Held, mapping.chosen(BridgeHeld, Held, BridgeHeld.id == held).with_for_update())

    def open_held(self, limit: int) -> Sequence[Held]:
        query = mapping.chosen(BridgeHeld, Held, BridgeHeld.released_at.is_(None))
        return mapping.all_of(Held, query.order_by(BridgeHeld.at).limit(limit))

    def release(self, held: Held) -> None:
        mapping.change(BridgeHeld, held, ("released_at", "released_by"), BridgeHeld.id == held.id)

    def peer(self, code: str) -> Peer:
        # Not locked: every receipt asks for it, and an update that is lost here is made good by the next contact.
        row = prepared.first(_PEER, code=code)
        return Peer(*row) if row else Peer(code)

    def change_peer(self, peer: Peer) -> None:
        written = mapping.values(peer)
        row = insert(BridgePeer).values(tenant_id=current_tenant(), **written)
        db.session.execute(row.on_conflict_do_update(index_elements=["tenant_id", "code"], set_=written))
