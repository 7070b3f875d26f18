"""The sums of facts 指标合计, without reading any fact back: each played fact counts as often as its petition was stamped."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from zhitongche.simulation.bulk.copying import NULL
from zhitongche.statistics.percentiles import bucket_of
from zhitongche.statistics.tables import NIL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhitongche.simulation.bulk.stamping import Tenant

Sums = Counter[tuple[str, ...]]
"""Edition, grain, start, unit, kind, key, bucket → how many."""


def lines(tenant: Tenant) -> str:
    """The rows of figure_tally: what was played is summed already, further copies are added."""
    world = tenant.moulds.world
    sums: Sums = Counter()
    for row in world.sums:
        sums[(row["edition"], row["grain"], row["start"], _unit(tenant, row["unit_id"]), row["kind"], row["key"], row["bucket"])] += int(row["n"])
    for row in world.increments:
        for place in _places(row["edition"], row["day"], _unit(tenant, row["unit_id"]), row["kind"], row["key"], row["bucket"]):
            sums[place] += int(row["n"])
    for fact, times in tenant.further_facts().items():
        named = dict(zip(world.columns["figure_fact"], fact, strict=True))
        for place in _of_fact(named):
            sums[place] += int(named["n"]) * times
    return "".join("\t".join((tenant.pack.code, *place, str(n))) + "\n" for place, n in sums.items() if n)


def _unit(tenant: Tenant, played: str) -> str:
    return played if played == str(NIL) else tenant.id(played, tenant.salt)


def _of_fact(fact: dict[str, str]) -> Iterator[tuple[str, ...]]:
    kind = f"~{fact['kind']}" if fact["left_out"] == "t" else fact["kind"]
    bucket = str(bucket_of(None if fact["minutes"] == NULL else int(fact["minutes"])))
    unit = str(NIL) if fact["unit_id"] == NULL else fact["unit_id"]
    return _places(fact["edition"], fact["day"], unit, kind, fact["key"], bucket)


def _places(edition: str, day: str, unit: str, kind: str, key: str, bucket: str) -> Iterator[tuple[str, ...]]:
    """Where one that counts is added: day and month, of its unit and of the whole tenant."""
    for grain, start in (("d", day), ("m", f"{day[:8]}01")):
        for whose in {str(NIL), unit}:
            yield edition, grain, start, whose, kind, key, bucket
