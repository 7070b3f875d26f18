"""What units owe that is late or near, for periodic urging (RP-3.4.b)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from sqlalchemy import select

from zhitongche.casework.tables import Clock, Petition
from zhitongche.flow.parties import ROLE_PARTIES
from zhitongche.persistence import db

if TYPE_CHECKING:
    from sqlalchemy import Select

_RUNNING = (Clock.met_at.is_(None), Clock.lapsed_at.is_(None), Clock.owes.not_in(ROLE_PARTIES | {"enterprise", "above", "below"}))


@dataclass(frozen=True, slots=True)
class Owing:
    """The earliest limit that a unit owes in a petition; `due` in UTC."""

    petition_id: UUID
    unit_id: UUID
    owed: str
    due: datetime
    stage: str
    pack_version: str


def owing(before: datetime, limit: int = 5000) -> list[Owing]:
    """What every unit owes in open petitions until then, one a petition and unit, the earliest due first."""
    found: dict[tuple[UUID, UUID], Owing] = {}
    for row in db.session.execute(_owed().where(Clock.due_at < before).limit(limit)):
        one = Owing(*row)
        found.setdefault((one.petition_id, one.unit_id), one)
    return list(found.values())


def still(petition_id: UUID, unit_id: UUID, before: datetime) -> Owing | None:
    """What the unit still owes in this petition until then; None where it has done it."""
    query = _owed().where(Clock.petition_id == petition_id, Clock.unit_id == unit_id, Clock.due_at < before)
    row = db.session.execute(query.limit(1)).first()
    return Owing(*row) if row else None


def _owed() -> Select[Any]:
    same = (Petition.tenant_id == Clock.tenant_id) & (Petition.id == Clock.petition_id)
    columns = (Clock.petition_id, Clock.unit_id, Clock.name, Clock.due_at, Petition.stage, Petition.pack_version)
    query = select(*columns).join(Petition, same).where(*_RUNNING, Clock.unit_id.is_not(None), Petition.outcome.is_(None))
    return cast("Select[Any]", query.order_by(Clock.due_at, Clock.id))
