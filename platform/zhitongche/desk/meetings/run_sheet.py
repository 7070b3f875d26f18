"""当日流程: one case at a time on a tablet, and the leader's opinion taken down there (RP-1.a, RP-2.8.a, ST-4.0)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for

from zhitongche import meetings
from zhitongche.casework import access
from zhitongche.casework.case import load
from zhitongche.desk import guard
from zhitongche.desk.meetings import doing, words
from zhitongche.desk.shown import unit_choices
from zhitongche.kernel.errors import Conflict, Forbidden
from zhitongche.meetings import sitting
from zhitongche.meetings.permissions import READERS, require_role
from zhitongche.meetings.queries import lines, outcomes, run_sheet
from zhitongche.persistence import unit_of_work
from zhitongche.webkit.forms import FieldSpec, build_form

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from zhitongche.kernel.errors import ZhitongcheError
    from zhitongche.meetings.queries.lines import MeetingLine
    from zhitongche.meetings.queries.run_sheet import Case
    from zhitongche.webkit.forms import PackForm

blueprint = Blueprint("run_sheet", __name__)
SEEN = "seen"
"""The hidden field that tells which text the page was made from."""


@blueprint.get("/<uuid:meeting_id>/run")
def show(meeting_id: UUID) -> str:
    """All cases in their order, with what is taken down on each."""
    actor, meeting = guard.actor(), _meeting(meeting_id)
    opinions = {one.petition.id: one for one in outcomes.opinions_of(meeting_id, actor)}
    return render_template(
        "meetings/run_sheet.html", meeting=meeting, here="run_sheet", cases=run_sheet.order(meeting_id, actor), opinions=opinions
    )


@blueprint.get("/<uuid:meeting_id>/run/<uuid:petition_id>")
def case(meeting_id: UUID, petition_id: UUID) -> str:
    """One case; opening it is logged (ST-5.1)."""
    with unit_of_work():
        meeting, found = _meeting(meeting_id), run_sheet.case(meeting_id, petition_id, guard.actor())
        access.opened(guard.actor(), load(petition_id), words.READ_SHEET.format(meeting=meeting.title))
        return _page(meeting, found, _form(found), None)


@blueprint.post("/<uuid:meeting_id>/run/<uuid:petition_id>")
def take_down(meeting_id: UUID, petition_id: UUID) -> ResponseReturnValue:
    """What the leader decided: who does what by when. On to the next case, or to the list after the last."""
    meeting = _meeting(meeting_id)
    require_role(guard.actor(), _writers(meeting), _clause(meeting))
    found = run_sheet.case(meeting_id, petition_id, guard.actor())
    form = _form(found)
    problem: ZhitongcheError | None = None
    if form.validate_on_submit():
        problem = doing.attempt(form, lambda: _take_down(meeting_id, petition_id, form))
        if problem is None and not form.errors:
            flash(words.TAKEN_DOWN, "success")
            return redirect(_onward(meeting, petition_id), 303)
    page = _page(meeting, run_sheet.case(meeting_id, petition_id, guard.actor()), form, problem)
    return page, doing.status(problem) if problem else 422


def _take_down(meeting_id: UUID, petition_id: UUID, form: PackForm) -> None:
    # Held from here on: nobody can write between our look and our word.
    sitting.load(meeting_id, lock=True)
    now = next((one for one in outcomes.opinions_of(meeting_id, guard.actor()) if one.petition.id == petition_id), None)
    if now is not None and now.taken_at.isoformat() != request.form.get(SEEN) and now.taken_by != guard.actor().name:
        raise Conflict(words.MEANWHILE.format(name=now.taken_by))
    meetings.take_down(meeting_id, petition_id, guard.actor(), form.values())


def _page(meeting: MeetingLine, found: Case, form: PackForm, problem: ZhitongcheError | None) -> str:
    order = [line.petition.id for line in run_sheet.order(meeting.id, guard.actor())]
    place = order.index(found.petition.id)
    return render_template(
        "meetings/case.html", meeting=meeting, here="run_sheet", case=found, form=form, problem=problem, place=place + 1, count=len(order),
        previous=order[place - 1] if place else None, following=order[place + 1] if place + 1 < len(order) else None,
        seen=found.opinion.taken_at.isoformat() if found.opinion else "", writes=bool(guard.actor().roles & set(_writers(meeting))),
        clause=_clause(meeting),
    )  # fmt: skip


def _form(found: Case) -> PackForm:
    chosen = unit_choices()
    specs = (
        FieldSpec("text", "处理意见", "longtext", max_length=2000),
        FieldSpec("unit", "承办单位", "choice", choices=chosen),
        FieldSpec("due", "办理期限", "date"),
        FieldSpec("co", "协办单位", "multi", required=False, choices=chosen),
    )
    return build_form(specs, _given(found))


def _given(found: Case) -> dict[str, Any]:
    """What was taken down before; else the office's proposal and the unit that leads."""
    if opinion := found.opinion:
        return {"text": opinion.text, "unit": str(opinion.unit_id), "due": opinion.due_on, "co": [str(one) for one in opinion.co_ids]}
    return {"text": found.line.proposal, "unit": str(found.petition.lead_unit_id or "")}


def _onward(meeting: MeetingLine, petition_id: UUID) -> str:
    order = [line.petition.id for line in run_sheet.order(meeting.id, guard.actor())]
    place = order.index(petition_id) + 1
    if place < len(order) and "and_next" in request.form:
        return url_for("desk.meetings.run_sheet.case", meeting_id=meeting.id, petition_id=order[place])
    return url_for("desk.meetings.run_sheet.case", meeting_id=meeting.id, petition_id=petition_id)


def _writers(meeting: MeetingLine) -> list[str]:
    """Who writes the opinions up, and who goes over them."""
    return [step.owes for does in ("write_up", "review") if (step := meeting.kind.doing(does))]


def _clause(meeting: MeetingLine) -> str:
    step = meeting.kind.doing("write_up")
    return step.clause if step and step.clause != "setting" else ""


def _meeting(meeting_id: UUID) -> MeetingLine:
    meeting = lines.of(meeting_id, guard.actor())
    if not guard.actor().roles & READERS:
        raise Forbidden
    return meeting


