"""The machine behind the people: beat's sweeps, the relay of promises, SMS that go nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import event, func, select

from zhitongche import notices, outbox
from zhitongche.app import waking
from zhitongche.casework.tables import Clock
from zhitongche.kernel import clock
from zhitongche.notices.providers import Receipt
from zhitongche.notices.tables import Notice
from zhitongche.persistence import db
from zhitongche.worker import tasks

if TYPE_CHECKING:
    from flask import Flask

    from zhitongche.simulation.agenda import Agenda
    from zhitongche.tenancy.pack import Pack

_NEAR_GRID: Final = timedelta(minutes=30)
# The worker is awake within seconds; a simulation saves time by letting a few promises gather.
_SOON: Final = timedelta(minutes=10)
_NIGHT: Final = time(2, 30)


def _hurry(connection: Any, _record: object) -> None:
    """Do not wait for the disk at each commit: a crash may cost a simulation's last moments, never its consistency."""
    connection.execute("set synchronous_commit = off")
    connection.commit()


class Silence:
    """An SMS provider that keeps no text and sends nothing, but counts how often each notice came."""

    name = "simulated"

    def __init__(self) -> None:
        self.sent: Counter[UUID] = Counter()

    def send(self, notice_id: UUID, mobile: str, text: str) -> Receipt:  # noqa: ARG002  the protocol's
        """Take it."""
        self.sent[notice_id] += 1
        return Receipt(str(notice_id), clock.now())

    def lookup(self, notice_id: UUID) -> Receipt | None:
        """Whether it came."""
        return Receipt(str(notice_id), clock.now()) if notice_id in self.sent else None


class Machine:
    """Does on the agenda what beat and worker do by the minute; `late` is told of petitions with a missed limit."""

    def __init__(self, tenant: str, pack: Pack, agenda: Agenda, late: Callable[[UUID], None]) -> None:
        self._tenant = tenant
        self._pack = pack
        self._agenda = agenda
        self._late = late
        self._swept: datetime | None = None
        self._mail_waits = False
        self._deliveries: set[datetime] = set()
        self.provider = Silence()

    @contextmanager
    def running(self, app: Flask) -> Iterator[None]:
        """Be the one that is woken after commits, instead of the broker's worker."""
        outbox.wake_with(app, self._woken)
        db.engine.dispose()
        event.listen(db.engine, "connect", _hurry)
        try:
            yield
        finally:
            event.remove(db.engine, "connect", _hurry)
            db.session.remove()
            db.engine.dispose()
            outbox.wake_with(app, lambda _tenant: None)
            if settings := app.config.get("SETTINGS"):
                waking.init_app(app, settings)

    def watch(self, row: Clock, runs: Callable[[], bool]) -> None:
        """Sweep when the limit comes near (to the half hour) and right after it has passed, if it `runs` then."""
        steps = -(-row.near_at.timestamp() // _NEAR_GRID.total_seconds())
        near = datetime.fromtimestamp(steps * _NEAR_GRID.total_seconds(), row.near_at.tzinfo)
        for moment in (near, row.due_at.replace(microsecond=0) + timedelta(seconds=20)):
            self._agenda.put(moment, lambda: self.sweep() if runs() else None)

    def put(self, moment: datetime, deed: Callable[[], None]) -> None:
        """Have something done at a moment (UTC)."""
        self._agenda.put(moment, deed)

    def calendar(self, first: datetime, last: datetime) -> None:
        """The days on which the machine acts whatever people do: its routines', and every Monday."""
        day = clock.local_date(first)
        while day <= clock.local_date(last):
            if day.weekday() == 0 or any(routine.last_day(day) == day for routine in self._pack.routines):
                self._agenda.put(clock.on(day, _NIGHT), self._night)
            day += timedelta(days=1)

    def sweep(self) -> None:
        """What beat does every twenty seconds, at a moment at which there may be something to do."""
        if self._swept == clock.now():
            return
        self._swept = clock.now()
        tasks.sweep_tenant(self._tenant)
        missed = select(Clock.petition_id).where(Clock.missed_at == clock.now()).distinct()
        for petition_id in sorted(db.session.scalars(missed)):
            self._late(petition_id)

    def mail(self) -> None:
        """What the worker does when it is woken: relay the promises, deliver the notices."""
        self._mail_waits = False
        outbox.relay(tasks.handlers(), tasks.BUDGET)
        self._deliver()

    def _deliver(self) -> None:
        """Deliver what is due, and come back when the next notice is: after the quiet hours, with the digest."""
        next_due = self._next_due()
        if next_due is not None and next_due <= clock.now():
            notices.deliver(tasks.BUDGET, self.provider)
            next_due = self._next_due()
        if next_due is not None and next_due not in self._deliveries:
            self._deliveries.add(next_due)
            self._agenda.put(next_due + timedelta(seconds=1), self._deliver)

    def _next_due(self) -> datetime | None:
        return db.session.scalar(select(func.min(Notice.due_at)).where(Notice.state.in_(("queued", "held"))))

    def _night(self) -> None:
        tasks.sweep_tenant(self._tenant)
        if clock.today().weekday() == 0:
            tasks.nightly(self._tenant)

    def _woken(self, _tenant: str) -> None:
        if not self._mail_waits:
            self._mail_waits = True
            self._agenda.put(clock.now() + _SOON, self.mail)
