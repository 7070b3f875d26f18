"""A meeting moves to another day: with a reason, with every open date that hangs on it, and everyone concerned is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from zhitongche.flow.facts import SYSTEM
from zhitongche.kernel import clock
from zhitongche.meetings import effects, scheduling, telling, words
from zhitongche.meetings.forms import reading
from zhitongche.meetings.naming import title_of
from zhitongche.meetings.permissions import require_role
from zhitongche.meetings.sitting import Sitting, in_hand
from zhitongche.meetings.tables import AgendaItem, Attendance, Meeting
from zhitongche.persistence import db

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from zhitongche.flow.facts import Actor


def move(meeting_id: UUID, actor: Actor, form: Mapping[str, Any]) -> Meeting:
    """Move a meeting. Form: `day`, `reason`, `place?`. By those who may call it; raises Forbidden, Refused, Invalid. RP-2.1.b.

    What is not done yet is counted anew from the new day; petitions on the list wait for it; units, enterprises and
    officials concerned are told.
    """
    sitting = in_hand(meeting_id, actor, form)
    clause = sitting.kind.day.clause if sitting.kind.day else sitting.kind.clause
    require_role(actor, sitting.kind.callers, clause)
    if sitting.row.held_at:
        raise sitting.refuse(words.HELD_ALREADY, clause)
    with reading(form) as fields:
        day = fields.day("day", "会议日期")
        reason = fields.text("reason", "改期原因", longest=300)
        place = fields.text("place", "地点", longest=100, required=False)
        if "day" not in fields.errors and (fault := _fault(sitting, day)):
            fields.errors["day"] = fault
    sitting.row.place = place or sitting.row.place
    _move(sitting, day, reason, clause)
    return sitting.row


def follow_calendar(row: Meeting, day: date) -> None:
    """Move a meeting by rule to where the rule now leads, as long as nobody has been told of its day."""
    sitting = Sitting(row, SYSTEM)
    as_planned = row.day == row.planned_day != day and row.state == "preparing"
    if as_planned and day > clock.today() and not sitting.has_done("announce") and sitting.kind.day:
        row.planned_day = day
        _move(sitting, day, words.CALENDAR_CHANGED, sitting.kind.day.clause)


def _move(sitting: Sitting, day: date, reason: str, clause: str) -> None:
    row, before = sitting.row, sitting.row.day
    row.day = day
    row.title = title_of(sitting.pack, sitting.kind, day=day, month=row.month, theme=row.theme)
    _move_what_follows(sitting, day)
    dates = scheduling.reschedule(sitting)
    sitting.log("moved", clause, {"before": before.isoformat(), "after": day.isoformat(), "reason": reason, "dates": dates})
    for item in _listed(row.id):
        effects.act(item.petition_id, "reschedule", sitting.actor, {"meeting_day": day})
    text = words.MOVED_TEXT.format(before=words.shown(before), after=words.shown(day), reason=reason)
    telling.tell_roles(sitting, "meeting_moved", text, f"moved:{row.version}")
    telling.tell_units(sitting, "meeting_moved", _invited(row.id), text, f"moved:{row.version}")


def _move_what_follows(sitting: Sitting, day: date) -> None:
    """The announcement of the next month's meeting is counted from this one's day."""
    row = sitting.row
    query = select(Meeting).where(
        Meeting.kind == row.kind, Meeting.month > row.month, Meeting.state == "preparing"
    ).order_by(Meeting.month).limit(1)
    following = db.session.scalar(query) if row.month else None
    if following is not None:
        following.previous_day = day
        scheduling.reschedule(Sitting(following, sitting.actor))


def _fault(sitting: Sitting, day: date) -> str | None:
    previous = sitting.row.previous_day
    if not sitting.calendar.is_working(day):
        return words.NOT_A_WORKING_DAY.format(day=words.shown(day))
    if day == sitting.row.day:
        return words.SAME_DAY
    return words.BEFORE_PREVIOUS.format(day=words.shown(previous)) if previous and day <= previous else None


def _listed(meeting_id: UUID) -> list[AgendaItem]:
    query = select(AgendaItem).where(AgendaItem.meeting_id == meeting_id, AgendaItem.enlisted_at.is_not(None))
    return list(db.session.scalars(query.order_by(AgendaItem.position)))


def _invited(meeting_id: UUID) -> list[UUID]:
    query = select(Attendance.unit_id).where(Attendance.meeting_id == meeting_id, Attendance.excused_at.is_(None))
    return [unit for unit in db.session.scalars(query.distinct()) if unit]
