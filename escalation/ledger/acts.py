"""What people decided at the bridge's desk: written once, read by whoever asks who did it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from escalation.ledger.tables import BridgeAct
from zhitongche.kernel import clock
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import db

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID


def write(deed: str, *, by: str, reason: str, peer: str = "", about: object = "", person_id: UUID | None = None) -> None:
    """Write down who did what to what, and why."""
    db.session.add(
        BridgeAct(id=new_id(), at=clock.now(), person_id=person_id, name=by, deed=deed, peer=peer, about=str(about), reason=reason)
    )
    db.session.flush()


def latest(limit: int = 20) -> Sequence[BridgeAct]:
    """What was decided last, the newest first."""
    return db.session.scalars(select(BridgeAct).order_by(BridgeAct.id.desc()).limit(limit)).all()


def of(about: object) -> Sequence[BridgeAct]:
    """Everything that was decided about this, the newest first."""
    return db.session.scalars(select(BridgeAct).where(BridgeAct.about == str(about)).order_by(BridgeAct.id.desc())).all()
