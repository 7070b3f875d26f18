"""The numbers of cases that messages are about: the operator sees a number, never a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, union_all

from zhitongche.casework.tables import Escalation, Petition, Report
from zhitongche.persistence import db

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID


def numbers(petitions: Iterable[UUID]) -> dict[UUID, str]:
    """The numbers of these petitions."""
    wanted = list(petitions)
    query = select(Petition.id, Petition.number).where(Petition.id.in_(wanted))
    return dict(db.session.execute(query).all()) if wanted else {}


def numbers_by_bridge(bridge_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The numbers of the tenant's own cases with these bridge ids, whether they rose from here or came from below."""
    wanted = list(bridge_ids)
    if not wanted:
        return {}
    known = union_all(*(
        select(row.bridge_id, Petition.number).join(Petition, Petition.id == row.petition_id).where(row.bridge_id.in_(wanted))
        for row in (Escalation, Report)
    ))  # fmt: skip
    return {bridge_id: number for bridge_id, number in db.session.execute(known) if bridge_id}


def bridge_ids(petition_id: UUID) -> list[UUID]:
    """Under which bridge ids the petition went up or came from below; none for one that stayed on its level."""
    up = select(Escalation.bridge_id).where(Escalation.petition_id == petition_id, Escalation.bridge_id.is_not(None))
    came = select(Report.bridge_id).where(Report.petition_id == petition_id)
    return [one for one in (*db.session.scalars(up), *db.session.scalars(came)) if one]
