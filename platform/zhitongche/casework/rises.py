"""The rise that a petition is on, found from its row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from zhitongche.casework.tables import Escalation
from zhitongche.kernel.errors import NotFound
from zhitongche.persistence import db

if TYPE_CHECKING:
    from datetime import datetime

    from zhitongche.casework.tables import Petition


def last_rise(petition: Petition) -> Escalation | None:
    """The petition's latest rise; None, unasked, where it never rose."""
    if not petition.rises:
        return None
    query = select(Escalation).where(Escalation.petition_id == petition.id, Escalation.rise == petition.rises)
    return db.session.scalar(query)


def withdraw_rise(petition: Petition, now: datetime) -> None:
    """Note that the rise which the level above may still answer is withdrawn; nothing where there is none."""
    rise = last_rise(petition)
    if rise is not None and rise.open:
        rise.withdrawn_at = now


def current_rise(petition: Petition) -> Escalation:
    """The rise that the level above may still answer; NotFound where there is none."""
    row = last_rise(petition)
    if row is None or not row.open:
        raise NotFound
    return row
