"""The papers of a meeting: drafted by the step that makes them, signed by the steps that follow."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import select

from zhitongche import documents
from zhitongche.casework.case import load as petition_of
from zhitongche.casework.queries.agenda import last_opinion
from zhitongche.documents import refilling
from zhitongche.documents.about import About
from zhitongche.documents.filling import day as written
from zhitongche.identity import enterprises, units
from zhitongche.kernel import clock
from zhitongche.meetings import commitments, opinions, words
from zhitongche.meetings.tables import AgendaItem, Attendance, Opinion
from zhitongche.persistence import db
from zhitongche.tenancy.meeting_vocabulary import CONDITIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhitongche.casework.tables import Petition
    from zhitongche.meetings.sitting import Sitting
    from zhitongche.tenancy.meeting_parts import Step

_SIGN: Final[dict[str, Callable[..., object]]] = {
    "draft": documents.submit,
    "reviewing": documents.review,
    "approving": documents.approve,
}
"""What a step of the meeting does to a paper in this state."""
_TO_UNITS: Final = frozenset({"attendance_notice", "opinions"})
_ORDER: Final = [*_SIGN, "approved", "issued"]


def make(sitting: Sitting, step: Step) -> list[UUID]:
    """Draft the papers that the step makes, once; where nobody has to sign them, they are issued."""
    found = []
    for kind in step.papers:
        key = f"meeting:{sitting.row.id}:{kind}"
        about, units = About.meeting(sitting.row.id), _addressed(sitting, kind)
        found.append(documents.draft(kind, about=about, facts=FACTS[kind](sitting), actor=sitting.actor, key=key, units=units).id)
    return found


def sign(sitting: Sitting, does: str, state: str) -> None:
    """The papers of the step that does this, which should be in this state, go one signature further, as the matter is now.

    One that has its signature from its own page already is left; one that was returned has to come back first: Refused.
    """
    step = sitting.kind.doing(does)
    for line in documents.papers_about(About.meeting(sitting.row.id)):
        if step is None or line.kind not in step.papers or _ORDER.index(line.state) > _ORDER.index(state):
            continue
        if line.state != state:
            raise sitting.refuse(words.PAPER_BACK.format(name=line.name, state=line.state_name), step.clause)
        refilling.refill(line.id, FACTS[line.kind](sitting), sitting.actor, _addressed(sitting, line.kind))
        _SIGN[state](line.id, sitting.actor, through="meeting")


def _meeting(sitting: Sitting) -> dict[str, Any]:
    row, kind = sitting.row, sitting.kind
    matter = sitting.pack.matters.get(row.theme.get("matter", ""))
    return {
        "meeting": row.title, "theme": matter.name if matter else "", "day": written(row.day), "time": kind.starts,
        "place": row.place or kind.place, "leader": f"{row.leader_title}{row.leader_name}",
    }  # fmt: skip


def _announcement(sitting: Sitting) -> dict[str, Any]:
    closing = sitting.registers_until
    today = written(clock.today())
    until = written(closing) if closing else written(sitting.row.day)
    return {**_meeting(sitting), "registration": words.REGISTRATION.format(first=today, last=until), "ways": _ways(sitting)}


def _ways(sitting: Sitting) -> str:
    """The ways in of the pack's own flow (RP-2.2.a)."""
    pack = sitting.pack
    ways = {"enterprise": words.WAY_ONLINE.format(portal=pack.portal_name), "hotline": words.WAY_HOTLINE.format(hotline=pack.footer.hotline)}
    ways["window"] = words.WAY_WINDOW.format(place="、".join(unit.name for unit in pack.holders("window")))
    return words.SEMICOLON.join(ways[party] for party in pack.flow.by_verb("register").who if party in ways) + "。"


def _list(sitting: Sitting) -> dict[str, Any]:
    return {**_meeting(sitting), "rows": [_row(item) for item in _in(sitting)]}


def _row(item: AgendaItem) -> dict[str, Any]:
    petition = petition_of(item.petition_id)
    return {
        "number": petition.number, "title": petition.title, "enterprise": enterprises.by_id(petition.enterprise_id).name,
        "unit": units.by_id(petition.lead_unit_id).name if petition.lead_unit_id else "", "problem": _problem(petition),
        "reply": petition.answer or _last_opinion(petition), "opinion": item.proposal, "contact": petition.contact_name,
        "mobile": petition.contact_mobile, "ground": _ground(item), "received": f"{clock.local_date(petition.received_at)}",
    }  # fmt: skip


def _problem(petition: Petition) -> str:
    return f"{petition.title}。{petition.content}"[:400]


def _last_opinion(petition: Petition) -> str:
    """What the lead unit said when it could not solve the matter (RP-2.3.e)."""
    return last_opinion(petition.id, petition.lead_unit_id)


def _ground(item: AgendaItem) -> str:
    spoken = [f"{CONDITIONS[one['condition']]}（{one['clause']}）" for one in item.grounds if one["side"] == item.final and one["condition"] in CONDITIONS]
    return "；".join(spoken) or item.reason


def _notice(sitting: Sitting) -> dict[str, Any]:
    return {**_meeting(sitting), "invited": _invited(sitting), "count": str(len(_in(sitting)))}


def _invited(sitting: Sitting) -> str:
    return "、".join(units.by_id(unit).name for unit in _invited_units(sitting))


def _invited_units(sitting: Sitting) -> list[UUID]:
    query = select(Attendance.unit_id).where(
        Attendance.meeting_id == sitting.row.id, Attendance.party == "unit", Attendance.excused_at.is_(None)
    )
    return [unit for unit in db.session.scalars(query) if unit]


def _addressed(sitting: Sitting, kind: str) -> set[UUID]:
    """The units whose handlers may read the paper: those invited, and those whom the opinions give something to do (ST-5.1)."""
    if kind not in _TO_UNITS:
        return set()
    named = [commitments.units_of(one) for one in opinions.listing(sitting.row.id)]
    return {*_invited_units(sitting), *chain.from_iterable(named)}


def _opinions(sitting: Sitting) -> dict[str, Any]:
    found = opinions.listing(sitting.row.id)
    lines = [words.OPINION_LINE.format(index=index, **_opinion(one)) for index, one in enumerate(found, start=1)]
    rows = [{"number": petition_of(one.petition_id).number} for one in found]
    return {**_notice(sitting), "count": str(len(found)), "rows": rows, "text": "\n".join(lines) or words.NO_OPINIONS}


def _opinion(row: Opinion) -> dict[str, str]:
    petition = petition_of(row.petition_id)
    co = "、".join(units.by_id(UUID(one)).name for one in row.co_units)
    return {
        "enterprise": enterprises.by_id(petition.enterprise_id).name, "title": petition.title, "text": row.text,
        "units": units.by_id(row.unit_id).name + (words.WITH_CO.format(co=co) if co else ""), "due": written(row.due_on),
    }  # fmt: skip


def _in(sitting: Sitting) -> list[AgendaItem]:
    query = select(AgendaItem).where(AgendaItem.meeting_id == sitting.row.id).order_by(AgendaItem.position)
    return [item for item in db.session.scalars(query) if item.final == "in"]


FACTS: Final[dict[str, Callable[[Sitting], dict[str, Any]]]] = {
    "announcement": _announcement,
    "catalogue": _list,
    "invitation_list": _list,
    "attendance_notice": _notice,
    "opinions": _opinions,
}
"""Kind of paper → what is filled into it."""
