"""Meetings in simulated time: called, prepared, held and followed up by the same people through the same use cases."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from zhitongche import meetings
from zhitongche.casework.queries import agenda as record
from zhitongche.flow.facts import SYSTEM
from zhitongche.kernel import clock
from zhitongche.kernel.errors import ZhitongcheError
from zhitongche.meetings import agenda, door
from zhitongche.meetings.sitting import Sitting
from zhitongche.meetings.tables import Meeting, MeetingStep
from zhitongche.meetings.verdicts import judge
from zhitongche.persistence import db, unit_of_work
from zhitongche.simulation import session_forms
from zhitongche.simulation.session_forms import Deed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from uuid import UUID

    from zhitongche.flow.facts import Actor
    from zhitongche.kernel.working_days import Calendar
    from zhitongche.simulation.cast import Cast, Official
    from zhitongche.simulation.machine import Machine
    from zhitongche.tenancy.meeting_parts import MeetingKind
    from zhitongche.tenancy.pack import Pack

_MORNING: Final = time(10, 20)
"""When those who look after meetings sit down to them, on every working day."""
_AFTERNOON: Final = time(16, 10)
"""When a meeting of the day is over."""
_EAGER: Final = 0.35
"""The chance that something is done on a day before its last."""
_ENOUGH: Final = 2
"""So many petitions that call for a meeting make one, where no rule of the calendar does."""
_LOOKS_ON: Final = (0, 3)
"""The weekdays on which somebody counts them."""
_NOTICE: Final = 9


class Sessions:
    """Those who look after a tenant's meetings; `touched` is told of petitions that a meeting has moved."""

    def __init__(
        self, pack: Pack, cast: Cast, days: Calendar, seed: str, machine: Machine, touched: Callable[[Iterable[UUID]], None]
    ) -> None:
        self._pack, self._cast, self._days, self._machine, self._touched = pack, cast, days, machine, touched
        self._rng = Random(f"{seed}/sessions")  # noqa: S311
        self.done: dict[str, int] = {}
        self.refused: dict[str, int] = {}

    def calendar(self, first: datetime, last: datetime) -> None:
        """A round on every working day between two moments (UTC), where the tenant holds meetings at all."""
        day = clock.local_date(first)
        while self._pack.meetings and day <= clock.local_date(last):
            if self._days.is_working(day):
                self._machine.put(clock.on(day, _MORNING), self._round)
                self._machine.put(clock.on(day, _AFTERNOON), self._hold)
                self._machine.put(self._days.closing(day) + timedelta(minutes=1), self._evening)
            day += timedelta(days=1)

    def _round(self) -> None:
        self._machine.sweep()
        self._call()
        with unit_of_work():
            rows = db.session.scalars(select(Meeting.id).where(Meeting.state != "archived").order_by(Meeting.day)).all()
        self._look_through(rows)
        for meeting_id in rows:
            self._go_on(meeting_id)

    def _hold(self) -> None:
        for meeting_id in db.session.scalars(select(Meeting.id).where(Meeting.day == clock.today(), Meeting.state == "fixed")).all():
            self._go_on(meeting_id)

    def _evening(self) -> None:
        """The machine's own steps that end with the day, which beat would find within seconds."""
        query = select(MeetingStep.id).where(MeetingStep.owes == "system", MeetingStep.met_at.is_(None), MeetingStep.due_at < clock.now())
        if db.session.scalar(query.limit(1)) is not None:
            self._machine.sweep()

    def _call(self) -> None:
        """Call a meeting of a kind that no rule calls, where enough has gathered and none is under way."""
        today = clock.today()
        for kind in self._pack.meetings.values():
            looks = kind.day is None and today.weekday() in _LOOKS_ON
            if looks and not self._under_way(kind) and self._calling_for(kind) >= _ENOUGH:
                form = {"day": self._days.add_working(today, _NOTICE), "reason": "集中研究一批需要协调的企业诉求"}
                self._try(kind.callers[0], "call", partial(_call, kind.code, form))

    def _under_way(self, kind: MeetingKind) -> bool:
        query = select(Meeting.id).where(Meeting.kind == kind.code, Meeting.held_at.is_(None)).limit(1)
        return db.session.scalar(query) is not None

    def _calling_for(self, kind: MeetingKind) -> int:
        judged = [judge(kind, facts) for facts in record.candidates(clock.now(), {}, clock.now())]
        return sum(verdict is not None and verdict.verdict == "in" for verdict in judged)

    def _look_through(self, rows: Iterable[UUID]) -> None:
        """What may come before the next meeting is looked through as it comes in (RP-2.4.a)."""
        for meeting_id in rows:
            sitting = self._sitting(meeting_id)
            if sitting.row.state == "preparing" and not sitting.has_done("submit"):
                step = sitting.kind.doing("draft")
                if step and self._try(step.owes, "refresh", partial(meetings.refresh, meeting_id)):
                    self._touched(item.petition_id for item in agenda.items(meeting_id))
                if not sitting.has_done("close_list"):
                    # Once its list is closed, who registers is for the meeting after it.
                    return

    def _go_on(self, meeting_id: UUID) -> None:
        sitting = self._sitting(meeting_id)
        for row in sitting.steps:
            official = self._bearer(row)
            if row.met_at is None and official and row.does != "reply_rest" and self._feels_like(sitting, row):
                self._act(meeting_id, row, official)
        for deed in session_forms.fulfilments(meeting_id, self._rng):
            self._try_as(self._handler(deed.unit_id), "fulfil", deed)

    def _act(self, meeting_id: UUID, row: MeetingStep, official: Official) -> None:
        sitting = self._sitting(meeting_id)
        try:
            door.require_turn(sitting, row)
        except ZhitongcheError:
            return
        for deed in session_forms.before(sitting, row, self._rng):
            self._try_as(official, deed.what, deed)
        code = row.code
        for form in session_forms.forms(sitting, row, self._rng):
            self._try_as(official, row.does, Deed(row.does, partial(_perform, meeting_id, code, form)))
        for deed in session_forms.after(self._sitting(meeting_id), row, self._rng):
            self._try_as(official, deed.what, deed)
        self._touched([item.petition_id for item in agenda.items(meeting_id)])

    def _feels_like(self, sitting: Sitting, row: MeetingStep) -> bool:
        """On its day, or a little before; the day itself in the afternoon, and what waits for others now and then."""
        today, due = clock.today(), clock.local_date(row.due_at)
        if row.opens_on > today:
            return False
        if row.does == "hold":
            return today >= sitting.row.day and clock.local(clock.now()).hour >= 12
        if row.does == "archive":
            return today.weekday() == 0
        return today >= due or self._rng.random() < _EAGER

    def _bearer(self, row: MeetingStep) -> Official | None:
        if row.owes == "units":
            return self._handler(row.unit_id)
        return next(iter(self._cast.by_role.get(row.owes, [])), None)

    def _handler(self, unit_id: UUID | None) -> Official | None:
        return next(iter(self._cast.by_unit.get(unit_id, [])), None) if unit_id else None

    def _sitting(self, meeting_id: UUID) -> Sitting:
        db.session.expire_all()
        return Sitting(db.session.scalars(select(Meeting).where(Meeting.id == meeting_id)).one(), SYSTEM)

    def _try(self, role: str, what: str, act: Callable[[Actor], Any]) -> bool:
        official = next(iter(self._cast.by_role.get(role, [])), None)
        return official is not None and self._try_as(official, what, Deed(what, act))

    def _try_as(self, official: Official | None, what: str, deed: Deed) -> bool:
        if official is None:
            return False
        try:
            with unit_of_work():
                deed.act(official.actor)
        except ZhitongcheError as error:
            self.refused[f"{what}: {error.message}"] = self.refused.get(f"{what}: {error.message}", 0) + 1
            return False
        self.done[what] = self.done.get(what, 0) + 1
        return True


def _call(kind: str, form: dict[str, Any], actor: Actor) -> Any:
    return meetings.call(kind, actor, form)


def _perform(meeting: UUID, code: str, form: dict[str, Any], actor: Actor) -> Any:
    return meetings.perform(meeting, code, actor, form)
