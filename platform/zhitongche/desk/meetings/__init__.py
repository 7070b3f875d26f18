"""The officials' pages of meetings: the year, one meeting's timeline, its agenda, its day, what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import Blueprint, g, request, url_for

from zhitongche.desk import guard
from zhitongche.desk.meetings import (
    addresses,
    agenda,
    attending,
    calling,
    commitments,
    leader,
    moving,
    opinions,
    run_sheet,
    step,
    timeline,
    year,
)
from zhitongche.desk.meetings.addresses import open_door
from zhitongche.kernel.errors import Forbidden
from zhitongche.meetings.permissions import READERS
from zhitongche.meetings.queries import lines, outcomes, owed
from zhitongche.tenancy import current
from zhitongche.webkit.layout import NavGroup, NavItem

if TYPE_CHECKING:
    from zhitongche.flow.facts import Actor
    from zhitongche.meetings.queries.owed import Owed

__all__ = ["blueprint", "group", "open_door", "waiting"]

blueprint = Blueprint("meetings", __name__, url_prefix="/meetings")
for page in (year, calling, commitments, addresses, timeline, step, moving, leader, agenda, run_sheet, attending, opinions):
    blueprint.register_blueprint(page.blueprint)


@blueprint.before_request
def _require() -> None:
    if not guard.actor().roles & lines.CONCERNED:
        raise Forbidden


@blueprint.context_processor
def _reader() -> dict[str, object]:
    return {"meeting_reader": bool(guard.actor().roles & READERS)}


def waiting(actor: Actor) -> list[Owed]:
    """What the official owes to meetings now, read once a request."""
    if "meeting_steps" not in g:
        g.meeting_steps = owed.by(actor) if current.pack().meetings else []
    return cast("list[Owed]", g.meeting_steps)


def group(actor: Actor) -> NavGroup | None:
    """The ways to meetings, where the tenant holds any and the official has to do with them."""
    kinds = current.pack().meetings
    if not kinds or not actor.roles & lines.CONCERNED:
        return None
    steps, (open_ones, late) = waiting(actor), outcomes.open_count(actor)
    items = [_way("会议日程", "year", "calendar-event", len(steps), urgent=any(one.late for one in steps))]
    if any(kind.doing("commit") for kind in kinds.values()):
        items.append(_way("承诺落实", "commitments", "patch-check", open_ones, urgent=late > 0))
    return NavGroup("会议", items)


def _way(label: str, page: str, icon: str, count: int, *, urgent: bool) -> NavItem:
    # One meeting's pages belong to the year in which it stands.
    here = (request.endpoint or "").removeprefix("desk.meetings.")
    active = here == "commitments.show" if page == "commitments" else here != request.endpoint and here != "commitments.show"
    return NavItem(label, url_for(f"desk.meetings.{page}.show"), icon, count or None, active=active, urgent=urgent)
