"""Promise the notices that a paper's way entails, through the outbox: whose turn it is, how it went for its drafter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from zhitongche import outbox
from zhitongche.casework.case import load
from zhitongche.casework.telling import TOPIC
from zhitongche.documents import words
from zhitongche.documents.permissions import DRAFTER, role_of
from zhitongche.documents.tables import PaperEvent
from zhitongche.persistence import db

if TYPE_CHECKING:
    from zhitongche.documents.tables import Paper
    from zhitongche.flow.facts import Actor
    from zhitongche.tenancy.papers import Template

WAITING: Final = "paper_waiting"
RETURNED: Final = "paper_returned"
ISSUED: Final = "paper_issued"


def tell_turn(paper: Paper, template: Template, actor: Actor | None = None) -> None:
    """Tell those whose turn it is, except `actor`; once for each time that the paper comes to them."""
    _promise(paper, WAITING, _role(paper, role_of(template, paper.state)), actor, stage=words.TURNS[paper.state])


def tell_drafter(paper: Paper, template: Template, message: str, actor: Actor) -> None:
    """Tell whoever drafted the paper that it came back or went out; of what the machine drafted, those who draft its kind."""
    by_person = {"party": "person", "people": [str(paper.drafted_by)]}
    _promise(paper, message, by_person if paper.drafted_by else _role(paper, template.by.get("draft", DRAFTER)), actor)


def _role(paper: Paper, role: str) -> dict[str, Any]:
    if role != "handler":
        return {"party": role}
    # Handlers are told through their unit: here, that which answers for the petition.
    lead = load(paper.petition_id).lead_unit_id if paper.petition_id else None
    return {"party": "lead", "units": [str(lead)] if lead else []}


def _promise(paper: Paper, message: str, whom: dict[str, Any], actor: Actor | None, **fields: str) -> None:
    step = db.session.scalars(select(PaperEvent.id).where(PaperEvent.paper_id == paper.id).order_by(PaperEvent.id.desc()).limit(1)).one()
    payload = {
        "units": [],
        "enterprises": [],
        **whom,
        "message": message,
        "paper_id": str(paper.id),
        "petition_id": str(paper.petition_id) if paper.petition_id else None,
        "step": str(step),
        "but": str(actor.person_id) if actor and actor.person_id else None,
        "fields": fields,
    }
    outbox.promise(TOPIC, payload, key=f"paper:{paper.id}:{message}:{step}")
