"""Cases that rise on one installation, act by act, and the messages that they cause, kind by kind."""

from __future__ import annotations

import time
from contextlib import nullcontext
from dataclasses import dataclass, field
from statistics import median

from flask import Flask
from sqlalchemy import Engine, select

from escalation.carriage import delivering
from tests.bench.bridge.meter import Meter, metered
from tests.bench.bridge.parts import PARTS
from tests.escalation.levels import MINUTE, Levels
from tests.support.rising import nobody_in_particular
from zhitongche.casework import reporting
from zhitongche.casework.tables import Report
from zhitongche.persistence import db, tenant_scope


@dataclass
class Act:
    """One act as people do it: processor's milliseconds of this process, and statements, each time."""

    cpu: list[float] = field(default_factory=list)
    statements: list[int] = field(default_factory=list)

    def add(self, meter: Meter) -> None:
        self.cpu.append(1000 * sum(meter.cpu.values()))
        self.statements.append(sum(meter.statements.values()))

    @property
    def cpu_ms(self) -> float:
        """The middle one."""
        return median(self.cpu)

    @property
    def sql(self) -> float:
        """The middle one."""
        return median(self.statements)


@dataclass(frozen=True)
class Leg:
    """Messages of one kind, delivered in this process."""

    name: str
    messages: int
    seconds: float
    meter: Meter


def rise(levels: Levels, engine: Engine, cases: int) -> tuple[Act, Act]:
    """Send so many cases up with the bridge listening, and as many with a listener that does nothing, in turns."""
    with_bridge, alone = Act(), Act()
    for number in range(2 * cases):
        levels.ready()
        heard = number % 2 == 0
        with nullcontext() if heard else reporting.heard_by(nobody_in_particular), metered(engine, PARTS) as meter:
            levels.down("send_up", "office", verdict="agree", opinion="同意上报市级协调")
        (with_bridge if heard else alone).add(meter)
    return with_bridge, alone


def take(levels: Levels, engine: Engine) -> Act:
    """The city takes what arrived."""
    code, act = levels.above.pack.code, Act()
    with tenant_scope(code):
        arrived = db.session.scalars(select(Report.petition_id).where(Report.taken_at.is_(None))).all()
    for one in arrived:
        levels.above.petition_id = one
        with metered(engine, PARTS) as meter:
            levels.up("take", "triage")
        act.add(meter)
    return act


def deliver(name: str, code: str, engine: Engine) -> Leg:
    """Deliver all that the tenant has to send."""
    began = time.perf_counter()
    with metered(engine, PARTS) as meter:
        sent = delivering.deliver(code, 60 * MINUTE)
    assert sent, name
    return Leg(name, sent, time.perf_counter() - began, meter)


def engine_of(app: Flask) -> Engine:
    """The application's."""
    with app.app_context():
        return db.engine
