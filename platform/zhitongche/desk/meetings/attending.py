"""到会: who is to come, who came."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for

from zhitongche import meetings
from zhitongche.desk import guard
from zhitongche.desk.meetings import words
from zhitongche.kernel.errors import Forbidden, Invalid
from zhitongche.meetings.permissions import READERS, require_role
from zhitongche.meetings.queries import lines, people
from zhitongche.persistence import unit_of_work

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from zhitongche.meetings.queries.lines import MeetingLine

blueprint = Blueprint("attending", __name__)


@blueprint.get("/<uuid:meeting_id>/attendance")
def show(meeting_id: UUID) -> str:
    """Everyone invited."""
    meeting = _meeting(meeting_id)
    step = meeting.kind.doing("hold")
    found = people.coming(meeting_id, guard.actor())
    parties = [(party, [one for one in found if one.party == party]) for party in ("enterprise", "unit", "duty")]
    return render_template(
        "meetings/attendance.html", meeting=meeting, here="attending", parties=parties, any=bool(found),
        records=step is not None and step.owes in guard.actor().roles,
    )  # fmt: skip


@blueprint.post("/<uuid:meeting_id>/attendance")
def record(meeting_id: UUID) -> Response:
    """Everyone's coming in one form: what was answered for each is set down, the rest stays open."""
    step = _meeting(meeting_id).kind.doing("hold")
    require_role(guard.actor(), [step.owes] if step else [], step.clause if step else "")
    try:
        with unit_of_work():
            for one in people.coming(meeting_id, guard.actor()):
                _record(meeting_id, one)
    except Invalid as error:
        flash("；".join(error.errors.values()), "warning")
    else:
        flash(words.ATTENDED, "success")
    return redirect(url_for("desk.meetings.attending.show", meeting_id=meeting_id), 303)


def _record(meeting_id: UUID, one: people.Comer) -> None:
    present, person = request.form.get(f"present-{one.id}", ""), request.form.get(f"person-{one.id}", "").strip()
    known = {True: "yes", False: "no", None: ""}[one.present]
    if present in {"yes", "no"} and (present, person or one.person) != (known, one.person):
        meetings.attend(meeting_id, one.id, guard.actor(), {"present": present, "person": person})


def _meeting(meeting_id: UUID) -> MeetingLine:
    meeting = lines.of(meeting_id, guard.actor())
    if not guard.actor().roles & READERS:
        raise Forbidden
    return meeting
