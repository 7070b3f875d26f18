"""What has been added to the journal since somebody last looked, and the hashes of it: for whoever seals them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select

from zhitongche.journal.tables import DossierKey, JournalEntry
from zhitongche.persistence import db

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Subquery


@dataclass(frozen=True, slots=True)
class Stretch:
    """Entries `first` to `last` of a petition, both included."""

    petition_id: UUID
    first: int
    last: int


def grown(known: Subquery, limit: int, after: UUID | None = None) -> list[Stretch]:
    """Entries beyond those that `known` (tenant_id, petition_id, last) names, by petition; up to `limit` petitions, those `after` one.

    A petition's entries are appended under a lock and counted without gaps, so what is seen of it is all there is up to
    there: an entry that is still being committed can be missed, never passed over.
    """
    last: Any = func.coalesce(known.c.last, 0)
    same = and_(known.c.tenant_id == DossierKey.tenant_id, known.c.petition_id == DossierKey.petition_id)
    query = select(DossierKey.petition_id, last + 1, DossierKey.tail_seq).outerjoin(known, same).where(DossierKey.tail_seq > last)
    if after is not None:
        query = query.where(DossierKey.petition_id > after)
    return [Stretch(*row) for row in db.session.execute(query.order_by(DossierKey.petition_id).limit(limit))]


def others(petition_id: UUID | None) -> bool:
    """Whether anything is journalled of another petition than this."""
    query = select(DossierKey.petition_id).where(DossierKey.petition_id.is_distinct_from(petition_id)).limit(1)
    return db.session.scalar(query) is not None


def hold(petition_id: UUID) -> None:
    """Lock the petition's chain until the transaction ends: nothing is appended meanwhile."""
    db.session.execute(select(DossierKey.tail_seq).where(DossierKey.petition_id == petition_id).with_for_update())


def hashes(one: Stretch) -> list[bytes]:
    """The stored hashes of a stretch, in order; fewer where entries are missing."""
    within = JournalEntry.seq.between(one.first, one.last)
    query = select(JournalEntry.hash).where(JournalEntry.petition_id == one.petition_id, within).order_by(JournalEntry.seq)
    return list(db.session.scalars(query))
