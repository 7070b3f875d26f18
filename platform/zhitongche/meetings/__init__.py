"""Meetings 会议: planned backward from their day; what they decide reaches petitions through casework's one door. Floor 6.

Use cases, never committing; `actor` is a `flow.facts.Actor`, `form` what was sent; all raise NotFound, Forbidden, Refused
(with the clause), Invalid (by field):

* `call(kind, actor, form)` — a meeting when fit, or a special session: day, place?, reason?, theme?
* `move(meeting, actor, form)` — to another day: day, reason, place?
* `change_leader(meeting, actor, form)` — leader, reason, swap_with?
* `perform(meeting, step, actor, form, version=)` — a step by its code in the pack; what each asks is told in `steps/`.
* `refresh(meeting, actor)` — judge the agenda anew. `mark(meeting, petition, actor, form)` — condition, reason.
  `overrule(meeting, petition, actor, form)` — verdict in|out, reason. `propose(meeting, petition, actor, form)` — proposal.
  `put(meeting, petition, actor, form)` — place, reason once fixed: the order.
* `attend(meeting, attendance, actor, form)` — present yes|no, person?
* `take_down(meeting, petition, actor, form)` — text, unit, co?, due: the opinion on one petition.
* `fulfil(commitment, actor, form)` — result. A commitment is published by the step that does `commit`.

By itself, for the worker's sweep: `open_due()`, then `waiting()` with `do_by_itself`, `tell_near`, `pass_due`, and
`past()` with `pass_by` for commitments, each in a unit of work of its own. For screens: `meetings.queries`.
"""

from zhitongche.meetings.agenda import mark, overrule, propose, refresh
from zhitongche.meetings.attendance import record as attend
from zhitongche.meetings.commitments import fulfil
from zhitongche.meetings.door import perform
from zhitongche.meetings.leaders import change as change_leader
from zhitongche.meetings.moving import move
from zhitongche.meetings.opening import call, open_due
from zhitongche.meetings.opinions import take_down
from zhitongche.meetings.ordering import put
from zhitongche.meetings.promises import pass_by, past
from zhitongche.meetings.upkeep import do_by_itself, pass_due, tell_near, waiting

__all__ = [
    "attend",
    "call",
    "change_leader",
    "do_by_itself",
    "fulfil",
    "mark",
    "move",
    "open_due",
    "overrule",
    "pass_by",
    "pass_due",
    "past",
    "perform",
    "propose",
    "put",
    "refresh",
    "take_down",
    "tell_near",
    "waiting",
]
