"""The operator's pages (运行维护): what is sent, what waits, whether the machinery is alive; no contents, no whole mobiles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint

from zhitongche.desk import guard
from zhitongche.desk.operator import sms, state
from zhitongche.desk.ways import way
from zhitongche.kernel.errors import Forbidden
from zhitongche.notices import queries
from zhitongche.supervision import heartbeat
from zhitongche.webkit.layout import NavGroup, NavItem

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhitongche.flow.facts import Actor

__all__ = ["blueprint", "group"]

ROLES: Final = frozenset({"operator", "admin"})
FURTHER: Final[list[Callable[[], NavItem]]] = []
"""Further ways in, of rooms above the platform."""
blueprint = Blueprint("operator", __name__, url_prefix="/operator")
for page in (sms, state):
    blueprint.register_blueprint(page.blueprint)


@blueprint.before_request
def _require() -> None:
    if not guard.actor().roles & ROLES:
        raise Forbidden


def group(actor: Actor) -> NavGroup | None:
    """The operator's ways in, with what needs a look."""
    if not actor.roles & ROLES:
        return None
    counts = queries.counts()
    stuck = counts["failed"] + counts["uncertain"]
    silent = len(heartbeat.silent())
    return NavGroup("运行维护", (
        way("通知状态", "desk.operator.sms.show", "chat-dots", stuck or None, urgent=stuck > 0),
        way("运行状况", "desk.operator.state.show", "heart-pulse", silent or None, urgent=silent > 0),
        *(make() for make in FURTHER),
    ))  # fmt: skip
