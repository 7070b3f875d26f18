"""A tenant written to the database by COPY, in one transaction, the administrator's: COPY does not write under row-level security."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, Final

import psycopg

from zhitongche.simulation.bulk import copying, planning, tallies
from zhitongche.simulation.bulk.stamping import Tenant
from zhitongche.simulation.bulk.world import tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from zhitongche.simulation.bulk.moulds import Moulds
    from zhitongche.simulation.bulk.planning import Pool
    from zhitongche.simulation.bulk.pressing import Rows
    from zhitongche.tenancy.pack import Pack

CHUNK: Final = 400
"""So many copies are gathered before they are sent."""


@dataclass(frozen=True)
class Job:
    """A tenant to be made: after which moulds, with how many petitions."""

    moulds: Moulds
    pool: Pool
    pack: Pack
    above: Pack
    folder: Path
    petitions: int
    seed: str


@dataclass(frozen=True)
class Done:
    """What was written; seconds of real time."""

    tenant: str
    petitions: int
    rows: int
    seconds: float


def load(url: str, job: Job) -> Done:
    """Plan the tenant and write it; everything or nothing."""
    began = time.monotonic()
    copies = planning.copies(Random(f"{job.seed}/plan"), job.moulds, job.pool, job.petitions)  # noqa: S311
    rows = write(url, Tenant(job.moulds, job.pack, job.above, job.folder, copies, job.seed))
    return Done(job.pack.code, sum(len(copy.said) for copy in copies), rows, time.monotonic() - began)


def write(url: str, tenant: Tenant) -> int:
    """Write a tenant in one transaction; how many rows."""
    order = [table.name for table in tables()]
    with psycopg.connect(url) as connection:
        connection.execute("set synchronous_commit = off")
        connection.execute("set timezone = 'UTC'")
        rows = _write(connection, dict(tenant.own()), [*order, "number_series"])
        # Bundles hold whatever refers to their own rows, so that each chunk is whole.
        rows += sum(_write(connection, part, order) for part in _chunks(tenant.petitions()))
        return rows + _write(connection, {"figure_tally": tallies.lines(tenant)}, ["figure_tally"])


def _chunks(made: Iterator[Rows]) -> Iterator[dict[str, str]]:
    while some := list(islice(made, CHUNK)):
        waiting: dict[str, list[str]] = defaultdict(list)
        for rows in some:
            for table, lines in rows.items():
                waiting[table] += lines
        yield {table: "".join(lines) for table, lines in waiting.items()}


def _write(connection: psycopg.Connection, texts: dict[str, str], order: list[str]) -> int:
    written = 0
    for table in order:
        if text := texts.get(table):
            copying.write(connection, table, text)
            written += text.count("\n")
    return written
