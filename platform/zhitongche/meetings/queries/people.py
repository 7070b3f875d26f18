"""Who comes to a meeting, who looks after what, and who was to lead it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from zhitongche.casework.queries import names, supervised
from zhitongche.identity.tables import Enterprise
from zhitongche.meetings import attendance, leaders
from zhitongche.persistence import db

if TYPE_CHECKING:
    from zhitongche.flow.facts import Actor
    from zhitongche.meetings.tables import Attendance


@dataclass(frozen=True, slots=True)
class Comer:
    """Somebody who is to come: a unit, an enterprise with its petition, or a unit for a duty of the day."""

    id: UUID
    party: str
    name: str
    petition_id: UUID | None
    number: str
    duty: str
    person: str
    excused: bool
    present: bool | None
    clause: str


@dataclass(frozen=True, slots=True)
class Turn:
    """Who was to attend from this moment on (UTC), and why it was changed."""

    name: str
    title: str
    at: datetime
    by: str
    reason: str


def coming(meeting_id: UUID, actor: Actor) -> list[Comer]:
    """Everyone who is to come: enterprises first, then units, then duties; enterprises whose case one may not read are left out."""
    rows = attendance.listing(meeting_id)
    units, firms = names.of_units(row.unit_id for row in rows), _enterprises(row.enterprise_id for row in rows)
    cases = supervised.by_ids(actor, [row.petition_id for row in rows if row.petition_id])
    shown = [row for row in rows if row.petition_id is None or row.petition_id in cases]
    order = {"enterprise": 0, "unit": 1, "duty": 2}
    numbers = {one.id: one.number for one in cases.values()}
    return [_comer(row, units, firms, numbers) for row in sorted(shown, key=lambda row: order[row.party])]


def turns(meeting_id: UUID) -> list[Turn]:
    """Every leader who was to attend, the present one last."""
    return [Turn(row.name, row.title, row.at, row.by_name, row.reason) for row in leaders.turns(meeting_id)]


def _comer(row: Attendance, units: dict[UUID, str], firms: dict[UUID, str], numbers: dict[UUID, str]) -> Comer:
    name = units[row.unit_id] if row.unit_id else firms[row.enterprise_id] if row.enterprise_id else ""
    return Comer(
        id=row.id, party=row.party, name=name, petition_id=row.petition_id, number=numbers.get(row.petition_id, "") if row.petition_id else "",
        duty=row.duty, person=row.person, excused=row.excused_at is not None, present=row.present,
        clause="" if row.clause == "setting" else row.clause,
    )  # fmt: skip


def _enterprises(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    wanted = {one for one in ids if one}
    return {row.id: row.name for row in db.session.execute(select(Enterprise.id, Enterprise.name).where(Enterprise.id.in_(wanted)))}
