"""What would move if a meeting were moved: the move itself, carried out and taken back (RP-2.1.b)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from zhitongche.kernel import clock
from zhitongche.meetings.moving import move
from zhitongche.meetings.queries.timeline import steps_of
from zhitongche.persistence import db

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from zhitongche.flow.facts import Actor


@dataclass(frozen=True, slots=True)
class Shift:
    """A step that would be due on another day (China)."""

    name: str
    who: str
    before: date
    after: date


def of_move(meeting_id: UUID, actor: Actor, form: Mapping[str, Any]) -> list[Shift]:
    """The steps that this move would shift, the earliest first; nothing of it stays. Raises as `move`."""
    before = {(step.code, step.who): clock.local_date(step.due_at) for step in steps_of(meeting_id, actor)}
    trial = db.session.begin_nested()
    try:
        move(meeting_id, actor, form)
        moved = steps_of(meeting_id, actor)
    finally:
        trial.rollback()
        db.session.expire_all()
    shifts = [Shift(step.name, step.who, before[step.code, step.who], clock.local_date(step.due_at)) for step in moved]
    return [one for one in shifts if one.before != one.after]
