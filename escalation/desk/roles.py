"""Who may open the bridge's pages."""

from __future__ import annotations

from typing import Final

from escalation.carriage.tending import Decider
from zhitongche.desk import guard

KEEPERS: Final = frozenset({"operator", "admin"})
READERS: Final = frozenset({"triage"})
"""Those whose duty the cases are: they see what a message says."""
LOOKERS: Final = KEEPERS | READERS


def decider() -> Decider:
    """Who is at the desk, as what he decides is written down."""
    actor = guard.actor()
    return Decider(actor.name, actor.person_id)
