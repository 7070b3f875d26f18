"""What waits for me, and the papers that are about no single petition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for

from zhitongche import documents
from zhitongche.desk import guard
from zhitongche.desk.papers import words
from zhitongche.documents import queries
from zhitongche.documents.by_calendar import MAKERS
from zhitongche.documents.permissions import DRAFTER
from zhitongche.kernel.errors import NotFound
from zhitongche.persistence import unit_of_work
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from zhitongche.flow.facts import Actor

blueprint = Blueprint("listing", __name__)


@blueprint.get("")
def show() -> str:
    """My turn first; below, what this official may read of the rest."""
    actor = guard.actor()
    return render_template("papers/listing.html", waiting=queries.waiting_for(actor), recent=queries.recent(actor), makers=_makers(actor))


@blueprint.post("/make/<table>")
def make(table: str) -> Response:
    """Draft this month's or this week's table, or fill the draft anew."""
    if table not in MAKERS:
        raise NotFound
    with unit_of_work():
        paper = documents.make_by_calendar(table, guard.actor())
    flash(words.MADE, "success")
    return redirect(url_for("desk.papers.page.show", paper_id=paper.id), 303)


def _makers(actor: Actor) -> list[tuple[str, str]]:
    papers = current.pack().papers
    mine = (papers[kind] for kind in MAKERS if kind in papers and papers[kind].by.get("draft", DRAFTER) in actor.roles)
    return [(url_for("desk.papers.listing.make", table=one.kind), words.MAKE.format(name=one.name)) for one in mine]
