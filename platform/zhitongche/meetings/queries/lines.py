"""A meeting in one line, and who may see it at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import select

from zhitongche.kernel import clock
from zhitongche.kernel.errors import NotFound
from zhitongche.meetings import words
from zhitongche.meetings.permissions import READERS
from zhitongche.meetings.sitting import load
from zhitongche.meetings.tables import Meeting
from zhitongche.persistence import db
from zhitongche.tenancy import versions

if TYPE_CHECKING:
    from zhitongche.flow.facts import Actor
    from zhitongche.tenancy.meeting_parts import MeetingKind

CONCERNED: Final = READERS | {"handler"}
"""Who may see that there is a meeting, its dates and steps; of its agenda everyone sees the cases that he may read."""


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """One meeting. Days are China's; `starts` the hour at which it begins; `theme` names that of a special session."""

    id: UUID
    kind: MeetingKind
    title: str
    day: date
    planned_day: date
    starts: str
    place: str
    leader: str
    leader_name: str
    state: str
    theme: str
    reason: str
    version: int

    @property
    def state_name(self) -> str:
        """The state in Chinese."""
        return words.STATES[self.state]

    @property
    def moved(self) -> bool:
        """Not on the day that was planned."""
        return self.day != self.planned_day

    @property
    def held(self) -> bool:
        """It has taken place."""
        return self.state in {"held", "decided", "archived"}

    @property
    def days_left(self) -> int:
        """Days until it takes place; negative afterwards."""
        return (self.day - clock.today()).days


def line(row: Meeting) -> MeetingLine:
    """One meeting."""
    pack = versions.pack_at(row.pack_version)
    kind, matter = pack.meetings[row.kind], pack.matters.get(row.theme.get("matter", ""))
    return MeetingLine(
        id=row.id, kind=kind, title=row.title, day=row.day, planned_day=row.planned_day, starts=kind.starts,
        place=row.place or kind.place, leader=" ".join(filter(None, (row.leader_title, row.leader_name))),
        leader_name=row.leader_name, state=row.state, theme=matter.name if matter else "", reason=row.reason, version=row.version,
    )  # fmt: skip


def of(meeting_id: UUID, actor: Actor) -> MeetingLine:
    """The meeting; NotFound for whoever has nothing to do with meetings, as for a missing one."""
    row = load(meeting_id)
    require_concerned(actor)
    return line(row)


def require_concerned(actor: Actor) -> None:
    """Raise NotFound unless the actor's roles have to do with meetings."""
    if actor.kind != "official" or not actor.roles & CONCERNED:
        raise NotFound


def since(days_back: int) -> list[MeetingLine]:
    """The meetings from so many days ago on, the earliest first."""
    query = select(Meeting).where(Meeting.day >= clock.today() - timedelta(days=days_back)).order_by(Meeting.day, Meeting.id)
    return [line(row) for row in db.session.scalars(query)]


def coming(kind: str, but: UUID | None = None) -> list[MeetingLine]:
    """The kind's meetings that are not held yet, the next first."""
    query = select(Meeting).where(Meeting.kind == kind, Meeting.held_at.is_(None), Meeting.id != but)
    return [line(row) for row in db.session.scalars(query.order_by(Meeting.day, Meeting.id))]
