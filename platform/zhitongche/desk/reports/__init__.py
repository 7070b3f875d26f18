"""Reports on the desk 统计报告: those of the calendar and one's own, opened as they were made, taken away as files (RP-2.10.d)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint

from zhitongche.desk import guard
from zhitongche.desk.reports import listing, reading
from zhitongche.desk.ways import way
from zhitongche.statistics.reports import asking

if TYPE_CHECKING:
    from zhitongche.flow.facts import Actor
    from zhitongche.webkit.layout import NavItem

__all__ = ["blueprint", "items"]

blueprint = Blueprint("reports", __name__, url_prefix="/reports")
for page in (listing, reading):
    blueprint.register_blueprint(page.blueprint)


@blueprint.before_request
def _require() -> None:
    asking.require_reader(guard.actor())


def items(actor: Actor) -> list[NavItem]:
    """The way in, for those whom reports concern."""
    return [way("统计报告", "desk.reports.listing.show", "file-earmark-bar-graph")] if actor.roles & asking.READERS else []
