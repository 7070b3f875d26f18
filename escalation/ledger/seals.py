"""The books of seals: ours with what they cover, and those of neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import Subquery, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from escalation.ledger.seal_tables import BridgeKeptSeal, BridgeSeal, BridgeSealSpan
from escalation.wire import merkle
from escalation.wire.seals import FIRST, Seal
from zhitongche import journal
from zhitongche.persistence import current_tenant, db

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from zhitongche.journal import Stretch

# The advisory lock (two ints) under which a tenant seals: two workers must not seal the same entries.
_SEALING: Final = 0x5EA1
MOST: Final = 5000
"""Petitions of one seal; what is left goes into the next."""


def drawn(now: datetime, above: int = 0) -> tuple[Seal, list[Stretch]] | None:
    """The next seal, numbered above `above` too, and what it covers; None where nothing is new. Locked to the end of the transaction."""
    db.session.execute(select(func.pg_advisory_xact_lock(_SEALING, func.hashtext(current_tenant()))))
    new = journal.grown(_known(), MOST)
    if not new:
        return None
    last = latest()
    leaves = [one for stretch in new for one in journal.hashes(stretch)]
    number = max(last.number if last else 0, above) + 1
    return Seal(number, last.digest if last else FIRST, merkle.root(leaves), len(leaves), now), new


def write(seal: Seal, covered: Sequence[Stretch], envelope: bytes) -> None:
    """Keep a seal of ours."""
    last = latest()
    db.session.add(BridgeSeal(
        number=seal.number, digest=seal.digest, previous=seal.previous, root=seal.root, entries=seal.entries,
        since=last.sealed_at if last else None, sealed_at=seal.sealed_at, envelope=envelope, kept_by=[],
    ))  # fmt: skip
    db.session.add_all(
        BridgeSealSpan(
            petition_id=one.petition_id, first=one.first, last=one.last, number=seal.number, head=journal.hashes(one)[-1]
        ) for one in covered
    )  # fmt: skip
    db.session.flush()


def latest() -> BridgeSeal | None:
    """Our last seal."""
    return db.session.scalar(select(BridgeSeal).order_by(BridgeSeal.number.desc()).limit(1))


def unkept(peer: str, limit: int) -> list[BridgeSeal]:
    """Our seals that this neighbour has not taken yet, in order."""
    query = select(BridgeSeal).where(~BridgeSeal.kept_by.contains([peer])).order_by(BridgeSeal.number).limit(limit)
    return list(db.session.scalars(query))


def forget_unkept(up_to: int) -> None:
    """Undo seals up to this number that nobody has taken: their entries are sealed anew."""
    loose = select(BridgeSeal.number).where(BridgeSeal.number <= up_to, BridgeSeal.kept_by == [])
    numbers = list(db.session.scalars(loose))
    db.session.execute(delete(BridgeSealSpan).where(BridgeSealSpan.number.in_(numbers)))
    db.session.execute(delete(BridgeSeal).where(BridgeSeal.number.in_(numbers)))


def keep(peer: str, seal: Seal, envelope: bytes, now: datetime) -> bool:
    """Keep a neighbour's seal; False where another one of this number is kept, which stays."""
    row = insert(BridgeKeptSeal).values(
        tenant_id=current_tenant(), peer=peer, number=seal.number, digest=seal.digest, envelope=envelope, received_at=now
    )
    db.session.execute(row.on_conflict_do_nothing())
    known = select(BridgeKeptSeal.digest).where(BridgeKeptSeal.peer == peer, BridgeKeptSeal.number == seal.number)
    return db.session.scalar(known) == seal.digest


def highest_kept(peer: str) -> int:
    """The number of the neighbour's last seal that we keep; 0 where there is none."""
    return db.session.scalar(select(func.max(BridgeKeptSeal.number)).where(BridgeKeptSeal.peer == peer)) or 0


def kept_after(peer: str, number: int, limit: int) -> list[bytes]:
    """The neighbour's seals behind a number, as they came."""
    query = select(BridgeKeptSeal.envelope).where(BridgeKeptSeal.peer == peer, BridgeKeptSeal.number > number)
    return list(db.session.scalars(query.order_by(BridgeKeptSeal.number).limit(limit)))


def _known() -> Subquery:
    span = BridgeSealSpan
    return select(span.tenant_id, span.petition_id, func.max(span.last).label("last")).group_by(span.tenant_id, span.petition_id).subquery()
