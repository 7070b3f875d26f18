"""A meeting called when fit (ST-4.0), or a special session with a theme (RP-3.4.a)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for

from zhitongche import meetings
from zhitongche.desk import guard
from zhitongche.desk.meetings import doing, words
from zhitongche.desk.shown import matter_choices
from zhitongche.kernel.errors import NotFound
from zhitongche.meetings.permissions import require_role
from zhitongche.tenancy import current
from zhitongche.webkit.forms import FieldSpec, build_form

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from zhitongche.meetings.tables import Meeting
    from zhitongche.tenancy.meeting_parts import MeetingKind
    from zhitongche.webkit.forms import PackForm

blueprint = Blueprint("calling", __name__)


@blueprint.route("/call/<kind>", methods=["GET", "POST"])
def show(kind: str) -> ResponseReturnValue:
    """The form to call one."""
    known = current.pack().meetings.get(kind)
    if known is None or (known.day is not None and known.special is None):
        raise NotFound
    require_role(guard.actor(), known.callers, known.clause)
    form, made, problem = _form(known), [], None
    if form.validate_on_submit():
        problem = doing.attempt(form, lambda: made.append(_called(kind, form)))
    if made:
        flash(words.CALLED.format(title=made[0].title), "success")
        return redirect(url_for("desk.meetings.timeline.show", meeting_id=made[0].id), 303)
    page = render_template("meetings/call.html", form=form, kind=known, problem=problem, special=known.day is not None)
    return page, doing.status(problem) if problem else 422 if form.errors else 200


def _called(kind: str, form: PackForm) -> Meeting:
    return meetings.call(kind, guard.actor(), form.values())


def _form(kind: MeetingKind) -> PackForm:
    special = kind.day is not None
    specs = [
        FieldSpec("day", "会议日期", "date", hint="须为工作日。各项筹备期限从这一天倒推。"),
        FieldSpec("place", "地点", required=False, max_length=100, hint=f"不填写则为{kind.place}。" if kind.place else ""),
        FieldSpec("reason", "召集缘由", "longtext", required=False, max_length=500),
    ]
    if kind.special:
        hint = "只研究这一类事项的诉求。"
        specs.insert(1, FieldSpec("theme", "专题", "choice", required=special, choices=matter_choices(), hint=hint))
    return build_form(specs)
