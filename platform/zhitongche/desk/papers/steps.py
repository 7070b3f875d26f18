"""Submit, review, approve, issue, return: each a button of its own form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for

from zhitongche import documents
from zhitongche.desk import guard
from zhitongche.desk.papers import opening, page, words
from zhitongche.kernel.errors import Conflict, Invalid, NotFound, Refused
from zhitongche.persistence import db, unit_of_work

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

    from zhitongche.documents.tables import Paper
    from zhitongche.flow.facts import Actor

blueprint = Blueprint("steps", __name__)

STEPS: Final[dict[str, Callable[[UUID, Actor, str], Paper]]] = {
    "submit": lambda paper, actor, _: documents.submit(paper, actor),
    "review": documents.review,
    "approve": documents.approve,
    "issue": lambda paper, actor, _: documents.issue(paper, actor),
    "return": documents.return_,
    "supersede": lambda paper, actor, _: documents.supersede(paper, actor),
}


@blueprint.post("/<uuid:paper_id>/<step>")
def take(paper_id: UUID, step: str) -> ResponseReturnValue:
    """Take one step; what forbids it is told on the paper's page, with the opinion still in its field. Raises NotFound, Forbidden."""
    if step not in STEPS:
        raise NotFound
    paper, template = opening.readable(paper_id)
    opinion = request.form.get("opinion", "")[: words.LONGEST_OPINION]
    try:
        with unit_of_work():
            paper = STEPS[step](paper_id, guard.actor(), opinion)
            where = paper.id
    except (Invalid, Refused, Conflict) as error:
        db.session.expire_all()
        paper, template = opening.readable(paper_id)
        told = "；".join(error.errors.values()) if isinstance(error, Invalid) else error.message
        return page.told(paper, template, told, opinion), 422 if isinstance(error, Invalid) else 409
    flash(words.DONE[step], "success")
    return redirect(url_for("desk.papers.page.show", paper_id=where), 303)
