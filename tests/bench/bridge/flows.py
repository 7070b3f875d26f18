"""Many messages from a county to its city: in one process, over HTTP between two installations, and what the least costs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from unittest.mock import patch

import httpx
import psycopg

from escalation.carriage import delivering, desk_of
from escalation.carriage.application import Application
from escalation.wire import kinds
from tests.bench import processor
from tests.bench.bridge import deaf_apply, floor
from tests.bench.bridge.world import CITY, COUNTY, Installation, World, random_id
from tests.bench.served import Server, served
from tests.escalation.levels import MINUTE
from tests.escalation.wire.world import DATA
from zhitongche.persistence import tenant_scope, unit_of_work

SIZE = 2600
"""Bytes of an envelope with a notice."""
BATCHES = (1, 32)


@dataclass(frozen=True)
class Flow:
    """So many messages, emitted and receipted: seconds, and seconds of processor of each process."""

    name: str
    messages: int
    seconds: float
    sender: float
    receiver: float
    database: float

    @property
    def processor(self) -> float:
        """Milliseconds of processor per message, all processes together."""
        return 1000 * (self.sender + self.receiver + self.database) / self.messages


def measured(name: str, messages: int, world: World, server: Server | None, work: Callable[[], object]) -> Flow:
    """Do the work and see what it took."""
    before = _standing(world, server)
    work()
    after = _standing(world, server)
    seconds, sender, receiver, database = (b - a for a, b in zip(before, after, strict=True))
    return Flow(name, messages, seconds, sender, receiver, database)


def _standing(world: World, server: Server | None) -> tuple[float, float, float, float]:
    receiver = processor.of_session(server.session) if server else 0.0
    return time.perf_counter(), time.process_time(), receiver, processor.of_family(world.database_pid)


def rise(messages: int, batch: int) -> None:
    """Emit, each in a transaction of its own, and deliver until all have their receipts."""
    for _ in range(messages):
        with tenant_scope(COUNTY), unit_of_work():
            desk_of.send(CITY, random_id(), kinds.ESCALATE, dict(DATA[kinds.ESCALATE]))
    with patch.object(delivering, "BATCH", batch):
        receipted = delivering.deliver(COUNTY, 60 * MINUTE)
    assert receipted == messages, (receipted, messages)


def in_process(world: World, messages: int) -> Iterator[Flow]:
    """Both tenants on one installation: with casework, without, and the least."""
    both = world.sites["both"]
    with both.app.app_context():
        rise(5, 32)
        yield measured("同一部署，含业务", messages, world, None, partial(rise, messages, 32))
        with patch.object(Application, "apply", deaf_apply.nothing):
            yield measured("同一部署，仅上报桥", messages, world, None, partial(rise, messages, 32))
    with _floor_of(both) as sender, psycopg.connect(floor.plain(both.database.url)) as receiver:
        post = lambda batch: [floor.take(receiver, *one) for one in batch]  # noqa: E731
        yield measured("同一部署，下限", messages, world, None, partial(_least, sender, messages, 32, post))


def between(world: World, messages: int) -> Iterator[Flow]:
    """Two installations, two databases, two processes."""
    below, above = world.sites["below"], world.sites["above"]
    for app, told in (("wsgi:app", "含业务"), ("tests.bench.bridge.deaf:app", "仅上报桥")):
        with served(above.settings, app, "/healthz") as server, below.app.app_context():
            world.introduce({"above": server.port})
            rise(5, 32)
            for batch in BATCHES:
                yield measured(f"两套部署，每批 {batch} 条，{told}", messages, world, server, partial(rise, messages, batch))
    with _floor_of(above), _floor_of(below) as sender, served(above.settings, "tests.bench.bridge.floor:app", "/ready") as server:
        post = partial(floor.over_http, httpx.Client(trust_env=False), f"http://127.0.0.1:{server.port}/bare")
        for batch in BATCHES:
            yield measured(f"两套部署，每批 {batch} 条，下限", messages, world, server, partial(_least, sender, messages, batch, post))


@contextmanager
def _floor_of(one: Installation) -> Iterator[psycopg.Connection]:
    with psycopg.connect(floor.plain(one.database.admin_url), autocommit=True) as admin:
        admin.execute(floor.MAKE)
        admin.execute("grant select, insert, update on bench_floor to zt_app")
    with psycopg.connect(floor.plain(one.database.url)) as connection:
        yield connection


def _least(connection: psycopg.Connection, messages: int, batch: int, post: Callable[[list[tuple[bytes, bytes]]], list[bytes]]) -> None:
    bodies = [random_id().bytes * (SIZE // 16) for _ in range(messages)]
    for at in range(0, messages, batch):
        floor.send(connection, bodies[at : at + batch], post)
