"""A storm from the first start to the last stop: deployments in a folder of their own, the bad line between them."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

from escalation.federation import plan
from escalation.federation.house import HOST, House
from escalation.federation.notary import Notary
from escalation.federation.proxy import Faults, Luck, Proxy
from escalation.federation.storm import Storm
from zhitongche.deployment.ports import free_port, is_taken
from zhitongche.tenancy import packs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from escalation.federation.figures import Figures
    from zhitongche.kernel.settings import Settings

ROOM: Final = 20
"""Ports in a row that are free: more deployments than anybody rehearses with."""


def rehearse(
    settings: Settings, file: Path, folder: Path, *, cases: int, minutes: float, pace: float, seed: int,
    faults: Faults | None = None, say: Callable[[str], None] = print,
) -> Figures:  # fmt: skip
    """Run it from the main thread; nothing runs afterwards. Raises Invalid, PortTaken, ClusterError."""
    # The database's account must be able to walk in.
    folder.chmod(0o755)
    known = packs.load(settings.tenants_dirs, settings.base_domain)
    sites = plan.read(file, folder, _ports(), known)
    doors = {site.code: free_port() for site in sites}
    Notary(folder, sites, known, settings.base_domain, doors).issue()
    luck = Luck(seed, faults or Faults())
    with ExitStack() as stack:
        for site in sites:
            stack.enter_context(Proxy(doors[site.code], site.port, luck))
        house = House(sites, demo=False, quiet=True)
        say(f"▸ 启动 {len(sites)} 套部署（日志在 {folder}）")
        stack.enter_context(house.running())
        return Storm(house, luck, cases, minutes, pace, seed, say).run()


def _ports() -> int:
    """The first of some free ports in a row."""
    while True:
        first = free_port()
        if not any(is_taken(HOST, port) for port in range(first, first + ROOM)):
            return first
