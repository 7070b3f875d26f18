"""Likely duplicates 重复件: open petitions of the same enterprise with similar words (ST-2.c)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import select

from zhitongche.casework import access
from zhitongche.casework.tables import Petition
from zhitongche.identity.tables import Unit
from zhitongche.kernel import text
from zhitongche.persistence import db

if TYPE_CHECKING:
    from zhitongche.flow.facts import Actor

LIKELY: Final = 0.5
"""From this similarity on an officer is warned; different matters of one enterprise stay well below."""
NEWEST: Final = 50


@dataclass(frozen=True, slots=True)
class Likeness:
    """An open petition of the same enterprise, and how alike its words are, 0 to 1."""

    petition_id: UUID
    number: str
    title: str
    content: str
    stage: str
    pack_version: str
    received_at: datetime
    unit: str | None
    similarity: float

    @property
    def likely(self) -> bool:
        """Alike enough to warn."""
        return self.similarity >= LIKELY

    @property
    def words(self) -> str:
        """Title and content as one text, as it is compared."""
        return f"{self.title}\n{self.content}"


def of(petition: Petition, actor: Actor) -> list[Likeness]:
    """The enterprise's other open petitions that the actor may read, the most alike first."""
    return like(petition.enterprise_id, petition.title, petition.content, actor, but=petition.id)


def like(enterprise_id: UUID, title: str, content: str, actor: Actor, *, but: UUID | None = None) -> list[Likeness]:
    """Open petitions of an enterprise compared with words not yet registered, the most alike first."""
    query = (
        select(Petition.id, Petition.number, Petition.title, Petition.content, Petition.stage, Petition.pack_version,
               Petition.received_at, Unit.short)
        .outerjoin(Unit, (Unit.tenant_id == Petition.tenant_id) & (Unit.id == Petition.lead_unit_id))
        .where(Petition.enterprise_id == enterprise_id, Petition.outcome.is_(None), access.readable(actor))
        .order_by(Petition.id.desc())
    )  # fmt: skip
    if but is not None:
        query = query.where(Petition.id != but)
    words = f"{title} {content}"
    rows = db.session.execute(query.limit(NEWEST))
    found = [Likeness(*row, similarity=text.similarity(words, f"{row[2]} {row[3]}")) for row in rows]
    return sorted(found, key=lambda one: one.similarity, reverse=True)
