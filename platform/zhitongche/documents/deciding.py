"""The way of a paper: submit → review → approve → issue, each on the record; whoever returns it says why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import exists, select

from zhitongche.documents import cells, following, storing, telling, words
from zhitongche.documents.filling import blanks
from zhitongche.documents.permissions import only_in_meeting, require_drafter, require_turn
from zhitongche.documents.record import happened, in_hand, issued, require_state
from zhitongche.documents.tables import Paper, PaperIssue
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Conflict, Invalid, Refused
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import db
from zhitongche.persistence.numbers import next_number
from zhitongche.tenancy import versions

if TYPE_CHECKING:
    from uuid import UUID

    from zhitongche.flow.facts import Actor
    from zhitongche.tenancy.papers import Template

_AGREED: Final = {"reviewing": "reviewed", "approving": "approved"}
_WAITING: Final = (("review", "reviewing"), ("approve", "approving"), ("issue", "approved"))
LETTER: Final = "letter"
"""The counter of transfer letters, which casework draws from as well: a letter that replaces another has a number of the same series."""
PAPER: Final = "paper:"
"""Before a series' name, the counter of any other."""


def submit(paper_id: UUID, actor: Actor, *, through: str | None = None) -> Paper:
    """Send the draft to the first who has to see it. Raises Forbidden, Refused, Invalid where something is blank.

    Here and below, `through` is the meeting's own door: its papers are issued nowhere else.
    """
    paper, template = in_hand(paper_id)
    require_state(paper, template, "draft")
    require_turn(actor, paper, template)
    _require_filled(paper)
    happened(paper, "submitted", actor)
    return _go_on(paper, template, actor, after="draft", through=through)


def review(paper_id: UUID, actor: Actor, opinion: str = "", *, through: str | None = None) -> Paper:
    """The reviewer agrees."""
    return _agree(paper_id, actor, opinion, "reviewing", through)


def approve(paper_id: UUID, actor: Actor, opinion: str = "", *, through: str | None = None) -> Paper:
    """The one who decides approves. Raises Refused for a paper that its meeting decides on."""
    return _agree(paper_id, actor, opinion, "approving", through)


def return_(paper_id: UUID, actor: Actor, opinion: str) -> Paper:
    """Back to the drafter, with the reason in words. Raises Invalid without one."""
    paper, template = in_hand(paper_id)
    require_state(paper, template, "reviewing", "approving", "approved")
    require_turn(actor, paper, template)
    if not opinion.strip():
        raise Invalid({"opinion": words.OPINION_NEEDED})
    happened(paper, "returned", actor, opinion.strip())
    telling.tell_drafter(paper, template, telling.RETURNED, actor)
    return _set(paper, "draft")


def issue(paper_id: UUID, actor: Actor) -> Paper:
    """Give the paper its number and its final form, which never change again."""
    paper, template = in_hand(paper_id)
    require_state(paper, template, "approved")
    require_turn(actor, paper, template)
    return _issue(paper, template, actor)


def issue_at_once(paper: Paper, template: Template, actor: Actor) -> Paper:
    """Issue what nobody has to see first; with a blank in it, it stays a draft for its drafter to complete."""
    assert paper.content is not None
    return paper if blanks(paper.content) else _issue(paper, template, actor)


def supersede(old_id: UUID, actor: Actor) -> Paper:
    """Draft a paper with the words of an issued one, which it takes the place of once it is issued itself.

    Raises Refused for one that is not issued, Forbidden, Conflict where another took its place.
    """
    old, template = in_hand(old_id)
    row = issued(old_id)
    if row is None:
        raise Refused(words.NOT_ISSUED, template.clause)
    require_drafter(actor, template)
    if _superseded(old_id):
        raise Conflict(words.SUPERSEDED_ALREADY)
    now = clock.now()
    paper = Paper(
        id=new_id(), kind=old.kind, about_kind=old.about_kind, about_id=old.about_id, petition_id=old.petition_id, replaces=old.id,
        pack_version=old.pack_version, content=row.content, drafted_by=actor.person_id, drafted_at=now, updated_at=now,
    )  # fmt: skip
    db.session.add(paper)
    db.session.flush()
    happened(paper, "drafted", actor)
    return paper


def _agree(paper_id: UUID, actor: Actor, opinion: str, state: str, through: str | None) -> Paper:
    paper, template = in_hand(paper_id)
    require_state(paper, template, state)
    require_turn(actor, paper, template)
    if state == "approving":
        _require_door(paper, template, through)
    happened(paper, _AGREED[state], actor, opinion.strip())
    return _go_on(paper, template, actor, after=state, through=through)


def _require_door(paper: Paper, template: Template, through: str | None) -> None:
    if through != paper.about_kind and only_in_meeting(paper, template):
        raise Refused(words.IN_THE_MEETING, template.clause)


def _go_on(paper: Paper, template: Template, actor: Actor, *, after: str, through: str | None) -> Paper:
    """To the next step that the template knows; where there is none left, the paper goes out."""
    states = [state for _, state in _WAITING]
    rest = _WAITING[states.index(after) + 1 :] if after in states else _WAITING
    for step, state in rest:
        if step in template.by:
            _set(paper, state)
            telling.tell_turn(paper, template, actor)
            return paper
    _require_door(paper, template, through)
    return _issue(paper, template, actor)


def _issue(paper: Paper, template: Template, actor: Actor) -> Paper:
    assert paper.content is not None
    _require_filled(paper)
    instead_of = paper.replaces or (_standing(paper) if template.renews else None)
    if instead_of is not None and _superseded(instead_of):
        raise Conflict(words.SUPERSEDED_ALREADY)
    now, content = clock.now(), {key: value for key, value in paper.content.items() if key != cells.FILLED}
    if paper.number is None and content["series"]:
        paper.number = _next(paper, content["series"], clock.local(now).year)
    row = PaperIssue(
        paper_id=paper.id, content=content, number=paper.number, supersedes=instead_of, issued_by=actor.person_id, issued_at=now
    )
    paper.content = None
    _set(paper, "issued")
    db.session.add(row)
    db.session.flush()
    happened(paper, "issued", actor)
    storing.keep(row)
    if not template.at_once:
        telling.tell_drafter(paper, template, telling.ISSUED, actor)
    following.issued(paper, actor)
    return paper


def _next(paper: Paper, series: str, year: int) -> str:
    """The series' next number, as official papers write it; without gaps, since others wait until this transaction ends."""
    letter = versions.pack_at(paper.pack_version).letter
    counter = LETTER if letter and letter.series == series else PAPER + series
    return words.NUMBER.format(series=series, year=year, number=next_number(counter, year))


def _standing(paper: Paper) -> UUID | None:
    """The issued paper of the same kind on the same matter that still stands."""
    query = (
        select(PaperIssue.paper_id)
        .join(Paper, (Paper.tenant_id == PaperIssue.tenant_id) & (Paper.id == PaperIssue.paper_id))
        .where(Paper.kind == paper.kind, Paper.about_kind == paper.about_kind, Paper.about_id == paper.about_id)
        .order_by(PaperIssue.paper_id.desc())
    )
    return next((one for one in db.session.scalars(query) if not _superseded(one)), None)


def _superseded(paper_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(PaperIssue.supersedes == paper_id))))


def _require_filled(paper: Paper) -> None:
    assert paper.content is not None
    if names := blanks(paper.content):
        raise Invalid({"body": words.BLANKS.format(names="、".join(dict.fromkeys(names)))})


def _set(paper: Paper, state: str) -> Paper:
    paper.state, paper.updated_at = state, clock.now()
    db.session.flush()
    return paper
