"""Who sees which figures: supervisors everyone's, a unit's handler the unit's own and the whole; others none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from zhitongche.identity import units
from zhitongche.kernel.errors import Forbidden, NotFound

if TYPE_CHECKING:
    from zhitongche.flow.facts import Actor

SUPERVISORS: Final = frozenset({"triage", "supervision", "leader", "office"})


def sees_all(actor: Actor) -> bool:
    """Whether the actor may compare units."""
    return bool(actor.roles & SUPERVISORS)


def own_unit(actor: Actor) -> UUID | None:
    """The unit for which the actor handles petitions."""
    return actor.unit_id if "handler" in actor.roles else None


def require_any(actor: Actor) -> None:
    """Raise Forbidden for those whom figures do not concern."""
    if not sees_all(actor) and own_unit(actor) is None:
        raise Forbidden


def asked_unit(actor: Actor, text: str | None) -> UUID | None:
    """The unit whose figures are asked for, None for all; a handler always gets the own unit's. Raises Forbidden, NotFound."""
    require_any(actor)
    if not sees_all(actor):
        return own_unit(actor)
    if not text:
        return None
    try:
        return units.by_id(UUID(text)).id
    except ValueError:
        raise NotFound from None
