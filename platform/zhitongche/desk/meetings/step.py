"""One step of a meeting: what it asks for, by which clause; why it cannot be done now, where it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for

from zhitongche import meetings
from zhitongche.desk import guard
from zhitongche.desk.meetings import asked, doing, words
from zhitongche.desk.meetings.doing import FormPage
from zhitongche.kernel.errors import Forbidden, NotFound, Refused
from zhitongche.meetings import words as room_words
from zhitongche.meetings.queries import lines, timeline
from zhitongche.webkit.forms import build_form

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from zhitongche.kernel.errors import ZhitongcheError
    from zhitongche.meetings.queries.lines import MeetingLine
    from zhitongche.meetings.queries.timeline import StepLine

blueprint = Blueprint("step", __name__)


@blueprint.route("/<uuid:meeting_id>/steps/<code>", methods=["GET", "POST"])
def show(meeting_id: UUID, code: str) -> ResponseReturnValue:
    """The step's form; a step that a unit takes case by case leads to the cases."""
    meeting = lines.of(meeting_id, guard.actor())
    step = timeline.step(meeting_id, code, guard.actor())
    if step is None:
        raise NotFound
    _require_mine(step)
    if step.does == "commit":
        return redirect(url_for("desk.meetings.commitments.of_meeting", meeting_id=meeting_id), 303)
    page = _page(meeting, step)
    if request.method == "GET":
        return page.shown(_in_the_way(step))
    problem: ZhitongcheError | None = None
    if page.form.validate_on_submit():
        problem = doing.attempt(page.form, lambda: meetings.perform(meeting_id, code, guard.actor(), _sent(page), version=page.form.read_version()))
        if problem is None and not page.form.errors:
            flash(words.DONE.format(step=step.name), "success")
            return redirect(url_for("desk.meetings.timeline.show", meeting_id=meeting_id), 303)
    if problem is not None:
        page.form["version"].data = lines.of(meeting_id, guard.actor()).version
    return page.shown(problem)


def _page(meeting: MeetingLine, step: StepLine) -> FormPage:
    specs, given = asked.of(step, meeting, guard.actor())
    form = build_form(specs, given, version=meeting.version)
    return FormPage(meeting, step.name, form, step.name, step.clause, words.STEPS.get(step.does, ""), more={"step": step})


def _sent(page: FormPage) -> dict[str, Any]:
    return {name: value for name, value in page.form.values().items() if value is not None}


def _require_mine(step: StepLine) -> None:
    if not step.mine:
        raise Forbidden(room_words.NOT_YOUR_STEP.format(step=step.name, who=step.who), step.clause or None)


def _in_the_way(step: StepLine) -> ZhitongcheError | None:
    if step.met_at is not None:
        return Refused(room_words.DONE_ALREADY.format(step=step.name), step.clause)
    if step.does == timeline.ON_THE_CASES:
        return Refused(room_words.BY_ITSELF.format(step=step.name), step.clause)
    return Refused(room_words.FIRST.format(step="”“".join(step.first)), step.clause) if step.first else None
