"""What people write and do at a meeting's steps: proposals, opinions, attendance, commitments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from zhitongche import meetings
from zhitongche.casework.case import load as petition_of
from zhitongche.identity import units
from zhitongche.kernel import clock
from zhitongche.meetings import agenda, attendance, commitments, opinions

if TYPE_CHECKING:
    from random import Random
    from uuid import UUID

    from zhitongche.flow.facts import Actor
    from zhitongche.meetings.sitting import Sitting
    from zhitongche.meetings.tables import AgendaItem, Commitment, MeetingStep, Opinion

_NOT_REACHED: Final = 0.2
"""The chance that a meeting does not get to a petition on its list."""
_PROPOSALS: Final = (
    "建议由{unit}牵头，会同有关单位现场核实后提出解决办法。", "建议由{unit}在政策范围内先行解决急需部分，其余列入计划。",
    "建议明确{unit}为唯一责任单位，限期办结并反馈企业。", "建议由{unit}与企业面对面沟通，一次性告知办理条件。",
)  # fmt: skip
_OPINIONS: Final = (
    "由{unit}牵头，会同有关单位研究解决，按期办结并答复企业。", "同意{unit}意见，请抓紧落实，遇到困难及时报告。",
    "请{unit}主要负责同志亲自协调，限期解决，督查部门跟踪督办。", "请{unit}依法依规办理，能马上解决的马上解决，需要时间的列出时间表。",
)  # fmt: skip
_MEASURES: Final = (
    "成立专班，倒排工期，每周调度。", "现场勘察后制定方案，分两步实施，完成后组织验收。",
    "简化手续，专人跟进，所需材料一次性告知。", "与相关单位会商，明确分工，按月通报进展。",
)  # fmt: skip
_RESULTS: Final = ("已按承诺完成，企业确认。", "已办结，经现场核验符合要求。", "主要事项已落实，后续纳入日常管理。")
_PEOPLE: Final = ("陈志明", "林晓东", "黄伟强", "张海燕", "李国平", "王文静")


@dataclass(frozen=True, slots=True)
class Deed:
    """One act; `unit_id` where it is a unit's."""

    what: str
    act: Callable[[Actor], Any]
    unit_id: UUID | None = None


def before(sitting: Sitting, row: MeetingStep, rng: Random) -> list[Deed]:
    """What has to be done so that the step can be: proposals, decisions on what is undecided, the leaders' opinions."""
    found = {"coordinate": _proposed, "fix": _decided, "submit": _decided, "write_up": _taken_down}.get(row.does)
    return list(found(sitting, rng)) if found else []


def forms(sitting: Sitting, row: MeetingStep, rng: Random) -> list[dict[str, Any]]:
    """The forms of a step, in the order in which they are sent; a unit sends one for each of its opinions."""
    match row.does:
        case "settle_leader" if not sitting.row.leader_name:
            return [{"leader": rng.choice([one.name for one in sitting.pack.leaders] or _PEOPLE)}]
        case "arrange":
            return [{f"duty-{index}": rng.choice(_PEOPLE) for index in range(len(sitting.kind.duties))}]
        case "hold":
            listed = [item for item in agenda.items(sitting.row.id) if item.final == "in"]
            return [{"not_taken": [str(item.petition_id) for item in listed[1:] if rng.random() < _NOT_REACHED]}]
        case "commit" if row.unit_id:
            return [_commitment(one, rng) for one in commitments.owing(sitting.row.id, row.unit_id)]
        case _:
            return [{}]


def after(sitting: Sitting, row: MeetingStep, rng: Random) -> list[Deed]:
    """What follows at once: who came is recorded, what the leader said is taken down."""
    if row.does != "hold" or sitting.row.held_at is None:
        return []
    came = [
        Deed("attend", partial(_attend, sitting.row.id, one.id, {"present": "yes" if rng.random() < 0.93 else "no", "person": rng.choice(_PEOPLE)}))
        for one in attendance.listing(sitting.row.id)
    ]
    return [*came, *_taken_down(sitting, rng)]


def fulfilments(meeting_id: UUID, rng: Random) -> list[Deed]:
    """Commitments whose day is near and whose petition is through: their units say so."""
    return [
        Deed("fulfil", partial(_fulfil, row.id, {"result": rng.choice(_RESULTS)}), row.unit_id)
        for row in commitments.listing(meeting_id)
        if row.fulfilled_at is None and _through(row) and rng.random() < 0.5
    ]


def _through(row: Commitment) -> bool:
    petition = petition_of(row.petition_id)
    return petition.outcome is not None or row.due_on <= clock.today() + timedelta(days=1)


def _proposed(sitting: Sitting, rng: Random) -> Iterator[Deed]:
    for item in agenda.items(sitting.row.id):
        if item.final == "in" and not item.proposal:
            form = {"proposal": rng.choice(_PROPOSALS).format(unit=_unit(item))}
            yield Deed("propose", partial(_on_item, meetings.propose, sitting.row.id, item.petition_id, form))
    yield from _decided(sitting, rng)


def _decided(sitting: Sitting, rng: Random) -> Iterator[Deed]:
    for item in agenda.undecided(sitting.row.id):
        taken = rng.random() < 0.6
        form = {"verdict": "in" if taken else "out", "reason": "确需会议协调" if taken else "由承办单位继续办理并反馈"}
        yield Deed("overrule", partial(_on_item, meetings.overrule, sitting.row.id, item.petition_id, form))


def _taken_down(sitting: Sitting, rng: Random) -> Iterator[Deed]:
    for item in agenda.items(sitting.row.id):
        lead = petition_of(item.petition_id).lead_unit_id
        if item.taken and lead and opinions.of(sitting.row.id, item.petition_id) is None:
            due = sitting.calendar.add_working(clock.today(), rng.randrange(12, 45))
            form = {"text": rng.choice(_OPINIONS).format(unit=_unit(item)), "unit": str(lead), "due": due}
            yield Deed("take_down", partial(_on_item, meetings.take_down, sitting.row.id, item.petition_id, form))


def _commitment(opinion: Opinion, rng: Random) -> dict[str, Any]:
    leader, person = rng.sample(_PEOPLE, 2)
    return {
        "petition": str(opinion.petition_id), "subject": "企业诉求协调解决事项", "leader": leader, "person": person,
        "due": opinion.due_on, "measures": rng.choice(_MEASURES),
    }  # fmt: skip


def _unit(item: AgendaItem) -> str:
    lead = petition_of(item.petition_id).lead_unit_id
    return units.by_id(lead).short if lead else ""


def _on_item(use_case: Callable[..., Any], meeting: UUID, petition: UUID, form: dict[str, Any], actor: Actor) -> Any:
    return use_case(meeting, petition, actor, form)


def _attend(meeting: UUID, row: UUID, form: dict[str, Any], actor: Actor) -> Any:
    return meetings.attend(meeting, row, actor, form)


def _fulfil(commitment: UUID, form: dict[str, Any], actor: Actor) -> Any:
    return meetings.fulfil(commitment, actor, form)
