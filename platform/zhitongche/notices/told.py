"""What was told about a petition, to whom and how it went, for its dossier (ST-3.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from zhitongche.documents.dossier.contents import Message
from zhitongche.notices import words
from zhitongche.notices.tables import Notice
from zhitongche.persistence import db

if TYPE_CHECKING:
    from uuid import UUID


def about(petition_id: UUID) -> list[Message]:
    """Every notice about the petition, the oldest first."""
    rows = db.session.scalars(select(Notice).where(Notice.petition_id == petition_id).order_by(Notice.created_at, Notice.id))
    return [
        Message(row.created_at, words.CHANNELS[row.channel], row.name, row.mobile or "", row.text, words.STATES[row.state], row.sent_at)
        for row in rows
    ]
