"""Does this actor act as that party in this case?"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from zhitongche.flow.vocabulary import OTHER_LEVELS

if TYPE_CHECKING:
    from zhitongche.flow.facts import Actor, Facts

ROLE_PARTIES = frozenset({"triage", "leader", "office", "supervision", "reviewer", "window", "hotline"})


def is_party(actor: Actor, party: str, facts: Facts) -> bool:
    """True where the actor may act as the party; a unit acts through its handlers."""
    if party == "system":
        return actor.kind == "system"
    if party in OTHER_LEVELS:
        return False
    if party == "enterprise":
        return actor.kind == "enterprise" and actor.enterprise_id in facts.senders
    if party in ROLE_PARTIES:
        return actor.kind == "official" and party in actor.roles
    return "handler" in actor.roles and actor.unit_id is not None and actor.unit_id in units_of(party, facts)


def units_of(party: str, facts: Facts) -> frozenset[UUID]:
    """The units that stand behind a party of the case; empty for parties that are roles."""
    if party == "co":
        return facts.co
    unit = {"lead": facts.lead, "proposed": facts.proposed}.get(party)
    return frozenset({unit}) if unit else frozenset()
