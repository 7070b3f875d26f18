"""What everyone may know of meetings: announced days, past ones, commitments and their fulfilment. Nothing of a petition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import exists, func, select

from zhitongche.casework.queries import names
from zhitongche.kernel import clock
from zhitongche.meetings.queries import lines
from zhitongche.meetings.tables import AgendaItem, Commitment, Meeting, MeetingStep, Opinion
from zhitongche.persistence import db
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from zhitongche.meetings.queries.lines import MeetingLine
    from zhitongche.tenancy.meeting_parts import MeetingKind


_BINDING: Final = exists().where(
    Opinion.tenant_id == Commitment.tenant_id, Opinion.meeting_id == Commitment.meeting_id,
    Opinion.petition_id == Commitment.petition_id, Opinion.approved_at.is_not(None),
)  # fmt: skip
"""A unit's words bind, and are for everyone, once the leader has approved the opinion that they rest on."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A meeting that was announced; one registers through `closes` (China's day, None where the kind knows no end)."""

    meeting: MeetingLine
    announced_at: datetime
    closes: date | None

    @property
    def open(self) -> bool:
        """Whether one can still register for it."""
        return self.closes is None or clock.today() <= self.closes


@dataclass(frozen=True, slots=True)
class Past:
    """A meeting that was held: how many petitions it dealt with, how many commitments came of it and were fulfilled."""

    meeting: MeetingLine
    dealt_with: int
    committed: int
    fulfilled: int


@dataclass(frozen=True, slots=True)
class Promise:
    """A published commitment (RP-3.3), without anything of the enterprise. Days are China's, moments UTC."""

    meeting_id: UUID
    day: date
    subject: str
    unit: str
    leader: str
    person: str
    due_on: date
    measures: str
    fulfilled_at: datetime | None
    result: str

    @property
    def late(self) -> bool:
        """Not fulfilled on its day."""
        return (clock.local_date(self.fulfilled_at) if self.fulfilled_at else clock.today()) > self.due_on


def kinds() -> list[MeetingKind]:
    """The kinds of meeting of which the public is told: those that are announced."""
    return [kind for kind in current.pack().meetings.values() if kind.doing("announce")]


def announced() -> list[Announced]:
    """What is announced and not held yet, the next first."""
    query = (
        select(Meeting, MeetingStep.met_at)
        .join(MeetingStep, (MeetingStep.tenant_id == Meeting.tenant_id) & (MeetingStep.meeting_id == Meeting.id))
        .where(MeetingStep.does == "announce", MeetingStep.met_at.is_not(None), Meeting.held_at.is_(None), Meeting.day >= clock.today())
    )
    rows = [(row, at) for row, at in db.session.execute(query.order_by(Meeting.day, Meeting.id))]
    return [Announced(lines.line(row), at, _closes(row.id)) for row, at in rows if at]


def past(limit: int = 24) -> list[Past]:
    """What was held, the newest first."""
    wanted = [kind.code for kind in kinds()]
    query = select(Meeting).where(Meeting.held_at.is_not(None), Meeting.kind.in_(wanted)).order_by(Meeting.day.desc()).limit(limit)
    return [_past(row) for row in db.session.scalars(query)]


def told_of(days_back: int) -> list[MeetingLine]:
    """Every meeting that was announced, from so many days ago on, the earliest first."""
    announced = exists().where(
        MeetingStep.tenant_id == Meeting.tenant_id, MeetingStep.meeting_id == Meeting.id, MeetingStep.does == "announce",
        MeetingStep.met_at.is_not(None),
    )  # fmt: skip
    query = select(Meeting).where(announced, Meeting.day >= clock.today() - timedelta(days=days_back))
    return [lines.line(row) for row in db.session.scalars(query.order_by(Meeting.day, Meeting.id))]


def promises(*, fulfilled: bool | None = None, meeting_id: UUID | None = None, limit: int = 100) -> list[Promise]:
    """Published commitments: what is still to be done first, by its day; then what is done, the newest first."""
    query = (
        select(Commitment, Meeting.day)
        .join(Meeting, (Meeting.tenant_id == Commitment.tenant_id) & (Meeting.id == Commitment.meeting_id))
        .where(Meeting.kind.in_([kind.code for kind in kinds()]), _BINDING)
        .order_by(Commitment.fulfilled_at.desc().nulls_first(), Commitment.due_on, Commitment.id)
        .limit(limit)
    )
    if meeting_id is not None:
        query = query.where(Commitment.meeting_id == meeting_id)
    if fulfilled is not None:
        query = query.where(Commitment.fulfilled_at.is_not(None) if fulfilled else Commitment.fulfilled_at.is_(None))
    rows = [(row, day) for row, day in db.session.execute(query)]
    units = names.of_units(row.unit_id for row, _ in rows)
    return [_promise(row, day, units[row.unit_id]) for row, day in rows]


def counted() -> dict[bool, int]:
    """How many commitments are fulfilled (True), and how many are not yet (False)."""
    done = Commitment.fulfilled_at.is_not(None)
    query = select(done, func.count()).join(Meeting, (Meeting.tenant_id == Commitment.tenant_id) & (Meeting.id == Commitment.meeting_id))
    rows = db.session.execute(query.where(Meeting.kind.in_([kind.code for kind in kinds()]), _BINDING).group_by(done))
    return {True: 0, False: 0} | {bool(state): count for state, count in rows}


def _closes(meeting_id: UUID) -> date | None:
    due = db.session.scalar(select(MeetingStep.due_at).where(MeetingStep.meeting_id == meeting_id, MeetingStep.does == "close_list"))
    return clock.local_date(due) if due else None


def _past(row: Meeting) -> Past:
    taken = select(func.count()).select_from(AgendaItem).where(AgendaItem.meeting_id == row.id, AgendaItem.taken.is_(True))
    made = select(func.count(), func.count(Commitment.fulfilled_at)).where(Commitment.meeting_id == row.id, _BINDING)
    committed, fulfilled = db.session.execute(made).one()
    return Past(lines.line(row), db.session.scalar(taken) or 0, committed, fulfilled)


def _promise(row: Commitment, day: date, unit: str) -> Promise:
    return Promise(
        row.meeting_id, day, row.subject, unit, row.leader, row.person, row.due_on, row.measures, row.fulfilled_at, row.result
    )
