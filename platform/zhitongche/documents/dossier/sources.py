"""What rooms above this one put into a dossier: they are asked, never imported."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final
from uuid import UUID

from zhitongche.documents.dossier.contents import Message

MESSAGES: Final[list[Callable[[UUID], Sequence[Message]]]] = []
"""Who knows the messages about a petition; filled when the application is composed."""

EVIDENCE: Final[list[Callable[[UUID, bool], Mapping[str, bytes]]]] = []
"""Who carried the petition between levels and can prove it."""


def evidence_from(source: Callable[[UUID, bool], Mapping[str, bytes]]) -> None:
    """Have the evidence of a petition's way between levels asked from there: files by name; the same source counts once.

    It is asked whether the dossier is masked: what is signed cannot be masked, and must then be left out.
    """
    if source not in EVIDENCE:
        EVIDENCE.append(source)


def evidence(petition_id: UUID, *, masked: bool) -> dict[str, bytes]:
    """The files of the bag's `bridge/`; none for a petition that stayed on its level."""
    return {name: content for source in EVIDENCE for name, content in source(petition_id, masked).items()}


def messages_from(source: Callable[[UUID], Sequence[Message]]) -> None:
    """Have the messages about a petition asked from there; the same source counts once."""
    if source not in MESSAGES:
        MESSAGES.append(source)


def messages(petition_id: UUID) -> list[Message]:
    """Every message about the petition, the oldest first."""
    return sorted((one for source in MESSAGES for one in source(petition_id)), key=lambda one: one.at)
