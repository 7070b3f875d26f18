"""What was decided on a proposal about the handling, on the petition's record beside the flow (ST-3.6.b)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhitongche import journal
from zhitongche.casework.case import load

if TYPE_CHECKING:
    from uuid import UUID

    from zhitongche.flow.facts import Actor

ACTION: Final = "mark"
"""The journal's entry beside the flow; it moves no stage."""


def lock(petition_id: UUID) -> None:
    """One decision at a time. Raises NotFound."""
    load(petition_id, lock=True)


def journal_mark(petition_id: UUID, actor: Actor, *, clause: str, name: str, text: str) -> None:
    """Journal what was decided, or done, about a proposal of this name."""
    petition = load(petition_id)
    journal.append(
        petition.id, action=ACTION, actor=actor, clause=clause, from_stage=petition.stage, to_stage=petition.stage,
        body={"name": name, "text": text},
    )  # fmt: skip
