"""Another leader attends, or two exchange their turns; always with the reason (RP-1.a, RP-2.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Blueprint, flash, redirect, url_for

from zhitongche import meetings
from zhitongche.desk import guard
from zhitongche.desk.meetings import asked, doing, words
from zhitongche.desk.meetings.doing import FormPage
from zhitongche.kernel.errors import NotFound
from zhitongche.meetings.permissions import require_role
from zhitongche.meetings.queries import lines, people
from zhitongche.webkit.forms import FieldSpec, build_form

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from zhitongche.meetings.queries.lines import MeetingLine
    from zhitongche.webkit.forms import PackForm

blueprint = Blueprint("leader", __name__)


@blueprint.route("/<uuid:meeting_id>/leader", methods=["GET", "POST"])
def show(meeting_id: UUID) -> ResponseReturnValue:
    """The form to change the leader."""
    actor = guard.actor()
    meeting = lines.of(meeting_id, actor)
    step = meeting.kind.doing("settle_leader")
    if step is None:
        raise NotFound
    require_role(actor, [step.owes], step.clause)
    form = _form(meeting)
    page = FormPage(meeting, "变更出席领导", form, "变更", step.clause, more={"turns": people.turns(meeting_id)})
    problem = None
    if form.validate_on_submit():
        problem = doing.attempt(form, lambda: meetings.change_leader(meeting_id, actor, _sent(form)))
        if problem is None and not form.errors:
            flash(words.LEADER, "success")
            return redirect(url_for("desk.meetings.timeline.show", meeting_id=meeting_id), 303)
    return page.shown(problem)


def _form(meeting: MeetingLine) -> PackForm:
    others = [(str(one.id), f"{one.title}（{one.leader}）") for one in lines.coming(meeting.kind.code, meeting.id) if one.leader_name]
    specs = [asked.leader_field(required=not others)]
    if others:
        hint = "选择后两次会议的出席领导对调，上面的选择不起作用。"
        specs.append(FieldSpec("swap_with", "与另一次会议对调", "choice", required=False, choices=others, hint=hint))
    specs.append(FieldSpec("reason", "变更原因", "longtext", max_length=300))
    return build_form(specs, {"leader": meeting.leader_name})


def _sent(form: PackForm) -> dict[str, Any]:
    values = form.values()
    chosen = values.get("swap_with")
    return {**values, "swap_with": UUID(chosen) if chosen else None}
