"""Who will hand in what, when and which way: drawn before time begins to run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from zhitongche.simulation import grounds
from zhitongche.simulation.story import Script
from zhitongche.simulation.temperament import CATEGORY_SHARES, OFFICE, PHONE, moments

if TYPE_CHECKING:
    from zhitongche.simulation.clients import Client
    from zhitongche.tenancy.pack import Pack

HARD: Final = 0.06
"""The share of petitions that it takes a meeting to solve; an assumption."""


def write(
    rng: Random, pack: Pack, clients: list[Client], shares: Mapping[str, float], period: tuple[datetime, datetime], count: int,
    hard: float = HARD,
) -> list[Script]:
    """`count` scripts within the period (UTC), in order of time; some are a second sending of an earlier one."""
    first, last = period
    found: list[Script] = []
    rhythms = rng.choices((PHONE, OFFICE), weights=(3, 2), k=2)
    times = sorted(
        moments(rng, first, last, count // 2, rhythms[0]) + moments(rng, first, last, count - count // 2, rhythms[1])
    )
    # Some write often; no single one so often that its own trouble colours all figures.
    busy = [min(rng.paretovariate(1.6), 3.0) for _ in clients]
    for number, moment in enumerate(times):
        if len(found) >= count:
            break
        script = _script(rng, pack, rng.choices(clients, weights=busy)[0], shares, moment, str(number))
        found.append(script)
        again = moment + timedelta(days=rng.uniform(0.3, 9))
        if len(found) < count and again < last and rng.random() < script.client.temper.sends_twice:
            found.append(Script(again, script.client, script.category, "web" if "web" in shares else script.source, script.ground, script, f"{number}b"))
    # A chance of its own, so that how many are hard changes nothing else.
    drawn = Random(f"{count}/hard")  # noqa: S311
    told = [replace(script, hard=script.ground is None and not script.first and drawn.random() < hard) for script in found]
    return sorted(told, key=lambda script: script.moment)


def _script(
    rng: Random, pack: Pack, client: Client, shares: Mapping[str, float], moment: datetime, number: str
) -> Script:
    known = grounds.known(pack)
    refusable = bool(known) and rng.random() < client.temper.refusable
    return Script(
        moment,
        client,
        rng.choices(list(CATEGORY_SHARES), weights=list(CATEGORY_SHARES.values()))[0],
        rng.choices(list(shares), weights=list(shares.values()))[0],
        rng.choice(known) if refusable else None,
        None,
        number,
    )
