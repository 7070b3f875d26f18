"""What came of meetings, for officials: the opinions, what units have committed themselves to, what they still owe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import select

from zhitongche.casework.queries import names, supervised
from zhitongche.kernel import clock
from zhitongche.meetings import commitments, opinions
from zhitongche.meetings.tables import Commitment, Meeting
from zhitongche.persistence import db

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from zhitongche.casework.queries.supervised import Supervised
    from zhitongche.flow.facts import Actor
    from zhitongche.meetings.tables import Opinion

_MOST: Final = 500


@dataclass(frozen=True, slots=True)
class OpinionLine:
    """What the leader decided on a petition: `unit` does it by `due_on` (China), `co` beside it. Moments in UTC."""

    petition: Supervised
    text: str
    unit_id: UUID
    unit: str
    co_ids: tuple[UUID, ...]
    co: tuple[str, ...]
    due_on: date
    taken_by: str
    taken_at: datetime
    approved_at: datetime | None


@dataclass(frozen=True, slots=True)
class CommitmentLine:
    """A unit's published commitment. Days are China's, moments UTC."""

    id: UUID
    meeting_id: UUID
    meeting: str
    petition: Supervised | None
    unit_id: UUID
    unit: str
    subject: str
    leader: str
    person: str
    due_on: date
    measures: str
    published_at: datetime
    fulfilled_at: datetime | None
    result: str

    @property
    def state(self) -> str:
        """`met`, `late` or `on_time`; fulfilled after its day it is `met_late`."""
        day = clock.local_date(self.fulfilled_at) if self.fulfilled_at else clock.today()
        late = day > self.due_on
        return ("met_late" if late else "met") if self.fulfilled_at else "late" if late else "on_time"


def opinions_of(meeting_id: UUID, actor: Actor) -> list[OpinionLine]:
    """The opinions of a meeting in the order of its agenda, on petitions that the actor may read."""
    rows = opinions.listing(meeting_id)
    known = supervised.by_ids(actor, [row.petition_id for row in rows])
    named = names.of_units([one for row in rows for one in commitments.units_of(row)])
    return [_opinion(row, known[row.petition_id], named) for row in rows if row.petition_id in known]


def commitments_of(meeting_id: UUID, actor: Actor) -> list[CommitmentLine]:
    """What units have published after a meeting."""
    return _lines(actor, Commitment.meeting_id == meeting_id)


def commitments_of_unit(unit_id: UUID, actor: Actor) -> list[CommitmentLine]:
    """What one unit has published; what is not fulfilled first, the earliest due on top."""
    return _lines(actor, Commitment.unit_id == unit_id)


def all_commitments(actor: Actor) -> list[CommitmentLine]:
    """What all units have published; what is not fulfilled first, the earliest due on top."""
    return _lines(actor)


def open_count(actor: Actor) -> tuple[int, int]:
    """How many commitments of the actor's unit are not fulfilled, and how many of them are past their day."""
    if "handler" not in actor.roles or actor.unit_id is None:
        return 0, 0
    query = select(Commitment.due_on).where(Commitment.unit_id == actor.unit_id, Commitment.fulfilled_at.is_(None))
    days = list(db.session.scalars(query))
    return len(days), sum(day < clock.today() for day in days)


def owing(meeting_id: UUID, actor: Actor) -> list[OpinionLine]:
    """The opinions for which the actor's unit has yet to publish its commitment."""
    if actor.unit_id is None:
        return []
    wanted = {row.petition_id for row in commitments.owing(meeting_id, actor.unit_id)}
    return [one for one in opinions_of(meeting_id, actor) if one.petition.id in wanted]


def _opinion(row: Opinion, petition: Supervised, named: dict[UUID, str]) -> OpinionLine:
    co = tuple(UUID(one) for one in row.co_units)
    return OpinionLine(
        petition, row.text, row.unit_id, named[row.unit_id], co, tuple(named[one] for one in co), row.due_on, row.taken_by_name,
        row.taken_at, row.approved_at,
    )  # fmt: skip


def _lines(actor: Actor, *conditions: ColumnElement[bool]) -> list[CommitmentLine]:
    query = (
        select(Commitment, Meeting.title)
        .join(Meeting, (Meeting.tenant_id == Commitment.tenant_id) & (Meeting.id == Commitment.meeting_id))
        .where(*conditions)
        .order_by(Commitment.fulfilled_at.is_not(None), Commitment.due_on, Commitment.id)
        .limit(_MOST)
    )
    rows = [(row, title) for row, title in db.session.execute(query)]
    known, units = supervised.by_ids(actor, {row.petition_id for row, _ in rows}), names.of_units(row.unit_id for row, _ in rows)
    return [_commitment(row, title, known, units) for row, title in rows]


def _commitment(row: Commitment, meeting: str, known: dict[UUID, Supervised], units: dict[UUID, str]) -> CommitmentLine:
    return CommitmentLine(
        row.id, row.meeting_id, meeting, known.get(row.petition_id), row.unit_id, units[row.unit_id], row.subject, row.leader, row.person,
        row.due_on, row.measures, row.published_at, row.fulfilled_at, row.result,
    )  # fmt: skip
