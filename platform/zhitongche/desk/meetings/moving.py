"""To another day: first what would move with it, then the move (RP-2.1.b)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for

from zhitongche import meetings
from zhitongche.desk import guard
from zhitongche.desk.meetings import doing, words
from zhitongche.desk.meetings.doing import FormPage
from zhitongche.meetings import rehearsing
from zhitongche.meetings.permissions import require_role
from zhitongche.meetings.queries import lines
from zhitongche.webkit.forms import FieldSpec, build_form

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from zhitongche.meetings.queries.lines import MeetingLine
    from zhitongche.meetings.rehearsing import Shift
    from zhitongche.webkit.forms import PackForm

blueprint = Blueprint("moving", __name__)


@blueprint.route("/<uuid:meeting_id>/move", methods=["GET", "POST"])
def show(meeting_id: UUID) -> ResponseReturnValue:
    """The form; its first button shows what would move, the second one moves it."""
    actor = guard.actor()
    meeting = lines.of(meeting_id, actor)
    clause = meeting.kind.day.clause if meeting.kind.day else meeting.kind.clause
    require_role(actor, meeting.kind.callers, clause)
    form = _form(meeting)
    page = FormPage(meeting, "改期", form, "查看受影响的期限", clause, template="meetings/move.html", more={"shifts": None})
    problem = None
    if form.validate_on_submit():
        shifts: list[Shift] = []
        sure = "confirmed" in request.form
        problem = doing.attempt(form, lambda: meetings.move(meeting_id, actor, form.values()) if sure else shifts.extend(_preview(meeting_id, form)))
        if problem is None and not form.errors and sure:
            flash(words.MOVED, "success")
            return redirect(url_for("desk.meetings.timeline.show", meeting_id=meeting_id), 303)
        page.more["shifts"] = None if problem or form.errors else shifts
    return page.shown(problem)


def _preview(meeting_id: UUID, form: PackForm) -> list[Shift]:
    return rehearsing.of_move(meeting_id, guard.actor(), form.values())


def _form(meeting: MeetingLine) -> PackForm:
    specs = (
        FieldSpec("day", "改到哪一天", "date", hint="须为工作日。"),
        FieldSpec("reason", "改期原因", "longtext", max_length=300, hint="会告知有关单位、人员和已列入目录的企业。"),
        FieldSpec("place", "地点", required=False, max_length=100),
    )
    return build_form(specs, {"day": meeting.day, "place": meeting.place})
