"""What happens by itself: meetings are opened, automatic steps done, near and missed ones told. Doing it again changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import exists, select

from zhitongche.flow.facts import SYSTEM
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Refused
from zhitongche.meetings import door, scheduling, telling
from zhitongche.meetings.sitting import Sitting, in_hand, load
from zhitongche.meetings.steps.after import reply_rest
from zhitongche.meetings.tables import Meeting, MeetingStep
from zhitongche.persistence import db

if TYPE_CHECKING:
    from uuid import UUID


_OPEN: Final = exists().where(
    Meeting.tenant_id == MeetingStep.tenant_id, Meeting.id == MeetingStep.meeting_id, Meeting.state != "archived"
)
"""What was left undone when a meeting was archived stays on the record, and nobody is reminded of it any more."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Steps that a sweep has to look at, each in a unit of work of its own."""

    automatic: tuple[UUID, ...]
    near: tuple[UUID, ...]
    past: tuple[UUID, ...]


def waiting(limit: int = 500) -> Waiting:
    """The tenant's steps whose day has come, that came near or passed since the last sweep, the oldest first."""
    now, running = clock.now(), MeetingStep.met_at.is_(None)
    ids = select(MeetingStep.id).where(_OPEN).order_by(MeetingStep.due_at).limit(limit)
    by_itself = ids.where(running, MeetingStep.owes == "system", MeetingStep.opens_on <= clock.today())
    replies = ids.where(running, MeetingStep.does == "reply_rest", MeetingStep.unit_id.is_not(None))
    near = ids.where(running, MeetingStep.near_told_at.is_(None), MeetingStep.missed_at.is_(None), MeetingStep.near_at <= now)
    past = ids.where(running, MeetingStep.missed_at.is_(None), MeetingStep.due_at < now)
    automatic = [*_ripe(list(db.session.scalars(by_itself))), *db.session.scalars(replies)]
    return Waiting(tuple(automatic), tuple(db.session.scalars(near)), tuple(db.session.scalars(past)))


def do_by_itself(step_id: UUID) -> None:
    """Carry out a step that nobody has to: the announcement on its day, the end of registration, replies that are all in."""
    row = _running(step_id)
    if row is None:
        return
    sitting = in_hand(row.meeting_id, SYSTEM)
    db.session.refresh(row)
    if row.met_at is not None:
        return
    if row.does != "reply_rest":
        door.perform(row.meeting_id, row.code, SYSTEM)
    elif reply_rest(sitting, row):
        row.met_at, row.met_by_name = sitting.now, SYSTEM.name
        sitting.log(row.code, row.clause, {"unit": str(row.unit_id)})
        scheduling.reschedule(sitting)


def tell_near(step_id: UUID) -> None:
    """Tell whoever owes that a step is near; once."""
    row = _running(step_id)
    if row is not None and row.near_told_at is None:
        row.near_told_at = clock.now()
        # What the machine owes it does; nobody need be reminded.
        if row.owes != "system" and row.due_at > clock.now() and _may_begin(row):
            telling.tell_step(Sitting(load(row.meeting_id), SYSTEM), row)


def pass_due(step_id: UUID) -> None:
    """Mark a step as missed, and tell whoever owes it. Idempotent."""
    row = _running(step_id)
    if row is None:
        return
    sitting = in_hand(row.meeting_id, SYSTEM)
    db.session.refresh(row)
    if row.met_at is None and row.missed_at is None and row.late(clock.now()):
        row.missed_at = clock.now()
        sitting.log("missed", row.clause, {"step": row.code, "due": row.due_at.isoformat()})
        telling.tell_step(sitting, row)


def _ripe(ids: list[UUID]) -> list[UUID]:
    """Those of the machine's own steps whose moment has come: the start of office hours of their day, and their turn."""
    return [step_id for step_id in ids if (row := _running(step_id)) is not None and _due_today(row) and _may_begin(row)]


def _due_today(row: MeetingStep) -> bool:
    sitting = Sitting(load(row.meeting_id), SYSTEM)
    begins = row.due_at if row.does == "close_list" else clock.on(clock.local_date(row.due_at), sitting.calendar.opens)
    return clock.now() >= begins


def _may_begin(row: MeetingStep) -> bool:
    try:
        door.require_turn(Sitting(load(row.meeting_id), SYSTEM), row)
    except Refused:
        return False
    return True


def _running(step_id: UUID) -> MeetingStep | None:
    return db.session.scalar(select(MeetingStep).where(MeetingStep.id == step_id, MeetingStep.met_at.is_(None)))


def open_meetings() -> list[Meeting]:
    """Every meeting that is not archived, the next first."""
    return list(db.session.scalars(select(Meeting).where(Meeting.state != "archived").order_by(Meeting.day, Meeting.id)))
