"""The year's meetings: those that stand in the books, and those that the rule will call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from zhitongche.kernel import clock
from zhitongche.meetings import planning, rotation, words
from zhitongche.meetings.naming import title_of
from zhitongche.meetings.tables import Meeting
from zhitongche.persistence import db
from zhitongche.tenancy import calendar, current

if TYPE_CHECKING:
    from zhitongche.kernel.working_days import Calendar
    from zhitongche.tenancy.meeting_parts import MeetingKind
    from zhitongche.tenancy.pack import Pack


@dataclass(frozen=True, slots=True)
class Line:
    """One meeting of the calendar; `id` is None while only the rule calls it. `day` is China's."""

    id: UUID | None
    kind: str
    kind_name: str
    title: str
    day: date
    planned_day: date
    leader: str
    leader_title: str
    state: str
    special: bool
    provisional: bool

    @property
    def moved(self) -> bool:
        """Whether it was moved from the day that was planned."""
        return self.day != self.planned_day

    @property
    def state_name(self) -> str:
        """The state in Chinese."""
        return words.STATES.get(self.state, words.PLANNED)


def of(year: int) -> list[Line]:
    """Every meeting of the year, the first first."""
    pack = current.pack()
    days = calendar.calendar_of(pack)
    rows = db.session.scalars(select(Meeting).where(Meeting.day.between(date(year, 1, 1), date(year, 12, 31)))).all()
    months = {(code, month) for code, month in db.session.execute(select(Meeting.kind, Meeting.month).where(Meeting.month.is_not(None)))}
    found = [line(row) for row in rows]
    for kind in pack.meetings.values():
        found += [one for month in range(1, 13) if (one := _to_come(pack, kind, date(year, month, 1), days, months))]
    return sorted(found, key=lambda one: (one.day, one.kind))


def line(row: Meeting) -> Line:
    """A meeting of the books."""
    kind = current.pack().meetings.get(row.kind)
    return Line(
        id=row.id, kind=row.kind, kind_name=kind.name if kind else row.kind, title=row.title, day=row.day,
        planned_day=row.planned_day, leader=row.leader_name, leader_title=row.leader_title, state=row.state,
        special=bool(row.theme), provisional=False,
    )  # fmt: skip


def _to_come(
    pack: Pack, kind: MeetingKind, month: date, days: Calendar, known: set[tuple[str, date | None]]
) -> Line | None:
    if kind.day is None or (kind.code, month) in known or month < clock.today().replace(day=1):
        return None
    day = planning.day_of(kind.day, month.year, month.month, days)
    leader = rotation.turn(pack.leaders, month) if kind.leader == "rotation" else None
    return Line(
        id=None, kind=kind.code, kind_name=kind.name, title=title_of(pack, kind, day=day, month=month, theme={}), day=day,
        planned_day=day, leader=leader.name if leader else "", leader_title=leader.title if leader else "", state="planned",
        special=False, provisional=not days.confirmed_through(day, day),
    )  # fmt: skip
