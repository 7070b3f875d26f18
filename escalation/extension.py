"""How the bridge plugs into the platform (entry point group `zhitongche.extensions`). Dear imports happen when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask import Flask

tables: Final = ("escalation.ledger.tables", "escalation.ledger.link_tables", "escalation.ledger.seal_tables")
words: Final[dict[str, tuple[str, str]]] = {
    "bridge": ("escalation.cli.bridge", "上报桥：状态、密钥、信任名录、对账"),
    "federation": ("escalation.cli.federation", "一台机器上启动几套完整的部署，互相上报（联调）"),
    "storm": ("escalation.cli.storm", "上报桥演练：丢、重、乱序的线路，随机强杀进程，最后逐件核对"),
}
errands: Final = ("bridge_deliver",)


def init_app(app: Flask) -> None:
    """Listen to casework, open the door for other deployments' messages, serve the operator's pages."""
    from escalation import desk
    from escalation.carriage import composing

    composing.init_app(app)
    desk.init_app(app)


def tasks() -> Mapping[str, Callable[..., None]]:
    """What the worker does for the bridge."""
    from escalation.carriage import tasks

    return tasks.TASKS


def handlers() -> Mapping[str, Callable[[Any], None]]:
    """Promises that the bridge keeps."""
    from escalation.carriage import fetching

    return fetching.HANDLERS


def schedule() -> Mapping[str, dict[str, Any]]:
    """When it does so."""
    from escalation.carriage import tasks

    return tasks.SCHEDULE
