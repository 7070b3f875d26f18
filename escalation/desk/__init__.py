"""The operator's pages of the bridge (上报桥): what waits, what was refused, what needs a person; never a case's contents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, request

from escalation.desk import alarms, message, overview, quarantine, queue, shown
from escalation.desk.roles import KEEPERS, LOOKERS
from escalation.ledger import standing
from zhitongche.desk import guard, navigation, operator
from zhitongche.kernel.errors import Forbidden
from zhitongche.webkit.layout import NavGroup, NavItem, address

if TYPE_CHECKING:
    from flask import Flask

    from zhitongche.flow.facts import Actor

NAME: Final = "bridge_desk"
OPEN_TO_TRIAGE: Final = frozenset({f"{NAME}.quarantine", f"{NAME}.message"})
"""Whoever screens cases decides on their messages too."""


def init_app(app: Flask) -> None:
    """Serve the pages below /desk/bridge, for whoever keeps the machine."""
    app.register_blueprint(_pages())
    app.jinja_env.filters |= {"age": shown.age, "bridge_error": shown.error}
    if _way not in operator.FURTHER:
        operator.FURTHER.append(_way)
    navigation.GROUPS.append(_group)


def _pages() -> Blueprint:
    desk = guard.guarded(NAME, __name__, "/desk/bridge")
    for page in (overview, queue, message, quarantine, alarms):
        desk.register_blueprint(page.blueprint)
    desk.before_request(_require)
    return desk


def _require() -> None:
    may = LOOKERS if request.blueprint in OPEN_TO_TRIAGE else KEEPERS
    if not guard.actor().roles & may:
        raise Forbidden


def _way() -> NavItem:
    count = len(alarms.now())
    here = (request.blueprint or "").startswith(NAME)
    return NavItem("上报桥", address(f"{NAME}.overview.show"), "diagram-3", count or None, active=here, urgent=count > 0)


def _group(actor: Actor) -> NavGroup | None:
    """For whoever screens cases and does not keep the machine: only while a message stands still."""
    if actor.roles & KEEPERS or not actor.roles & LOOKERS or not (count := standing.kept_count()):
        return None
    here = (request.blueprint or "").startswith(NAME)
    item = NavItem("隔离区", address(f"{NAME}.quarantine.show"), "sign-stop", count, active=here, urgent=True)
    return NavGroup("上报桥", (item,))
