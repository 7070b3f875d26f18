"""Meetings come about: by the calendar's rule, month by month, or called when fit, or as a special session."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from zhitongche.flow.facts import SYSTEM
from zhitongche.kernel import clock
from zhitongche.kernel.errors import NotFound
from zhitongche.meetings import leaders, moving, planning, rotation, scheduling, words
from zhitongche.meetings.forms import reading
from zhitongche.meetings.naming import title_of
from zhitongche.meetings.permissions import require_role
from zhitongche.meetings.sitting import Sitting
from zhitongche.meetings.tables import Meeting
from zhitongche.persistence import db
from zhitongche.tenancy import calendar, current

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhitongche.flow.facts import Actor
    from zhitongche.tenancy.meeting_parts import MeetingKind


# The advisory lock (two ints) under which a month's meeting is opened: two sweeps must not open it twice.
_OPENING: Final = 7_204


def open_due() -> list[Meeting]:
    """See that the monthly meetings of this and the next month stand in the books, as long as people can still register.

    Called by the sweep; doing it again changes nothing. A calendar that has changed moves what is not announced yet.
    """
    opened = []
    for kind in current.pack().meetings.values():
        if kind.day is not None:
            months = _months(clock.today())
            opened += [row for month in months if (row := _of_month(kind, month)) is not None]
    return opened


def call(kind_code: str, actor: Actor, form: Mapping[str, Any]) -> Meeting:
    """Call a meeting when fit, or a special session of a monthly kind; by those whom the pack lets.

    Form: `day`, `place?`, `reason?`, and for a special session `theme` (a matter's code). Raises NotFound, Forbidden,
    Invalid. ST-4.0, RP-3.4.a.
    """
    kind = current.pack().meetings.get(kind_code)
    if kind is None:
        raise NotFound
    require_role(actor, kind.callers, kind.clause)
    with reading(form) as fields:
        day = fields.day("day", "会议日期")
        place = fields.text("place", "地点", longest=100, required=False)
        reason = fields.text("reason", "召集缘由", longest=500, required=False)
        theme = _theme(kind, str(form.get("theme") or ""), fields.errors)
        if "day" not in fields.errors and not calendar.calendar_of(current.pack()).is_working(day):
            fields.errors["day"] = words.NOT_A_WORKING_DAY.format(day=words.shown(day))
    row = Meeting(
        kind=kind.code, pack_version=current.pack().version, title="", theme=theme, planned_day=day, day=day,
        previous_day=None, place=place, reason=reason, called_on=clock.today(), called_by=actor.person_id,
    )  # fmt: skip
    _begin(row, actor, "called", kind.special or kind.clause if theme else kind.clause)
    return row


def _of_month(kind: MeetingKind, month: date) -> Meeting | None:
    days, today = calendar.calendar_of(current.pack()), clock.today()
    known = db.session.scalar(select(Meeting).where(Meeting.kind == kind.code, Meeting.month == month))
    planned = planning.month_of(kind, month.year, month.month, days)
    if known is not None:
        moving.follow_calendar(known, planned.day)
        return None
    db.session.execute(select(func.pg_advisory_xact_lock(_OPENING, month.year * 12 + month.month)))
    if db.session.scalar(select(Meeting.id).where(Meeting.kind == kind.code, Meeting.month == month)):
        return None
    listing = next((w.due for w in planned.windows if w.step.does == "close_list"), planned.day)
    if listing < today:
        return None
    assert kind.day is not None
    row = Meeting(
        kind=kind.code, pack_version=current.pack().version, month=month, planned_day=planned.day, day=planned.day,
        title="", previous_day=_previous(kind, month), called_on=min(today, planned.day),
    )  # fmt: skip
    _begin(row, SYSTEM, "opened", kind.day.clause)
    return row


def _begin(row: Meeting, actor: Actor, act: str, clause: str) -> None:
    sitting = Sitting(row, actor)
    row.title = title_of(sitting.pack, sitting.kind, day=row.day, month=row.month, theme=row.theme or {})
    db.session.add(row)
    db.session.flush()
    leader = rotation.turn(sitting.pack.leaders, row.month) if row.month and sitting.kind.leader == "rotation" else None
    if leader is not None:
        leaders.appoint(sitting, leader)
    scheduling.schedule(sitting)
    sitting.log(act, clause, {"day": row.day.isoformat(), **row.theme})


def _previous(kind: MeetingKind, month: date) -> date:
    """The day of the month before: as it was or will be held, else as the rule says."""
    before = date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)
    held = db.session.scalar(select(Meeting.day).where(Meeting.kind == kind.code, Meeting.month == before))
    assert kind.day is not None
    return held or planning.day_of(kind.day, before.year, before.month, calendar.calendar_of(current.pack()))


def _months(today: date) -> tuple[date, date]:
    this = today.replace(day=1)
    return this, date(this.year + (this.month == 12), this.month % 12 + 1, 1)


def _theme(kind: MeetingKind, code: str, errors: dict[str, str]) -> dict[str, str]:
    """A monthly kind is called out of turn only for a theme; others may have one where the pack foresees it."""
    if not code:
        if kind.day is not None:
            errors["theme"] = words.NOT_CALLED
        return {}
    if kind.special is None:
        errors["theme"] = words.NO_SPECIAL
    elif code not in current.pack().matters:
        errors["theme"] = words.BAD_THEME
    return {"matter": code}


