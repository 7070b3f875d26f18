"""A meeting in hand: loaded in its tenant, with the pack that it began under and the one who acts."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from zhitongche.kernel import clock
from zhitongche.kernel.errors import NotFound, Refused
from zhitongche.meetings import words
from zhitongche.meetings.tables import Meeting, MeetingEvent, MeetingStep
from zhitongche.persistence import db
from zhitongche.tenancy import calendar, versions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

    from zhitongche.flow.facts import Actor
    from zhitongche.kernel.working_days import Calendar
    from zhitongche.tenancy.meeting_parts import MeetingKind, Step
    from zhitongche.tenancy.pack import Pack


@dataclass
class Sitting:
    """What a step works on. `form` is as it was sent; `body` goes into the log: codes, days and reasons, no contents."""

    row: Meeting
    actor: Actor
    form: Mapping[str, Any] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)
    now: datetime = field(default_factory=clock.now)

    @cached_property
    def pack(self) -> Pack:
        """The pack version that the meeting began under and finishes under."""
        return versions.pack_at(self.row.pack_version)

    @cached_property
    def kind(self) -> MeetingKind:
        """Its kind in that pack."""
        return self.pack.meetings[self.row.kind]

    @cached_property
    def calendar(self) -> Calendar:
        """The tenant's working days as they stand now."""
        return calendar.calendar_of(self.pack)

    @property
    def steps(self) -> list[MeetingStep]:
        """The rows of its steps, in order; a step that several units owe has one for each."""
        query = select(MeetingStep).where(MeetingStep.meeting_id == self.row.id)
        return list(db.session.scalars(query.order_by(MeetingStep.position, MeetingStep.id)))

    @property
    def registers_until(self) -> date | None:
        """The last day (China) on which one can register for it, None where its kind knows none."""
        query = select(MeetingStep.due_at).where(MeetingStep.meeting_id == self.row.id, MeetingStep.does == "close_list")
        due = db.session.scalar(query)
        return clock.local_date(due) if due else None

    def done(self, code: str) -> bool:
        """Whether everyone who owes the step has done it."""
        rows = [row for row in self.steps if row.code == code]
        return bool(rows) and all(row.met_at for row in rows)

    def has_done(self, does: str) -> bool:
        """Whether the kind has a step that does this and it is done."""
        step = self.kind.doing(does)
        return step is not None and self.done(step.code)

    def clause_of(self, does: str) -> str:
        """The clause of the step that does this; that of the kind where it has none."""
        step: Step | None = self.kind.doing(does)
        return step.clause if step else self.kind.clause

    def refuse(self, message: str, clause: str | None = None) -> Refused:
        """The refusal that names this clause, or the meeting's own."""
        return Refused(message, clause or self.kind.clause)

    def require_running(self, clause: str) -> None:
        """Raise Refused where the meeting is archived: what is archived stays as it is."""
        if self.row.archived_at is not None:
            raise self.refuse(words.ARCHIVED, clause)

    def log(self, act: str, clause: str, body: Mapping[str, Any] | None = None) -> None:
        """One entry of the meeting's log; the page that shows it has moved on."""
        db.session.add(
            MeetingEvent(
                meeting_id=self.row.id, act=act, clause=clause, by=self.actor.person_id, by_name=self.actor.name,
                at=self.now, body=dict(body or {}),
            )
        )  # fmt: skip
        self.row.version += 1
        db.session.flush()


def load(meeting_id: UUID, *, lock: bool = False) -> Meeting:
    """The tenant's meeting, for update where asked; NotFound for missing and foreign alike."""
    query = select(Meeting).where(Meeting.id == meeting_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    row = db.session.scalar(query)
    if row is None:
        raise NotFound
    return row


def in_hand(meeting_id: UUID, actor: Actor, form: Mapping[str, Any] | None = None) -> Sitting:
    """The meeting, locked, in the hands of this actor."""
    return Sitting(load(meeting_id, lock=True), actor, form or {})
