"""Meetings of the two real packs, on a real database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.support.stage import Play
from tests.zhitongche.casework.conftest import case_app, raoping, shantou
from zhitongche import meetings, outbox
from zhitongche.kernel import clock as kernel_clock
from zhitongche.meetings.tables import Meeting, MeetingStep
from zhitongche.persistence import db, unit_of_work
from zhitongche.worker import tasks

__all__ = ["House", "case_app", "city", "county", "raoping", "shantou"]


@dataclass
class House:
    """A tenant with its cases and its meetings; every act a unit of work, as at the edge."""

    play: Play
    clock: kernel_clock.Simulated
    meeting_id: UUID | None = None
    cases: dict[str, UUID] = field(default_factory=dict)

    def at(self, day: date, hour: int = 10) -> None:
        """Let it be that hour of that day in China, and let the machine have done until then what it does."""
        self.clock.set(kernel_clock.on(day, time(hour)))
        self.sweep()

    def sweep(self) -> None:
        """What beat and worker do by the minute."""
        tasks.sweep_tenant(self.play.pack.code)
        outbox.relay(tasks.HANDLERS, tasks.BUDGET)

    def act(self, step: str, who: str, **form: Any) -> Meeting:
        """A step of the meeting."""
        return self.do(meetings.perform, step, who=who, **form)

    def do(self, use_case: Callable[..., Any], *ids: Any, who: str, **form: Any) -> Any:
        """A use case of the room, on the meeting in hand."""
        actor = self.play.actor(who)
        with unit_of_work():
            return use_case(self.id, *ids, actor, form)

    def case(self, name: str) -> UUID:
        """A petition by the name that the story gave it; it becomes the play's case."""
        self.play.petition_id = self.cases[name]
        return self.cases[name]

    @property
    def id(self) -> UUID:
        """The meeting in hand."""
        assert self.meeting_id
        return self.meeting_id

    @property
    def meeting(self) -> Meeting:
        """As it stands in the database."""
        db.session.expire_all()
        return db.session.scalars(select(Meeting).where(Meeting.id == self.id)).one()

    def step(self, code: str, unit: str | None = None) -> MeetingStep:
        """A step's row."""
        db.session.expire_all()
        query = select(MeetingStep).where(MeetingStep.meeting_id == self.id, MeetingStep.code == code)
        rows = [row for row in db.session.scalars(query) if unit is None or str(row.unit_id) == self.play.unit(unit)]
        assert len(rows) == 1, (code, rows)
        return rows[0]

    def due(self, code: str) -> date:
        """The day on which a step is due."""
        return kernel_clock.local_date(self.step(code).due_at)


@pytest.fixture
def county(raoping: Play, clock: kernel_clock.Simulated) -> House:
    """The county with the monthly day, on 1 April 2026."""
    clock.set(kernel_clock.on(date(2026, 4, 1), time(10)))
    return House(raoping, clock)


@pytest.fixture
def city(shantou: Play, clock: kernel_clock.Simulated) -> House:
    """The city with meetings called when fit."""
    return House(shantou, clock)


def moment(text: str) -> datetime:
    """A moment in China."""
    return kernel_clock.utc(datetime.fromisoformat(text).replace(tzinfo=kernel_clock.CHINA))
