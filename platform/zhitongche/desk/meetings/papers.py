"""The papers of a meeting, for those who may open them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche import documents
from zhitongche.desk import guard
from zhitongche.documents import About
from zhitongche.meetings.permissions import READERS

if TYPE_CHECKING:
    from uuid import UUID

    from zhitongche.documents.queries import PaperLine


def of(meeting_id: UUID, *kinds: str) -> list[PaperLine]:
    """All of them, or those of these kinds; nothing for a unit's handlers, who get theirs by notice."""
    if not guard.actor().roles & READERS:
        return []
    return [one for one in documents.papers_about(About.meeting(meeting_id)) if not kinds or one.kind in kinds]
