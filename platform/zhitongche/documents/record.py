"""A paper in hand, and what was done to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from zhitongche.documents import words
from zhitongche.documents.tables import Paper, PaperEvent, PaperIssue
from zhitongche.kernel import clock
from zhitongche.kernel.errors import NotFound, Refused
from zhitongche.persistence import db
from zhitongche.tenancy import versions

if TYPE_CHECKING:
    from uuid import UUID

    from zhitongche.flow.facts import Actor
    from zhitongche.tenancy.pack import Pack
    from zhitongche.tenancy.papers import Template


def in_hand(paper_id: UUID) -> tuple[Paper, Template]:
    """The paper, locked, with its template; NotFound for missing and foreign alike."""
    query = select(Paper).where(Paper.id == paper_id).with_for_update().execution_options(populate_existing=True)
    paper = db.session.scalar(query)
    if paper is None:
        raise NotFound
    return paper, template_of(versions.pack_at(paper.pack_version), paper.kind)


def found(paper_id: UUID) -> tuple[Paper, Template]:
    """The paper, to be looked at, with its template; NotFound for missing and foreign alike."""
    paper = db.session.scalar(select(Paper).where(Paper.id == paper_id))
    if paper is None:
        raise NotFound
    return paper, template_of(versions.pack_at(paper.pack_version), paper.kind)


def template_of(pack: Pack, kind: str) -> Template:
    """The pack's template; raises NotFound."""
    if kind not in pack.papers:
        raise NotFound(words.NO_TEMPLATE.format(kind=kind))
    return pack.papers[kind]


def require_state(paper: Paper, template: Template, *states: str) -> None:
    """Raise Refused, with the template's clause, where the paper is elsewhere."""
    if paper.state not in states:
        raise Refused(words.WRONG_STATE.format(state=words.STATES[paper.state], what=words.DOES[states[0]]), template.clause)


def happened(paper: Paper, what: str, actor: Actor, opinion: str = "") -> None:
    """Put a step on the record."""
    event = PaperEvent(paper_id=paper.id, what=what, person_id=actor.person_id, name=actor.name, at=clock.now(), opinion=opinion)
    db.session.add(event)
    db.session.flush()


def version(paper_id: UUID) -> int:
    """How much was done to the paper: grows with every step and every change."""
    return db.session.scalar(select(func.count()).select_from(PaperEvent).where(PaperEvent.paper_id == paper_id)) or 0


def issued(paper_id: UUID) -> PaperIssue | None:
    """What was issued, None where it has not been."""
    return db.session.scalar(select(PaperIssue).where(PaperIssue.paper_id == paper_id))
