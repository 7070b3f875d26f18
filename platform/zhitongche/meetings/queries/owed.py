"""Steps of meetings that wait for the reader: a section of the inbox, and the dates in his calendar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import select

from zhitongche.kernel import clock
from zhitongche.meetings.permissions import owes
from zhitongche.meetings.tables import Meeting, MeetingStep
from zhitongche.persistence import db
from zhitongche.tenancy import versions

if TYPE_CHECKING:
    from zhitongche.flow.facts import Actor

_ON_THE_CASES: Final = "reply_rest"
"""Units reply on the petitions, where it stands among their clocks already."""
_OPEN: Final = (
    select(MeetingStep, Meeting)
    .join(Meeting, (Meeting.tenant_id == MeetingStep.tenant_id) & (Meeting.id == MeetingStep.meeting_id))
    .where(MeetingStep.met_at.is_(None), Meeting.state != "archived")
    .order_by(MeetingStep.due_at, MeetingStep.id)
)


@dataclass(frozen=True, slots=True)
class Owed:
    """One step that the reader owes. Moments in UTC; `opens_on` and `day`, that of the meeting, are China's."""

    id: UUID
    meeting_id: UUID
    meeting: str
    day: date
    step: str
    name: str
    clause: str
    is_setting: bool
    opens_on: date
    due_at: datetime
    provisional: bool

    @property
    def late(self) -> bool:
        """Whether its moment has passed."""
        return self.due_at < clock.now()


def by(actor: Actor) -> list[Owed]:
    """What the reader owes for meetings and can begin now, the earliest due first. One statement: every page asks."""
    rows = _rows() if actor.kind == "official" else []
    undone = {(meeting.id, step.code) for step, meeting in rows}
    return _mine(actor, [(step, meeting) for step, meeting in rows if _turn(step, meeting, undone)])


def ahead(actor: Actor) -> list[Owed]:
    """Everything that the reader still owes for meetings, whenever it begins, the earliest due first."""
    return _mine(actor, _rows()) if actor.kind == "official" else []


def _rows() -> list[tuple[MeetingStep, Meeting]]:
    return [(step, meeting) for step, meeting in db.session.execute(_OPEN)]


def _turn(step: MeetingStep, meeting: Meeting, undone: set[tuple[UUID, str]]) -> bool:
    """What follows others begins with the last of them, however early that was; the rest on its day."""
    before = versions.pack_at(meeting.pack_version).meetings[meeting.kind].steps[step.code].after
    held_up = any((meeting.id, code) in undone for code in before)
    return not held_up and (step.opens_on <= clock.today() or (bool(before) and step.does != "hold"))


def _mine(actor: Actor, rows: Iterable[tuple[MeetingStep, Meeting]]) -> list[Owed]:
    return [
        Owed(step.id, meeting.id, meeting.title, meeting.day, step.code, step.name, step.clause, step.is_setting,
             step.opens_on, step.due_at, step.provisional)
        for step, meeting in rows
        if _owes(actor, step)
    ]  # fmt: skip


def _owes(actor: Actor, step: MeetingStep) -> bool:
    # What the machine owes it does; the bureau may do it before, but nobody waits for it.
    own = step.owes not in {"system", "units"} or (step.owes == "units" and step.unit_id == actor.unit_id)
    return own and step.does != _ON_THE_CASES and owes(actor, step.owes)
