"""A case that leaves the system is on its record twice: in the journal, and in the log of who read it (ST-5.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhitongche import journal
from zhitongche.casework import access
from zhitongche.casework.case import load
from zhitongche.casework.disclosures import CLAUSE

if TYPE_CHECKING:
    from uuid import UUID

    from zhitongche.flow.facts import Actor

ACTION: Final = "export"
"""The journal's entry beside the flow; it moves no stage."""


def record(petition_id: UUID, actor: Actor, *, what: str, why: str) -> None:
    """Journal that the actor takes out `what`, and why; raises NotFound where he may not read the case."""
    petition = load(petition_id)
    access.require_read(actor, petition)
    told = {"name": what, "why": why}
    journal.append(petition.id, action=ACTION, actor=actor, clause=CLAUSE, from_stage=petition.stage, to_stage=petition.stage, body=told)
    access.opened(actor, petition, f"{what}：{why}")
