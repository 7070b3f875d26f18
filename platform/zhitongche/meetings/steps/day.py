"""The day itself: what the meeting deals with, and what it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhitongche.casework.case import load as petition_of
from zhitongche.kernel import clock
from zhitongche.meetings import agenda, effects, holding, scheduling, words

if TYPE_CHECKING:
    from uuid import UUID

    from zhitongche.meetings.sitting import Sitting
    from zhitongche.meetings.tables import AgendaItem, MeetingStep


def hold(sitting: Sitting, row: MeetingStep) -> bool:
    """The meeting was held. Form: `not_taken?`, ids of petitions that it did not get to (RP-1.a, RP-2.8.b, ST-4.0)."""
    if clock.today() < sitting.row.day:
        raise sitting.refuse(words.NOT_BEFORE_DAY.format(day=words.shown(sitting.row.day)), row.clause)
    left_out = _ids(sitting.form.get("not_taken"))
    for item in agenda.items(sitting.row.id):
        _deal_with(sitting, item, skipped=str(item.petition_id) in left_out)
    sitting.row.held_at, sitting.row.state = sitting.now, "held"
    holding.tell(sitting.row)
    found = agenda.items(sitting.row.id)
    sitting.body |= {"taken": sum(bool(item.taken) for item in found), "passed_over": len(_passed_over(found))}
    scheduling.expand(sitting, "reply_rest", _owing_replies(found))
    return True


def _deal_with(sitting: Sitting, item: AgendaItem, *, skipped: bool) -> None:
    if item.enlisted_at is None:
        item.taken = False
    elif item.final == "in" and not skipped:
        item.taken = effects.act(item.petition_id, "take_up", sitting.actor)
    else:
        effects.act(item.petition_id, "pass_over", sitting.actor)
        item.taken = False


def _passed_over(found: list[AgendaItem]) -> list[AgendaItem]:
    return [item for item in found if item.enlisted_at and not item.taken]


def _owing_replies(found: list[AgendaItem]) -> set[UUID]:
    waiting = [petition_of(item.petition_id) for item in _passed_over(found)]
    return {one.lead_unit_id for one in waiting if one.lead_unit_id and one.outcome is None and effects.possible(one, "reply")}


def _ids(raw: Any) -> set[str]:
    many = raw if isinstance(raw, (list, tuple)) else [raw] if raw else []
    return {str(one) for one in many}
