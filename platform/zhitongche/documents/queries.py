"""What screens and other rooms may know of papers: frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, select, tuple_

from zhitongche.documents import words
from zhitongche.documents.permissions import DRAFTER, STEP_OF, sees
from zhitongche.documents.record import found, template_of
from zhitongche.documents.tables import Paper, PaperEvent, PaperFile, PaperIssue
from zhitongche.persistence import db
from zhitongche.tenancy import current, versions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Select

    from zhitongche.documents.about import About
    from zhitongche.flow.facts import Actor
    from zhitongche.tenancy.papers import Template

_NOTHING: Final[Mapping[str, object]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper as lists show it; moments in UTC. `superseded_by` is the paper that stands in its place, `units` those to whom it goes."""

    id: UUID
    kind: str
    name: str
    title: str
    about: tuple[str, str]
    petition_id: UUID | None
    state: str
    number: str | None
    drafted_at: datetime
    issued_at: datetime | None
    supersedes: UUID | None
    superseded_by: UUID | None
    enterprise_reads: bool
    units: tuple[str, ...] = ()

    @property
    def state_name(self) -> str:
        """The state in Chinese."""
        return words.EVENTS["superseded"] if self.superseded_by else words.STATES[self.state]


@dataclass(frozen=True, slots=True)
class PaperStep:
    """One step of a paper's way; `at` in UTC."""

    what: str
    name: str
    at: datetime
    opinion: str


def papers_of_petition(petition_id: UUID) -> list[PaperLine]:
    """The petition's papers in the order in which they were drafted; whoever may read the petition may see them."""
    return _lines(select(Paper).where(Paper.petition_id == petition_id))


def papers_about(about: About) -> list[PaperLine]:
    """The papers about a subject in the order in which they were drafted."""
    return _lines(select(Paper).where(Paper.about_kind == about.kind, Paper.about_id == about.id))


def papers_for_enterprise(petition_id: UUID) -> list[PaperLine]:
    """The issued papers that are addressed to the enterprise and still stand."""
    papers = papers_of_petition(petition_id)
    return [one for one in papers if one.enterprise_reads and one.state == "issued" and not one.superseded_by]


def waiting_for(actor: Actor) -> list[PaperLine]:
    """The papers on which it is this official's turn, the longest waiting first."""
    papers = current.pack().papers
    turns = [
        (kind, state)
        for kind, template in papers.items()
        for state, step in STEP_OF.items()
        if template.by.get(step, DRAFTER) in actor.roles
    ]
    if not turns:
        return []
    at_once = [kind for kind, template in papers.items() if template.at_once]
    found = _lines(_waiting(), {"turns": turns, "at_once": at_once, "me": actor.person_id})
    return sorted(found, key=lambda one: one.drafted_at)


@cache
def _waiting() -> Select[Paper]:
    # Every inbox asks it, and it is dearer to build than to run.
    turn = tuple_(Paper.kind, Paper.state).in_(bindparam("turns", expanding=True))
    # A colleague's draft is the colleague's; what the machine has drafted, or could not complete, waits for whoever drafts such papers.
    by_machine = Paper.drafted_by.is_(None) | Paper.kind.in_(bindparam("at_once", expanding=True))
    not_anothers = (Paper.state != "draft") | by_machine | (Paper.drafted_by == bindparam("me"))
    return select(Paper).where(Paper.state != "issued", turn, not_anothers)


def recent(actor: Actor, limit: int = 200) -> list[PaperLine]:
    """The newest papers that are about no single petition and that the actor may read, the newest first."""
    query = select(Paper).where(Paper.petition_id.is_(None)).order_by(Paper.id.desc())
    papers = current.pack().papers
    found = _lines(query.limit(limit))[::-1]
    return [one for one in found if one.kind in papers and sees(actor, papers[one.kind], one.units, issued=one.state == "issued")]


def line_of(paper: Paper) -> PaperLine:
    """One paper as lists show it."""
    return _lines(select(Paper).where(Paper.id == paper.id))[0]


def told_of(paper_id: UUID, step_id: UUID) -> dict[str, str]:
    """What a notice about a step of a paper says of it: `text` is the kind, `reason` the opinion of that step."""
    paper, template = found(paper_id)
    opinion = db.session.scalars(select(PaperEvent.opinion).where(PaperEvent.id == step_id)).one()
    title = line_of(paper).title or template.title
    return {"number": paper.number or words.UNNUMBERED, "title": title, "text": template.name, "reason": opinion}


def steps_of(paper_id: UUID) -> list[PaperStep]:
    """What was done to a paper, in order."""
    query = select(PaperEvent).where(PaperEvent.paper_id == paper_id).order_by(PaperEvent.id)
    return [PaperStep(words.EVENTS[one.what], one.name, one.at, one.opinion) for one in db.session.scalars(query)]


def last_step(paper_id: UUID) -> UUID:
    """The id of what was done to the paper last, as a notice about it names it."""
    return db.session.scalars(select(PaperEvent.id).where(PaperEvent.paper_id == paper_id).order_by(PaperEvent.id.desc()).limit(1)).one()


def files_of(paper_id: UUID) -> list[PaperFile]:
    """The archived originals of an issued paper."""
    return list(db.session.scalars(select(PaperFile).where(PaperFile.paper_id == paper_id).order_by(PaperFile.form.desc())))


def _lines(query: Select[Paper], values: Mapping[str, object] = _NOTHING) -> list[PaperLine]:
    papers = list(db.session.scalars(query, values))
    if not papers:
        return []
    ids = [paper.id for paper in papers]
    rows = {row.paper_id: row for row in db.session.scalars(select(PaperIssue).where(PaperIssue.paper_id.in_(ids)))}
    later = dict(db.session.execute(select(PaperIssue.supersedes, PaperIssue.paper_id).where(PaperIssue.supersedes.in_(ids))).all())
    lines = [_line(paper, rows.get(paper.id), later.get(paper.id), _template(paper)) for paper in papers]
    return sorted(lines, key=lambda one: one.id)


def _template(paper: Paper) -> Template:
    return template_of(versions.pack_at(paper.pack_version), paper.kind)


def _line(paper: Paper, row: PaperIssue | None, later: UUID | None, template: Template) -> PaperLine:
    content = row.content if row is not None else paper.content or {}
    return PaperLine(
        id=paper.id, kind=paper.kind, name=template.name, title=content.get("title", ""), about=(paper.about_kind, paper.about_id),
        petition_id=paper.petition_id, state=paper.state, number=paper.number, drafted_at=paper.drafted_at,
        issued_at=row.issued_at if row else None, supersedes=row.supersedes if row else None, superseded_by=later,
        enterprise_reads=template.enterprise_reads, units=tuple(content.get("units", ())),
    )  # fmt: skip
