"""A comparison of ten thousand streams: what it asks, how many bytes, how long."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from unittest.mock import patch
from uuid import UUID

from sqlalchemy import delete

from escalation.carriage import comparing, ways
from escalation.ledger import mapping, prepared
from escalation.ledger.tables import BridgeStream
from escalation.protocol.reply import Reply
from escalation.protocol.rows import Run, Stream
from tests.bench.bridge.world import CITY, COUNTY, World, random_id
from zhitongche.persistence import db, tenant_scope, unit_of_work


@dataclass(frozen=True)
class Comparison:
    """How many streams differ; questions, bytes both ways, milliseconds by clock and of this process."""

    differing: int
    questions: int
    bytes: int
    largest: int
    wall: float
    cpu: float


def compared(world: World, streams: int) -> Iterator[Comparison]:
    """With no difference; one, a hundred of which the city lacks a message; and a city that has lost them all."""
    known = [_stream(random_id()) for _ in range(streams)]
    with world.sites["both"].app.app_context():
        for differing in (0, 1, 100, streams):
            more = [replace(one, runs=(replace(one.runs[0], known=9),)) if at < differing else one for at, one in enumerate(known)]
            _write(COUNTY, [replace(one, peer=CITY, direction="out") for one in more])
            _write(CITY, [replace(one, peer=COUNTY, direction="in") for one in (known if differing < streams else [])])
            yield _compare(differing)


def _compare(differing: int) -> Comparison:
    carry, sizes = ways.carry, list[int]()

    def weighed(peer: str, envelopes: list[bytes]) -> list[Reply]:
        replies = carry(peer, envelopes)
        sizes.extend([*map(len, envelopes), *(len(reply.body) for reply in replies)])
        return replies

    with patch.object(ways, "carry", weighed):
        wall, cpu = time.perf_counter(), time.process_time()
        comparing.compare(COUNTY, only=CITY, at_once=True)
        return Comparison(differing, len(sizes) // 2, sum(sizes), max(sizes), 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu))


def _stream(subject: UUID) -> Stream:
    run = Run(1_772_000_000_000, 1, 8, sha256(subject.bytes).digest())
    return Stream("", subject, "out", (run,), last=8, placed=8, applied=8)


def _write(tenant: str, streams: list[Stream]) -> None:
    with tenant_scope(tenant), unit_of_work():
        db.session.execute(delete(BridgeStream))
        rows = [{"tenant_id": tenant, **mapping.stream_values(one)} for one in streams]
        if rows:
            db.session.execute(prepared.inserted(BridgeStream), rows)
