"""What rooms above this one put into a dossier: they are asked, never imported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final
from uuid import UUID

from zhitongche.documents.dossier.contents import Message

MESSAGES: Final[list[Callable[[UUID], Sequence[Message]]]] = []
"""Who knows the messages about a petition; filled when the application is composed."""


def messages_from(source: Callable[[UUID], Sequence[Message]]) -> None:
    """Have the messages about a petition asked from there; the same source counts once."""
    if source not in MESSAGES:
        MESSAGES.append(source)


def messages(petition_id: UUID) -> list[Message]:
    """Every message about the petition, the oldest first."""
    return sorted((one for source in MESSAGES for one in source(petition_id)), key=lambda one: one.at)
