"""The one door to a meeting: load → permission → allowed now? → do → log → keep the dates → promise notices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhitongche.kernel.errors import Conflict, Forbidden, NotFound
from zhitongche.meetings import scheduling, words
from zhitongche.meetings.permissions import require_owes
from zhitongche.meetings.sitting import Sitting, in_hand
from zhitongche.meetings.steps import STEPS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from zhitongche.flow.facts import Actor
    from zhitongche.meetings.tables import Meeting, MeetingStep


def perform(
    meeting_id: UUID, code: str, actor: Actor, form: Mapping[str, Any] | None = None, *, version: int | None = None
) -> Meeting:
    """Carry out a step of a meeting, in its own unit's part where several units owe it.

    `version` is what the actor saw; a meeting that has moved on since raises Conflict and nothing is changed.
    Raises NotFound, Forbidden, Refused (with the clause), Invalid (by field), Conflict. Never commits.
    """
    sitting = in_hand(meeting_id, actor, form)
    if version is not None and version != sitting.row.version:
        raise Conflict
    step = sitting.kind.steps.get(code)
    if step is None:
        raise NotFound
    require_owes(actor, step)
    sitting.require_running(step.clause)
    row = _own_row(sitting, code)
    require_turn(sitting, row)
    done = STEPS[row.does](sitting, row)
    sitting.log(code, row.clause, {**sitting.body, "done": done})
    if done:
        row.met_at, row.met_by, row.met_by_name = sitting.now, actor.person_id, actor.name
        if row.missed_at is None and row.late(sitting.now):
            row.missed_at = sitting.now
        scheduling.reschedule(sitting)
    return sitting.row


def require_turn(sitting: Sitting, row: MeetingStep) -> None:
    """Raise Refused where the step is done already, or another has to be done first."""
    if row.met_at is not None:
        raise sitting.refuse(words.DONE_ALREADY.format(step=row.name), row.clause)
    for code in sitting.kind.steps[row.code].after:
        if not sitting.done(code):
            raise sitting.refuse(words.FIRST.format(step=sitting.kind.steps[code].name), row.clause)


def _own_row(sitting: Sitting, code: str) -> MeetingStep:
    rows = [row for row in sitting.steps if row.code == code]
    if len(rows) == 1 and rows[0].unit_id is None:
        return rows[0]
    for row in rows:
        if row.unit_id == sitting.actor.unit_id:
            return row
    raise Forbidden(words.NOTHING_OPEN.format(step=sitting.kind.steps[code].name), sitting.kind.steps[code].clause)
