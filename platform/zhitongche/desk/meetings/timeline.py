"""One meeting on one page: every step as a clock, who leads it, who looks after what, its papers, its log."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, render_template

from zhitongche.desk import guard
from zhitongche.desk.meetings import papers
from zhitongche.meetings.queries import agenda, lines, outcomes, people, timeline

if TYPE_CHECKING:
    from zhitongche.meetings.queries.agenda import Line
    from zhitongche.meetings.queries.lines import MeetingLine
    from zhitongche.meetings.queries.timeline import StepLine

blueprint = Blueprint("timeline", __name__)


@blueprint.get("/<uuid:meeting_id>")
def show(meeting_id: UUID) -> str:
    """The timeline."""
    actor = guard.actor()
    meeting = lines.of(meeting_id, actor)
    steps, items = timeline.steps_of(meeting_id, actor), agenda.of(meeting_id, actor)
    return render_template(
        "meetings/timeline.html", meeting=meeting, here="timeline", parts=_parts(meeting, steps), next=_next(steps),
        turns=people.turns(meeting_id), duties=[one for one in people.coming(meeting_id, actor) if one.party == "duty"],
        papers=papers.of(meeting_id), events=timeline.events(meeting_id, actor), counts=_counts(items),
        owing=outcomes.owing(meeting_id, actor), may_move=may_move(meeting), may_change=may_change(meeting),
    )  # fmt: skip


def may_move(meeting: MeetingLine) -> bool:
    """Whether the reader may move it."""
    return not meeting.held and bool(guard.actor().roles & set(meeting.kind.callers))


def may_change(meeting: MeetingLine) -> bool:
    """Whether the reader may let another leader attend."""
    step = meeting.kind.doing("settle_leader")
    return not meeting.held and step is not None and step.owes in guard.actor().roles


def _parts(meeting: MeetingLine, steps: list[StepLine]) -> list[tuple[str, list[StepLine]]]:
    """Before the day, on it, after it."""
    before = {step.code for step in meeting.kind.before}
    named: dict[str, list[StepLine]] = {"会前": [], "当日": [], "会后": []}
    for step in steps:
        named["会前" if step.code in before else "当日" if step.does == "hold" else "会后"].append(step)
    return [(name, found) for name, found in named.items() if found]


def _next(steps: list[StepLine]) -> StepLine | None:
    """What is to be done next: the reader's own first, else whatever is due first of what can be done."""
    ready = [step for step in steps if step.begun]
    return next((step for step in ready if step.mine_now and step.who != timeline.WHO["system"]), ready[0] if ready else None)


def _counts(items: list[Line]) -> dict[str, int]:
    return {verdict: sum(item.verdict == verdict for item in items) for verdict in ("in", "undecided", "out")}
