"""承诺: what units publish for everyone to see, and how they keep it (RP-3.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for

from zhitongche import meetings
from zhitongche.desk import guard
from zhitongche.desk.meetings import doing, words
from zhitongche.desk.meetings.doing import FormPage
from zhitongche.kernel.errors import Forbidden, NotFound
from zhitongche.meetings.permissions import READERS
from zhitongche.meetings.queries import lines, outcomes
from zhitongche.webkit.forms import FieldSpec, build_form

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from zhitongche.flow.facts import Actor
    from zhitongche.meetings.queries.outcomes import CommitmentLine, OpinionLine
    from zhitongche.webkit.forms import PackForm

blueprint = Blueprint("commitments", __name__)


@blueprint.get("/commitments")
def show() -> str:
    """Of all meetings: everyone's for those who oversee, the own unit's for its handlers."""
    actor = guard.actor()
    whole = bool(actor.roles & READERS)
    found = outcomes.all_commitments(actor) if whole else outcomes.commitments_of_unit(actor.unit_id, actor) if actor.unit_id else []
    return render_template("meetings/commitments.html", commitments=found, whole=whole, mine=actor.unit_id, meeting=None, owing=[])


@blueprint.get("/<uuid:meeting_id>/commitments")
def of_meeting(meeting_id: UUID) -> str:
    """Of one meeting, with what the reader's unit has yet to publish."""
    actor = guard.actor()
    meeting = lines.of(meeting_id, actor)
    return render_template(
        "meetings/commitments.html", meeting=meeting, here="commitments", commitments=outcomes.commitments_of(meeting_id, actor),
        owing=outcomes.owing(meeting_id, actor) if "handler" in actor.roles else [], whole=True, mine=actor.unit_id,
    )  # fmt: skip


@blueprint.route("/<uuid:meeting_id>/commitments/<uuid:petition_id>", methods=["GET", "POST"])
def publish(meeting_id: UUID, petition_id: UUID) -> ResponseReturnValue:
    """The unit's commitment on one petition."""
    actor = guard.actor()
    meeting = lines.of(meeting_id, actor)
    step = meeting.kind.doing("commit")
    if step is None:
        raise NotFound
    opinion = _opinion(meeting_id, petition_id, actor)
    form = _form(opinion)
    back = url_for("desk.meetings.commitments.of_meeting", meeting_id=meeting_id)
    page = FormPage(meeting, step.name, form, "公布", step.clause, back=back, template="meetings/commit.html", more={"opinion": opinion})
    problem = None
    if form.validate_on_submit():
        sent = {**form.values(), "petition": petition_id}
        problem = doing.attempt(form, lambda: meetings.perform(meeting_id, step.code, actor, sent))
        if problem is None and not form.errors:
            flash(words.PUBLISHED, "success")
            return redirect(back, 303)
    return page.shown(problem)


@blueprint.route("/commitments/<uuid:commitment_id>/fulfil", methods=["GET", "POST"])
def fulfil(commitment_id: UUID) -> ResponseReturnValue:
    """The unit says that it has done what it published."""
    actor = guard.actor()
    line = _own(commitment_id, actor)
    meeting = lines.of(line.meeting_id, actor)
    step = meeting.kind.doing("commit")
    form = build_form((FieldSpec("result", "落实情况", "longtext", max_length=500, hint="会公开显示，请勿写企业名称和商业信息。"),))
    back = url_for("desk.meetings.commitments.of_meeting", meeting_id=meeting.id)
    page = FormPage(
        meeting, "登记落实情况", form, "登记落实", step.clause if step else "", back=back, template="meetings/fulfil.html", more={"line": line}
    )
    problem = None
    if form.validate_on_submit():
        problem = doing.attempt(form, lambda: meetings.fulfil(commitment_id, actor, form.values()))
        if problem is None and not form.errors:
            flash(words.FULFILLED, "success")
            return redirect(back, 303)
    return page.shown(problem)


def _opinion(meeting_id: UUID, petition_id: UUID, actor: Actor) -> OpinionLine:
    """The opinion that the reader's unit has to live up to; NotFound for another's as for none."""
    if "handler" not in actor.roles:
        raise Forbidden
    found = next((one for one in outcomes.opinions_of(meeting_id, actor) if one.petition.id == petition_id), None)
    if found is None or actor.unit_id not in {found.unit_id, *found.co_ids}:
        raise NotFound
    return found


def _own(commitment_id: UUID, actor: Actor) -> CommitmentLine:
    if "handler" not in actor.roles or actor.unit_id is None:
        raise Forbidden
    found = next((one for one in outcomes.commitments_of_unit(actor.unit_id, actor) if one.id == commitment_id), None)
    if found is None:
        raise NotFound
    return found


def _form(opinion: OpinionLine) -> PackForm:
    specs = (
        FieldSpec("subject", "公开事项名称", max_length=60, hint="所有人可见。只写要解决的事，不写企业名称、人名和商业信息。"),
        FieldSpec("leader", "责任领导", max_length=40, hint="姓名和职务。"),
        FieldSpec("person", "具体责任人", max_length=40, hint="姓名和职务。"),
        FieldSpec("due", "完成时限", "date"),
        FieldSpec("measures", "工作措施", "longtext", max_length=1000, hint="所有人可见。"),
    )
    given: dict[str, Any] = {"due": opinion.due_on}
    return build_form(specs, given)
