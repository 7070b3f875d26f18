"""A simulation from its first day to its last."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as hour
from random import Random
from typing import TYPE_CHECKING, Final

from zhitongche.identity import register_load, units
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Invalid
from zhitongche.persistence import tenant_scope, unit_of_work
from zhitongche.simulation import cast, clients, intake, scripts
from zhitongche.simulation.places import place_of, register_file
from zhitongche.simulation.temperament import CHANNEL_SHARES
from zhitongche.simulation.world import Tally, World
from zhitongche.tenancy import calendar, current, versions

if TYPE_CHECKING:
    from flask import Flask

    from zhitongche.simulation.clients import Client
    from zhitongche.simulation.machine import Silence

Say = Callable[[str], None]
PETITIONS_EACH: Final = 1.7
"""How many petitions an enterprise hands in on average."""
_PARTS: Final = 10


@dataclass(frozen=True)
class Ran:
    """What a simulation did, and how long that took (seconds of real time)."""

    tally: Tally
    provider: Silence
    seconds: float


def simulate(
    app: Flask, tenant: str, first: datetime, last: datetime, *, petitions: int, seed: int,
    hard: float = scripts.HARD, regulars: list[Client] | None = None, say: Say = lambda _line: None,
) -> Ran:
    """Simulate between two moments (UTC); the same seed on the same data gives the same acts, ids and keys apart.

    `regulars` are enterprises known already that petition too, `hard` the share that takes a meeting to be solved. Raises Invalid for a tenant that takes none.
    """
    started = time.monotonic()
    with app.app_context(), tenant_scope(tenant), clock.at(first) as simulated:
        world, rng = _world(tenant, seed)
        with unit_of_work():
            made = clients.found(rng, world.place, max(2, round(petitions / PETITIONS_EACH)))
        everyone = [*(regulars or []), *made]
        ways = intake.sources(world.pack, world.cast, CHANNEL_SHARES)
        for script in scripts.write(rng, world.pack, everyone, ways, (first, last), petitions, hard):
            world.expect(script)
        world.machine.calendar(first, last)
        world.sessions.calendar(first, last)
        with world.machine.running(app):
            for part in range(1, _PARTS + 1):
                until = first + (last - first) * part / _PARTS
                world.agenda.run(simulated, until)
                say(f"  {clock.local(until):%Y-%m-%d}  {sum(world.tally.done.values())} 次办理动作")
            world.machine.sweep()
            world.machine.mail()
    return Ran(world.tally, world.machine.provider, time.monotonic() - started)


def period(first: date, last: date) -> tuple[datetime, datetime]:
    """From the beginning of the first day to the end of the last, in China."""
    return clock.on(first), clock.on(last + timedelta(days=1), hour()) - timedelta(seconds=1)


def _world(tenant: str, seed: int) -> tuple[World, Random]:
    registry = current.registry()
    if tenant not in registry or not registry[tenant].takes_petitions:
        takers = "、".join(pack.code for pack in registry.values() if pack.takes_petitions)
        raise Invalid({"tenant": tenant}, f"没有受理诉求的租户“{tenant}”，可用的有：{takers}。")
    pack, rng = registry[tenant], Random(f"{tenant}/{seed}")  # noqa: S311
    folder = registry.folder(tenant)
    with unit_of_work():
        versions.keep(pack)
        units.sync(pack)
        if file := register_file(pack, folder):
            register_load.load_csv(file)
        people = cast.gather(pack, rng)
    return World(tenant, pack, people, place_of(pack, folder), calendar.calendar_of(pack), f"{tenant}/{seed}"), rng
