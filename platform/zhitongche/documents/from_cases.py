"""Papers that an action of the flow entails: filled from the case as the journal's entry left it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from zhitongche import journal
from zhitongche.casework.case import load, pack_of
from zhitongche.casework.telling import PAPERS as TOPIC
from zhitongche.documents import case_facts
from zhitongche.documents.about import About
from zhitongche.documents.drafting import draft
from zhitongche.flow.facts import Actor

if TYPE_CHECKING:
    from zhitongche.journal import Entry
    from zhitongche.outbox import Message

NUMBERED_BY_CASEWORK: Final = "transfer_letter"
"""Its number is given with the action, in the petition's own transaction (ST-3.2.b)."""


def make(promised: Message) -> None:
    """Handler of topic `paper`: draft the paper, and issue it where nobody has to see it first; once per entry."""
    petition = load(UUID(promised.payload["petition_id"]))
    kind, seq = promised.payload["kind"], promised.payload["seq"]
    entries = [one for one in journal.entries(petition.id) if one.seq <= seq]
    facts = case_facts.of(petition, pack_of(petition), entries)
    number = petition.letter_number if kind == NUMBERED_BY_CASEWORK else None
    draft(kind, about=About.petition(petition.id), facts=facts, actor=_who(entries[-1]), number=number, key=promised.key)


def _who(entry: Entry) -> Actor:
    """Whoever did it drafted what it entails."""
    return Actor("official" if entry.actor_id else "system", entry.actor_name or "", entry.actor_id)


__all__ = ["TOPIC", "make"]
