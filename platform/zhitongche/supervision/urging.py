"""Urging (催办) late items, through the one door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.casework.case import load, pack_of
from zhitongche.casework.door import perform
from zhitongche.kernel.errors import NotFound
from zhitongche.tenancy import versions

if TYPE_CHECKING:
    from uuid import UUID

    from zhitongche.flow.definition import Action
    from zhitongche.flow.facts import Actor


def action_of(pack_version: str) -> Action | None:
    """The action by which the flow of that version urges; None where it has none."""
    flow = versions.pack_at(pack_version).flow
    return flow.by_verb("urge") if "urge" in flow.verbs else None


def urge(petition_id: UUID, text: str, actor: Actor) -> None:
    """Urge one item. Raises as `door.perform`, NotFound where its flow knows no urging. RP-3.4.b, ST-1.1.1."""
    action = action_of(pack_of(load(petition_id)).version)
    if action is None:
        raise NotFound
    perform(petition_id, action.code, actor, {"text": text})
