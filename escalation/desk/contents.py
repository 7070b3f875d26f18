"""What a message says, for those whose duty its case is (ST-5.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escalation.carriage.desk_of import desk_of
from escalation.desk import roles, shown, words
from escalation.ledger import acts, viewing
from zhitongche.casework import access, escalations
from zhitongche.casework.case import load
from zhitongche.desk import guard
from zhitongche.persistence import current_tenant

if TYPE_CHECKING:
    from uuid import UUID

    from escalation.ledger.views import Received, Sent
    from zhitongche.casework.tables import Petition

WITHDRAWN = "withdrawn"


def read(row: Sent | Received) -> list[tuple[str, str]]:
    """Its lines, (label, text); that it was read is written down. Nothing of what the enterprise took back."""
    petition = _petition(row.subject)
    if petition is not None:
        access.require_read(guard.actor(), petition)
        if petition.outcome == WITHDRAWN:
            return [("", words.ERASED)]
        access.opened(guard.actor(), petition, words.READ_MESSAGE.format(type=shown.type_of(row.type)))
    else:
        by = roles.decider()
        acts.write("read", by=by.name, person_id=by.person_id, peer=row.peer, about=row.id, reason="")
    return list(shown.told(desk_of(current_tenant()).gate.open(viewing.evidence(row)[0]).data))


def _petition(subject: UUID) -> Petition | None:
    rise = escalations.by_bridge(subject)
    petition_id = rise.petition_id if rise else escalations.petition_by_bridge(subject)
    return load(petition_id) if petition_id else None
