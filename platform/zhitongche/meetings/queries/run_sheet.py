"""The run sheet of the day: one case at a time, with everything that the room needs to know of it (RP-1.a, ST-4.0)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from zhitongche.casework import access
from zhitongche.casework.case import load, pack_of
from zhitongche.casework.queries.agenda import last_opinion
from zhitongche.casework.queries.history import history
from zhitongche.identity import enterprises
from zhitongche.kernel.errors import NotFound
from zhitongche.meetings.queries import agenda, outcomes, people

if TYPE_CHECKING:
    from zhitongche.casework.queries.history import Step
    from zhitongche.casework.tables import Petition
    from zhitongche.flow.facts import Actor
    from zhitongche.meetings.queries.agenda import Line
    from zhitongche.meetings.queries.outcomes import OpinionLine
    from zhitongche.meetings.queries.people import Comer


@dataclass(frozen=True, slots=True)
class Case:
    """One case of the run sheet: `reply` is what the lead unit has answered or said when it could not solve the matter."""

    line: Line
    petition: Petition
    enterprise: str
    category: str
    reply: str
    history: list[Step]
    comers: list[Comer]
    opinion: OpinionLine | None


def order(meeting_id: UUID, actor: Actor) -> list[Line]:
    """The petitions that are to be dealt with, in their order."""
    return [line for line in agenda.of(meeting_id, actor) if line.verdict == "in" and line.taken is not False]


def case(meeting_id: UUID, petition_id: UUID, actor: Actor) -> Case:
    """One case; whoever opens it is logged by the caller. Raises NotFound."""
    line = next((one for one in order(meeting_id, actor) if one.petition.id == petition_id), None)
    if line is None:
        raise NotFound
    petition = load(petition_id)
    access.require_read(actor, petition)
    pack, enterprise = pack_of(petition), enterprises.by_id(petition.enterprise_id).name
    category = pack.categories.get(petition.category)
    comers = [one for one in people.coming(meeting_id, actor) if one.party != "duty" and one.petition_id in {None, petition_id}]
    opinion = next((one for one in outcomes.opinions_of(meeting_id, actor) if one.petition.id == petition_id), None)
    reply = petition.answer or last_opinion(petition.id, petition.lead_unit_id)
    return Case(
        line, petition, enterprise, category.name if category else "", reply, history(petition, pack, enterprise).steps, comers, opinion
    )
