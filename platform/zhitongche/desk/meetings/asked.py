"""What each step of a meeting asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from zhitongche.desk.meetings.words import FIELDS
from zhitongche.meetings.queries import agenda, people
from zhitongche.tenancy import current
from zhitongche.webkit.forms import FieldSpec

if TYPE_CHECKING:
    from zhitongche.flow.facts import Actor
    from zhitongche.meetings.queries.lines import MeetingLine
    from zhitongche.meetings.queries.timeline import StepLine

Asked = tuple[list[FieldSpec], dict[str, Any]]


def of(step: StepLine, meeting: MeetingLine, actor: Actor) -> Asked:
    """The fields of a step, and what stands in them at first; most ask for nothing."""
    make = _MAKERS.get(step.does)
    return make(meeting, actor) if make else ([], {})


def leaders() -> list[tuple[str, str]]:
    """The leaders of the pack's list."""
    return [(one.name, f"{one.title} {one.name}") for one in current.pack().leaders]


def leader_field(hint: str = "", *, required: bool = True) -> FieldSpec:
    """Who attends: one of the list, or whoever is named where the pack has none."""
    if not (known := leaders()):
        return FieldSpec("leader", FIELDS["leader"], required=required, max_length=40, hint=hint)
    return FieldSpec("leader", FIELDS["leader"], "radio", required=required, choices=known, hint=hint)


def _leader(meeting: MeetingLine, _actor: Actor) -> Asked:
    turn = f"按轮流应为{meeting.leader}。" if meeting.leader and meeting.kind.leader == "rotation" else ""
    specs = [
        leader_field(turn),
        FieldSpec("reason", FIELDS["reason"], "longtext", required=False, max_length=300, hint="与原定不同时必须填写。"),
    ]
    return specs, {"leader": meeting.leader_name}


def _notify(meeting: MeetingLine, _actor: Actor) -> Asked:
    return [FieldSpec("place", FIELDS["place"], max_length=100)], {"place": meeting.place}


def _arrange(meeting: MeetingLine, actor: Actor) -> Asked:
    known = {one.duty: one.person for one in people.coming(meeting.id, actor) if one.party == "duty"}
    units = {unit.code: unit.name for unit in current.pack().units}
    specs = [
        FieldSpec(f"duty-{index}", duty.name, required=False, max_length=60, hint=f"{units[duty.unit]}，请填写负责人姓名。")
        for index, duty in enumerate(meeting.kind.duties)
    ]
    return specs, {f"duty-{index}": known.get(duty.name, "") for index, duty in enumerate(meeting.kind.duties)}


def _hold(meeting: MeetingLine, actor: Actor) -> Asked:
    listed = [one.petition for one in agenda.of(meeting.id, actor) if one.verdict == "in"]
    choices = [(str(one.id), f"{one.number} {one.title}") for one in listed]
    return ([FieldSpec("not_taken", FIELDS["not_taken"], "multi", required=False, choices=choices)] if choices else []), {}


_MAKERS: Final[dict[str, Callable[[MeetingLine, Actor], Asked]]] = {
    "settle_leader": _leader,
    "notify": _notify,
    "arrange": _arrange,
    "hold": _hold,
}
