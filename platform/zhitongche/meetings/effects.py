"""What a meeting does to petitions, through casework's one door and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhitongche.casework import door
from zhitongche.casework.case import load, pack_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from zhitongche.casework.tables import Petition
    from zhitongche.flow.definition import Action
    from zhitongche.flow.facts import Actor


def possible(petition: Petition, verb: str) -> Action | None:
    """The petition's own flow's action with this verb, where its stage allows it now."""
    actions = pack_of(petition).flow.actions.values()
    return next((one for one in actions if one.verb == verb and petition.stage in one.sources), None)


def act(petition_id: UUID, verb: str, actor: Actor, form: Mapping[str, Any] | None = None) -> bool:
    """Carry out the verb on the petition; False where its flow does not know it or its stage has moved past it.

    Raises as `door.perform`.
    """
    action = possible(load(petition_id), verb)
    if action is None:
        return False
    door.perform(petition_id, action.code, actor, form, through=action.through)
    return True
