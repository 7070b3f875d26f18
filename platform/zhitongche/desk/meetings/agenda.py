"""上会目录: each petition with its verdict and the grounds, decided on where the rules do not suffice."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for

from zhitongche import meetings
from zhitongche.casework import access
from zhitongche.casework.case import load
from zhitongche.desk import guard
from zhitongche.desk.meetings import deciding, doing, papers, words
from zhitongche.desk.meetings.doing import FormPage
from zhitongche.desk.shown import stage_name
from zhitongche.meetings.permissions import require_role
from zhitongche.meetings.queries import agenda, lines
from zhitongche.persistence import unit_of_work

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from werkzeug.wrappers import Response


blueprint = Blueprint("agenda", __name__)
LISTS = ("catalogue", "invitation_list")


@blueprint.get("/<uuid:meeting_id>/agenda")
def show(meeting_id: UUID) -> str:
    """The whole agenda: undecided first, then what is in, by its order, then what is out."""
    actor = guard.actor()
    meeting = lines.of(meeting_id, actor)
    found = agenda.of(meeting_id, actor)
    parts = [(verdict, [one for one in found if one.verdict == verdict]) for verdict in ("undecided", "in", "out")]
    return render_template(
        "meetings/agenda.html", meeting=meeting, here="agenda", parts=parts, any=bool(found), papers=papers.of(meeting_id, *LISTS),
        versions=agenda.versions(meeting_id, actor), decides=agenda.may_decide(meeting, actor), stage_name=stage_name,
    )  # fmt: skip


@blueprint.post("/<uuid:meeting_id>/agenda/refresh")
def refresh(meeting_id: UUID) -> Response:
    """Judge everything anew, as the record now stands."""
    with unit_of_work():
        meetings.refresh(meeting_id, guard.actor())
    flash(words.JUDGED, "success")
    return redirect(url_for("desk.meetings.agenda.show", meeting_id=meeting_id), 303)


@blueprint.get("/<uuid:meeting_id>/agenda/<uuid:petition_id>")
def item(meeting_id: UUID, petition_id: UUID) -> str:
    """One petition: why it is in or out, and what may be decided on it; opening it is logged (ST-5.1)."""
    actor = guard.actor()
    with unit_of_work():
        meeting, line = lines.of(meeting_id, actor), agenda.one(meeting_id, petition_id, actor)
        petition = load(petition_id)
        access.opened(actor, petition, words.READ_ITEM.format(meeting=meeting.title))
        forms = deciding.offered(meeting, line) if agenda.may_decide(meeting, actor) else []
        return render_template(
            "meetings/item.html", meeting=meeting, here="agenda", line=line, petition=petition, forms=forms, stage_name=stage_name
        )


@blueprint.route("/<uuid:meeting_id>/agenda/<uuid:petition_id>/<what>", methods=["GET", "POST"])
def decide(meeting_id: UUID, petition_id: UUID, what: str) -> ResponseReturnValue:
    """One way of deciding on it: overrule, vouch for a condition, propose, put in another place."""
    actor = guard.actor()
    meeting, line = lines.of(meeting_id, actor), agenda.one(meeting_id, petition_id, actor)
    form = deciding.form(what, meeting, line)
    require_role(actor, agenda.deciders(meeting), form.clause)
    back = url_for("desk.meetings.agenda.item", meeting_id=meeting_id, petition_id=petition_id)
    page = FormPage(meeting, form.title, form.fields, form.button, form.clause, form.hint, back, more={"line": line})
    problem = None
    if form.fields.validate_on_submit():
        problem = doing.attempt(form.fields, lambda: form.act(meeting_id, petition_id, actor, form.fields.values()))
        if problem is None and not form.fields.errors:
            flash(form.done, "success")
            return redirect(back, 303)
    return page.shown(problem)
