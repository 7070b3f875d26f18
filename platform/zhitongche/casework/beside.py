"""Entries beside the flow by rooms above: on the petition's record, moving no stage and no clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhitongche import journal
from zhitongche.casework import words
from zhitongche.casework.case import load

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from zhitongche.journal import Actor, Entry


def note(petition_id: UUID, action: str, actor: Actor, clause: str, body: Mapping[str, Any]) -> Entry:
    """Journal one of the actions that `words.BESIDE` names. Raises NotFound, Conflict where the dossier was erased."""
    petition = load(petition_id, lock=True)
    told = {"name": words.BESIDE[action], **body}
    stage = petition.stage
    return journal.append(petition.id, action=action, actor=actor, clause=clause, from_stage=stage, to_stage=stage, body=told)
