"""Who may do what for a meeting: those who owe the step, by the pack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhitongche.flow.vocabulary import PARTIES
from zhitongche.kernel.errors import Forbidden, NotFound
from zhitongche.meetings import words

if TYPE_CHECKING:
    from collections.abc import Collection

    from zhitongche.flow.facts import Actor
    from zhitongche.tenancy.meeting_parts import Step

_UNITS: Final = "各有关单位"
READERS: Final = frozenset({"triage", "leader", "office", "supervision"})
"""Roles that see every item of an agenda; a unit's handlers see those of their own unit."""


def require_owes(actor: Actor, step: Step) -> None:
    """Raise Forbidden unless the step is the actor's: by role, as a unit's handler, or as the machine."""
    if not owes(actor, step.owes):
        who = _UNITS if step.owes == "units" else PARTIES[step.owes]
        raise Forbidden(words.NOT_YOUR_STEP.format(step=step.name, who=who), step.clause)


def owes(actor: Actor, party: str) -> bool:
    """Whether the actor may act as this party of a meeting. What the machine owes, the bureau may do before it."""
    if actor.kind == "system":
        return party == "system"
    if actor.kind != "official":
        return False
    if party == "units":
        return "handler" in actor.roles and actor.unit_id is not None
    return ("triage" if party == "system" else party) in actor.roles


def require_role(actor: Actor, roles: Collection[str], clause: str) -> None:
    """Raise Forbidden unless the actor is an official with one of the roles, or the machine itself."""
    if actor.kind != "system" and not (actor.kind == "official" and actor.roles & set(roles)):
        raise Forbidden(words.NOT_YOUR_PART.format(who="、".join(PARTIES[role] for role in roles)), clause)


def require_official(actor: Actor) -> None:
    """Raise NotFound for anyone who is not an official of the tenant."""
    if actor.kind == "enterprise":
        raise NotFound
