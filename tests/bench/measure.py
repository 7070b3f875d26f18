"""A page and the bare view that makes the same round trips, measured in turns, so that both meet the same weather."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from statistics import median
from typing import Any

from flask import Flask

from tests.bench import client, counting, processor
from tests.bench.client import Answer, Load
from tests.bench.counting import Count, Statement
from tests.bench.scenarios import Right, Scenario
from tests.bench.served import Server

CONNECTIONS = 8
"""As many as the server has threads."""
MANY_ROWS = 2000
"""A scan of more rows than this, without an index, is told of."""


@dataclass(frozen=True)
class Line:
    """A line of the table. Seconds; `ratio` is the median of the rounds' throughputs, page over bare view."""

    name: str
    statements: int
    transactions: int
    p50: float
    p95: float
    per_second: float
    bare_p50: float
    bare_per_second: float
    ratio: float
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
    both = [(pair.page, page, scenario.right), (pair.bare, bare, _plain)]
    alone: list[dict[Server, Turn]] = []
    full: list[dict[Server, Turn]] = []
    for number in range(rounds):
        order = both if number % 2 == 0 else both[::-1]
        alone.append({turn[0]: _turn(pair, *turn, seconds / 2, 1) for turn in order})
        full.append({turn[0]: _turn(pair, *turn, seconds, CONNECTIONS) for turn in order})
    return _line(app, scenario, counted, pair, alone, full)


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


def _line(app: Flask, scenario: Scenario, counted: Count, pair: Pair, alone: list[dict[Server, Turn]], full: list[dict[Server, Turn]]) -> Line:
    page, bare = (Load([one for turns in alone for one in turns[server].load.latencies], 1) for server in (pair.page, pair.bare))
    slowest = max((one for one in counted.statements if one.sql.lstrip()[:6].lower() == "select"), key=lambda one: one.seconds)
    nodes = counting.explained(app, slowest)
    return Line(
        name=scenario.name, statements=len(counted.statements), transactions=counted.shape.count(",") + 1,
        p50=page.percentile(0.5), p95=page.percentile(0.95), per_second=median(turns[pair.page].load.per_second for turns in full),
        bare_p50=bare.percentile(0.5), bare_per_second=median(turns[pair.bare].load.per_second for turns in full),
        ratio=median(turns[pair.page].load.per_second / turns[pair.bare].load.per_second for turns in full),
        processor=median(turns[pair.page].processor for turns in full), bare_processor=median(turns[pair.bare].processor for turns in full),
        database_share=counted.in_database / counted.seconds, slowest=slowest,
        indexes=tuple(sorted({node["Index Name"] for node in nodes if "Index Name" in node})),
        scans=tuple(sorted({node["Relation Name"] for node in nodes if node["Node Type"] == "Seq Scan" and _many(node)})),
    )  # fmt: skip


def _many(node: dict[str, Any]) -> bool:
    seen = node.get("Actual Rows", 0) + node.get("Rows Removed by Filter", 0)
    return bool(seen * node.get("Actual Loops", 1) > MANY_ROWS)
