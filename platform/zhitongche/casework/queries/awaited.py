"""Cases in which the level above has the turn (上级办理中), for those who answer for them here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import and_, func, select

from zhitongche.casework import access
from zhitongche.casework.queries.inbox import ABOVE, OPEN
from zhitongche.casework.tables import Clock, Escalation, Petition
from zhitongche.identity.tables import Enterprise
from zhitongche.persistence import db

if TYPE_CHECKING:
    from zhitongche.flow.facts import Actor


@dataclass(frozen=True, slots=True)
class Awaited:
    """One case that the level above owes; `who` has it there. Moments in UTC."""

    petition_id: UUID
    number: str
    title: str
    enterprise: str
    to_name: str
    who: str
    what: str
    due: datetime
    near_at: datetime


def of(actor: Actor, limit: int = 8) -> list[Awaited]:
    """Those that the actor may read, the earliest due first; an official without units or roles in cases has none."""
    latest = and_(Escalation.tenant_id == Petition.tenant_id, Escalation.petition_id == Petition.id, Escalation.rise == Petition.rises)
    enterprise = and_(Enterprise.tenant_id == Petition.tenant_id, Enterprise.id == Petition.enterprise_id)
    who = func.coalesce(func.nullif(Escalation.holder, ""), Escalation.to_name)
    query = (
        select(Petition.id, Petition.number, Petition.title, Enterprise.name, Escalation.to_name, who, Clock.name, Clock.due_at, Clock.near_at)
        .select_from(Clock)
        .join(Petition, and_(Petition.tenant_id == Clock.tenant_id, Petition.id == Clock.petition_id))
        .join(Enterprise, enterprise)
        .join(Escalation, latest)
        .where(Clock.owes == ABOVE, *OPEN, access.readable(actor))
        .order_by(Clock.due_at, Clock.id)
    )
    return [Awaited(*row) for row in db.session.execute(query.limit(limit))]
