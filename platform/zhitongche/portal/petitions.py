"""My petitions (我的诉求): the list, and each followed like a parcel."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from zhitongche import documents
from zhitongche.casework import drafts
from zhitongche.casework.queries import mine, tracking
from zhitongche.meetings.queries import of_petition
from zhitongche.notices import inbox
from zhitongche.persistence import unit_of_work
from zhitongche.portal import guards, words
from zhitongche.portal.shown import page_of
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from uuid import UUID

    from flask.typing import ResponseReturnValue

    from zhitongche.casework.queries.tracking_view import Tracking
    from zhitongche.flow.definition import Action

blueprint = Blueprint("petitions", __name__, url_prefix="/petitions")


@blueprint.get("")
def listing() -> str:
    """All petitions of the enterprise, what waits for it on top."""
    actor, args = guards.actor(), request.args
    asked = mine.Asked(args.get("state", ""), args.get("category", ""), args.get("q", "")[:60])
    categories = tuple((one.code, one.name) for one in current.pack().categories.values())
    filters = (
        SimpleNamespace(name="state", label=words.STATE_CHOICES, value=asked.state, choices=tuple(mine.STATES.items())),
        SimpleNamespace(name="category", label=words.CATEGORY, value=asked.category, choices=categories),
    )
    page = mine.listing(actor, asked, args.get("after"))
    return render_template(
        "portal/petitions.html", page=page, filters=filters, asked=asked, drafts=drafts.listing(actor)
    )


@blueprint.get("/<uuid:petition_id>")
def show(petition_id: UUID) -> str:
    """Where it is, who has it, what is owed next, by when, on which rule."""
    actor = guards.actor_for(petition_id)
    tracked = tracking.track(petition_id, actor)
    papers = documents.papers_for_enterprise(petition_id)
    page = render_template(
        "portal/petition.html", papers=papers, it=tracked, page=page_of(tracked), main=tracked.main and page_of(tracked.main),
        met=of_petition.of(petition_id), wish=_wish(tracked),
    )  # fmt: skip
    if inbox.unread_count(guards.signed_in().id):
        with unit_of_work():
            inbox.mark_read(guards.signed_in().id, petition_id=petition_id)
    return page


def _wish(tracked: Tracking) -> Action | None:
    """The action by which the enterprise says whether its petition may come before a meeting, where it can now (ST-4.2)."""
    return next((one for one in tracked.actions if one.verb in {"keep_off", "allow_on"}), None)


@blueprint.get("/<uuid:petition_id>/rate")
def rate(petition_id: UUID) -> ResponseReturnValue:
    """The short address in messages: to the rating where it is open, else to the petition."""
    tracked = tracking.track(petition_id, guards.actor_for(petition_id))
    action = next((one for one in tracked.actions if one.verb == "rate"), None)
    if action is None:
        return redirect(url_for("portal.petitions.show", petition_id=petition_id))
    return redirect(url_for("portal.acting.act", petition_id=petition_id, code=action.code))
