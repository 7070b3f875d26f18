"""After the day: opinions, commitments, the replies to those not taken, the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from zhitongche.casework.case import load as petition_of
from zhitongche.kernel.errors import Invalid
from zhitongche.meetings import agenda, commitments, effects, opinions, papers, scheduling, telling, words

if TYPE_CHECKING:
    from zhitongche.casework.tables import Petition
    from zhitongche.meetings.sitting import Sitting
    from zhitongche.meetings.tables import MeetingStep, Opinion


def write_up(sitting: Sitting, row: MeetingStep) -> bool:
    """Every petition that was dealt with has its opinion; they go to the office as one paper (RP-2.8.a, ST-1.1.2)."""
    _require_opinions(sitting, row)
    if opinions.listing(sitting.row.id):
        scheduling.expand(sitting, "commit", _units(sitting))
        papers.make(sitting, sitting.kind.steps[row.code])
        papers.sign(sitting, "write_up", "draft")
    return True


def review(sitting: Sitting, row: MeetingStep) -> bool:
    """The office has gone over the opinions (RP-2.8.a)."""
    _require_opinions(sitting, row)
    papers.sign(sitting, "write_up", "reviewing")
    return True


def approve(sitting: Sitting, row: MeetingStep) -> bool:
    """The leader approves: each opinion goes to its unit with its limit, and into the register (RP-2.8.a, RP-2.9, ST-1.1.2)."""
    _require_opinions(sitting, row)
    papers.sign(sitting, "write_up", "approving")
    for opinion in opinions.listing(sitting.row.id):
        _hand_out(sitting, opinion, row.clause)
    sitting.row.state = "decided"
    scheduling.expand(sitting, "commit", _units(sitting))
    commitments.follow_opinions(sitting)
    due = next((words.shown(one.due_at) for one in sitting.steps if one.does == "commit"), None)
    telling.tell_units(sitting, "meeting_opinion", _units(sitting), "", "opinion", due)
    return True


def commit(sitting: Sitting, row: MeetingStep) -> bool:
    """A unit publishes its commitment on one petition; done once it has for all. Form: `petition`, see `commitments.publish`."""
    if row.unit_id is None or sitting.actor.unit_id != row.unit_id:
        raise sitting.refuse(words.NOTHING_OPEN.format(step=row.name), row.clause)
    try:
        petition_id = UUID(str(sitting.form.get("petition") or ""))
    except ValueError:
        raise Invalid({"petition": words.REQUIRED.format(label="诉求件")}) from None
    commitments.publish(sitting, petition_id, row.unit_id)
    return not commitments.owing(sitting.row.id, row.unit_id)


def reply_rest(sitting: Sitting, row: MeetingStep) -> bool:
    """Units reply on their cases, never here; the machine notes when a unit has replied on all of its own (RP-2.8.b)."""
    if sitting.actor.kind != "system":
        raise sitting.refuse(words.BY_ITSELF.format(step=row.name), row.clause)
    return not any(effects.possible(one, "reply") for one in passed_over(sitting) if one.lead_unit_id == row.unit_id)


def answer_rest(sitting: Sitting, row: MeetingStep) -> bool:
    """The bureau sends out the replies of those not taken, all at once; done when none is left (RP-2.8.b)."""
    waiting = passed_over(sitting)
    ready = [one for one in waiting if effects.possible(one, "answer") and one.answer]
    if waiting and not ready and any(one.outcome is None and not one.answered_at for one in waiting):
        raise sitting.refuse(words.NONE_READY, row.clause)
    for petition in ready:
        effects.act(petition.id, "answer", sitting.actor, {"reply": petition.answer})
    sitting.body["answered"] = len(ready)
    return not any(effects.possible(one, "reply") or effects.possible(one, "answer") for one in passed_over(sitting))


def archive(sitting: Sitting, row: MeetingStep) -> bool:
    """Everything that the meeting decided is closed, every commitment fulfilled: the meeting is archived (ST-1.1.2)."""
    running = {one.number for one in taken(sitting) if one.outcome is None}
    running |= {petition_of(one.petition_id).number for one in commitments.listing(sitting.row.id) if not one.fulfilled_at}
    if running:
        raise sitting.refuse(words.STILL_OPEN.format(numbers="、".join(sorted(running))), row.clause)
    sitting.row.state, sitting.row.archived_at = "archived", sitting.now
    return True


def taken(sitting: Sitting) -> list[Petition]:
    """The petitions that the meeting dealt with."""
    return [petition_of(item.petition_id) for item in agenda.items(sitting.row.id) if item.taken]


def passed_over(sitting: Sitting) -> list[Petition]:
    """The petitions that were on the list and that the meeting did not deal with."""
    found = agenda.items(sitting.row.id)
    return [petition_of(item.petition_id) for item in found if item.enlisted_at and not item.taken]


def _hand_out(sitting: Sitting, opinion: Opinion, clause: str) -> None:
    form = {"opinion": opinion.text, "due": opinion.due_on, "lead": str(opinion.unit_id), "co": opinion.co_units}
    if effects.act(opinion.petition_id, "hand_out", sitting.actor, form):
        opinion.approved_at, opinion.approved_by = sitting.now, sitting.actor.person_id
    else:
        # Closed meanwhile: withdrawn, or settled with the enterprise. The opinion stays on the record without an effect.
        sitting.log("not_handed", clause, {"petition": str(opinion.petition_id)})


def _units(sitting: Sitting) -> set[UUID]:
    open_ones = [one for one in opinions.listing(sitting.row.id) if petition_of(one.petition_id).outcome is None]
    return {one.unit_id for one in open_ones}


def _require_opinions(sitting: Sitting, row: MeetingStep) -> None:
    if numbers := opinions.missing(sitting):
        raise sitting.refuse(words.NO_OPINION.format(numbers=numbers), row.clause)
