"""Urging (催办): one item by hand, or the list of a period, always through the one door."""

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
    from zhitongche.tenancy.pack import Pack

THROUGH = "urging"


def action_of(pack_version: str) -> Action | None:
    """The action by which the flow of that version urges; None where it has none."""
    flow = versions.pack_at(pack_version).flow
    return flow.by_verb("urge") if "urge" in flow.verbs else None


def in_turn(pack: Pack) -> Action | None:
    """The action of periodic urging, which leaves the paper to the list; that on the case in versions from before it."""
    urges = [action for action in pack.flow.actions.values() if action.verb == "urge"]
    return next((action for action in urges if action.through == THROUGH), urges[0] if urges else None)


def urge(petition_id: UUID, text: str, actor: Actor) -> None:
    """Urge one item. Raises as `door.perform`, NotFound where its flow knows no urging. RP-2.9, ST-1.1.1."""
    action = action_of(pack_of(load(petition_id)).version)
    if action is None:
        raise NotFound
    perform(petition_id, action.code, actor, {"text": text})


def urge_in_turn(petition_id: UUID, text: str, actor: Actor) -> None:
    """Urge one item of a period's list. Raises as `door.perform`, NotFound where its flow knows no urging. RP-3.4.b."""
    action = in_turn(pack_of(load(petition_id)))
    if action is None:
        raise NotFound
    perform(petition_id, action.code, actor, {"text": text}, through=action.through)
