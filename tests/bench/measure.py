"""A page and the two bare views beside it, measured in turns, so that all meet the same weather.

One makes as many round trips, the other sends the very statements of the page; the latter for pages that only read.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from statistics import median
from tempfile import NamedTemporaryFile
from typing import Any, Literal

from flask import Flask

from tests.bench import client, counting, processor
from tests.bench.client import Answer, Load
from tests.bench.counting import Count, Statement
from tests.bench.scenarios import Right, Scenario
from tests.bench.served import Server

Way = Literal["page", "bare", "same"]
_BOTH: tuple[Way, Way] = ("page", "bare")
CONNECTIONS = 8
"""As many as the server has threads."""
MANY_ROWS = 2000
"""A scan of more rows than this, without an index, is told of."""


@dataclass(frozen=True)
class Line:
    """A line of the table. Seconds; a ratio is the median of the rounds' throughputs, page over bare view.

    `same` is of the view that sends the page's own statements; None where the page writes.
    """

    name: str
    statements: int
    transactions: int
    p50: float
    p95: float
    per_second: float
    bare_p50: float
    bare_per_second: float
    ratio: float
    same_per_second: float | None
    same_ratio: float | None
    processor: float
    bare_processor: float
    database_share: float
    slowest: Statement
    indexes: tuple[str, ...]
    scans: tuple[str, ...]


@dataclass(frozen=True)
class Pair:
    """The two servers, and the database that both use."""

    page: Server
    bare: Server
    database: int

    def processor(self, server: Server) -> float:
        """Seconds of processor that a server and the database have had."""
        return processor.of_session(server.session) + processor.of_family(self.database)


@dataclass(frozen=True)
class Turn:
    """What one of the two did in its turn; seconds of processor per request."""

    load: Load
    processor: float


def line(app: Flask, scenario: Scenario, pair: Pair, *, rounds: int, seconds: float) -> Line:
    """Count, then measure: alone for the latency, with as many as there are threads for the throughput."""
    counted = _counted(app, scenario)
    bare = cycle([client.request("localhost", f"/{counted.shape}")])
    page = (scenario.who.wire(ask) for ask in scenario.asks)
    ways: list[tuple[Way, Server, Iterator[bytes], Right]] = [("page", pair.page, page, scenario.right), ("bare", pair.bare, bare, _plain)]
    alone: list[dict[Way, Turn]] = []
    full: list[dict[Way, Turn]] = []
    with _kept(counted) as file:
        if counted.reads:
            ways.append(("same", pair.bare, cycle([client.request("localhost", f"/same{file}")]), _plain))
        for number in range(rounds):
            order = ways if number % 2 == 0 else ways[::-1]
            alone.append({way: _turn(pair, server, asks, right, seconds / 2, 1) for way, server, asks, right in order if way != "same"})
            full.append({way: _turn(pair, server, asks, right, seconds, CONNECTIONS) for way, server, asks, right in order})
    return _line(app, scenario, counted, alone, full)


@contextmanager
def _kept(counted: Count) -> Iterator[Path]:
    """The page's statements in a file, which the bare view reads."""
    with NamedTemporaryFile(suffix=".pickle") as file:
        file.write(pickle.dumps(counted.reading))
        file.flush()
        yield Path(file.name)


def _counted(app: Flask, scenario: Scenario) -> Count:
    # The first few fill caches; the typical one of the rest counts.
    counts = [counting.count(app, scenario.who, next(scenario.asks)) for _ in range(6)]
    return sorted(counts[1:], key=lambda one: len(one.statements))[2]


def _turn(pair: Pair, server: Server, asks: Iterator[bytes], right: Right, seconds: float, connections: int) -> Turn:
    before = pair.processor(server)
    load = client.run(server.port, asks, right, seconds=seconds, connections=connections)
    return Turn(load, (pair.processor(server) - before) / len(load.latencies))


def _plain(answer: Answer) -> bool:
    return answer.status == 200


def _line(app: Flask, scenario: Scenario, counted: Count, alone: list[dict[Way, Turn]], full: list[dict[Way, Turn]]) -> Line:
    page, bare = (Load([one for turns in alone for one in turns[way].load.latencies], 1) for way in _BOTH)
    slowest = max((one for one in counted.statements if one.sql.lstrip()[:6].lower() == "select"), key=lambda one: one.seconds)
    nodes = counting.explained(app, slowest, scenario.who.tenant)
    return Line(
        name=scenario.name, statements=len(counted.statements), transactions=counted.shape.count(",") + 1,
        p50=page.percentile(0.5), p95=page.percentile(0.95), per_second=median(turns["page"].load.per_second for turns in full),
        bare_p50=bare.percentile(0.5), bare_per_second=median(turns["bare"].load.per_second for turns in full), ratio=_ratio(full, "bare"),
        same_per_second=median(turns["same"].load.per_second for turns in full) if counted.reads else None,
        same_ratio=_ratio(full, "same") if counted.reads else None,
        processor=median(turns["page"].processor for turns in full), bare_processor=median(turns["bare"].processor for turns in full),
        database_share=counted.in_database / counted.seconds, slowest=slowest,
        indexes=tuple(sorted({node["Index Name"] for node in nodes if "Index Name" in node})),
        scans=tuple(sorted({node["Relation Name"] for node in nodes if node["Node Type"] == "Seq Scan" and _many(node)})),
    )  # fmt: skip


def _ratio(full: list[dict[Way, Turn]], floor: Way) -> float:
    return median(turns["page"].load.per_second / turns[floor].load.per_second for turns in full)


def _many(node: dict[str, Any]) -> bool:
    seen = node.get("Actual Rows", 0) + node.get("Rows Removed by Filter", 0)
    return bool(seen * node.get("Actual Loops", 1) > MANY_ROWS)
