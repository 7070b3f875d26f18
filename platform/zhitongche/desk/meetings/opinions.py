"""处理意见: all opinions of a meeting, gone over by the office, approved by the leader (RP-2.8.a, ST-1.1.2)."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template

from zhitongche.desk import guard
from zhitongche.desk.meetings import papers
from zhitongche.meetings.permissions import READERS
from zhitongche.meetings.queries import lines, outcomes, run_sheet, timeline

blueprint = Blueprint("opinions", __name__)
STEPS = ("write_up", "review", "approve")


@blueprint.get("/<uuid:meeting_id>/opinions")
def show(meeting_id: UUID) -> str:
    """What was decided on each petition, what is still missing, and whose turn it is."""
    actor = guard.actor()
    meeting, found = lines.of(meeting_id, actor), outcomes.opinions_of(meeting_id, actor)
    told = {one.petition.id for one in found}
    return render_template(
        "meetings/opinions.html", meeting=meeting, here="opinions", opinions=found,
        missing=[line for line in run_sheet.order(meeting_id, actor) if line.petition.id not in told] if meeting.held else [],
        steps=[step for step in timeline.steps_of(meeting_id, actor) if step.does in STEPS],
        papers=papers.of(meeting_id, "opinions"),
        writes=bool(actor.roles & READERS) and meeting.state in {"fixed", "held"},
    )  # fmt: skip
