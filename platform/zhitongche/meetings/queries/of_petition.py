"""What an enterprise is told of meetings on its own petition: the day it waits for, the invitation, what units committed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from zhitongche.casework.queries import names
from zhitongche.meetings.queries import lines
from zhitongche.meetings.queries.public import Promise
from zhitongche.meetings.tables import AgendaItem, Attendance, Commitment, Meeting, Opinion
from zhitongche.persistence import db

if TYPE_CHECKING:
    from zhitongche.meetings.queries.lines import MeetingLine


@dataclass(frozen=True, slots=True)
class OfPetition:
    """`fixed` says that the agenda is settled and the wish to stay off it comes too late; `invited` that one is to come."""

    meeting: MeetingLine | None
    fixed: bool
    invited: bool
    promises: tuple[Promise, ...]


def of(petition_id: UUID) -> OfPetition:
    """What is to be told; the caller has made sure that the petition is the asker's."""
    found = db.session.execute(
        select(Meeting, AgendaItem)
        .join(AgendaItem, (AgendaItem.tenant_id == Meeting.tenant_id) & (AgendaItem.meeting_id == Meeting.id))
        .where(AgendaItem.petition_id == petition_id, AgendaItem.enlisted_at.is_not(None), Meeting.held_at.is_(None))
        .order_by(Meeting.day)
    )
    meeting = next((meeting for meeting, item in found if item.final == "in"), None)
    if meeting is None:
        return OfPetition(None, False, False, _promises(petition_id))
    return OfPetition(lines.line(meeting), meeting.state != "preparing", _invited(meeting.id, petition_id), _promises(petition_id))


def _invited(meeting_id: UUID, petition_id: UUID) -> bool:
    query = select(Attendance.id).where(
        Attendance.meeting_id == meeting_id, Attendance.petition_id == petition_id, Attendance.excused_at.is_(None)
    )
    return db.session.scalar(query) is not None


def _promises(petition_id: UUID) -> tuple[Promise, ...]:
    # The unit's published words only bind once the leader has approved what they rest on.
    query = (
        select(Commitment, Meeting.day)
        .join(Meeting, (Meeting.tenant_id == Commitment.tenant_id) & (Meeting.id == Commitment.meeting_id))
        .join(
            Opinion,
            (Opinion.tenant_id == Commitment.tenant_id)
            & (Opinion.meeting_id == Commitment.meeting_id)
            & (Opinion.petition_id == Commitment.petition_id),
        )
        .where(Commitment.petition_id == petition_id, Opinion.approved_at.is_not(None))
        .order_by(Commitment.due_on)
    )
    rows = [(row, day) for row, day in db.session.execute(query)]
    units = names.of_units(row.unit_id for row, _ in rows)
    return tuple(_told(row, day, units[row.unit_id]) for row, day in rows)


def _told(row: Commitment, day: date, unit: str) -> Promise:
    return Promise(
        row.meeting_id, day, row.subject, unit, row.leader, row.person, row.due_on, row.measures, row.fulfilled_at, row.result
    )
