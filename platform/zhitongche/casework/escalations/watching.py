"""What the watchdog asks: nobody's case may be ownerless."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, select

from zhitongche.casework.tables import Clock, Escalation, Petition
from zhitongche.persistence import db

if TYPE_CHECKING:
    from uuid import UUID


def ownerless(limit: int = 100) -> list[UUID]:
    """The tenant's open petitions without any running clock; there must be none."""
    running = exists().where(
        Clock.tenant_id == Petition.tenant_id, Clock.petition_id == Petition.id, Clock.met_at.is_(None), Clock.lapsed_at.is_(None)
    )
    query = select(Petition.id).where(Petition.outcome.is_(None), ~running).order_by(Petition.id).limit(limit)
    return list(db.session.scalars(query))


def said_to_be_above(limit: int = 500) -> list[tuple[UUID, UUID]]:
    """Petitions of which this side says that the level above has them, each with its bridge id."""
    latest = and_(Escalation.petition_id == Petition.id, Escalation.rise == Petition.rises, Escalation.tenant_id == Petition.tenant_id)
    query = (
        select(Petition.id, Escalation.bridge_id)
        .join(Escalation, latest)
        .where(
            Petition.outcome.is_(None), Escalation.taken_at.is_not(None), Escalation.bridge_id.is_not(None),
            Escalation.returned_at.is_(None), Escalation.decided_at.is_(None),
        )
        .order_by(Petition.id)
        .limit(limit)
    )  # fmt: skip
    return [(petition, bridge) for petition, bridge in db.session.execute(query) if bridge]
