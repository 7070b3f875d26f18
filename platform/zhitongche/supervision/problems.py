"""A repeated problem in an officer's hands (ST-1.1.4): its petitions mended, or the whole set aside with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from zhitongche.casework import access
from zhitongche.casework.case import load
from zhitongche.casework.queries import listing
from zhitongche.documents.filling import printable
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Forbidden, Invalid, NotFound, Refused
from zhitongche.persistence import db
from zhitongche.supervision import words
from zhitongche.supervision.tables import Problem, ProblemEvent, ProblemPetition
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from uuid import UUID

    from zhitongche.flow.facts import Actor

MAY: Final = "triage"
LEAST: Final = 2
LONGEST: Final = 500


def waiting() -> list[Problem]:
    """Those that wait for an officer, the newest first."""
    return _listed("open")


def aside(limit: int = 50) -> list[Problem]:
    """Those that were set aside, the newest first."""
    return _listed("aside")[:limit]


def waiting_count() -> int:
    """How many wait."""
    return db.session.scalar(select(func.count()).select_from(Problem).where(Problem.state == "open")) or 0


def of(problem_id: UUID) -> Problem:
    """One problem; raises NotFound."""
    row = db.session.scalar(select(Problem).where(Problem.id == problem_id))
    if row is None:
        raise NotFound
    return row


def petitions_of(problem_id: UUID, *, kept: bool = True) -> list[UUID]:
    """Its petitions, in the order in which they were added; those taken out where `kept` is False."""
    query = select(ProblemPetition.petition_id).where(ProblemPetition.problem_id == problem_id, ProblemPetition.kept.is_(kept))
    return list(db.session.scalars(query.order_by(ProblemPetition.added_at, ProblemPetition.petition_id)))


def sizes(ids: list[UUID]) -> dict[UUID, int]:
    """How many petitions each of these problems holds now."""
    query = select(ProblemPetition.problem_id, func.count()).where(ProblemPetition.problem_id.in_(ids), ProblemPetition.kept)
    return dict(db.session.execute(query.group_by(ProblemPetition.problem_id)).all()) if ids else {}


def events_of(problem_id: UUID) -> list[ProblemEvent]:
    """Everything that was done, the newest first."""
    query = select(ProblemEvent).where(ProblemEvent.problem_id == problem_id).order_by(ProblemEvent.id.desc())
    return list(db.session.scalars(query))


def take_out(problem_id: UUID, petition_id: UUID, reason: str, actor: Actor) -> None:
    """This petition is another matter. Raises Forbidden, Refused, Invalid, NotFound."""
    row = in_hand(problem_id, actor)
    said = demanded(reason, "reason", words.REASON_NEEDED)
    member = _member(row.id, petition_id)
    if member is None or not member.kept:
        raise NotFound
    if len(petitions_of(row.id)) <= LEAST:
        raise Refused(words.OF_ONE, clause())
    member.kept = False
    happened(row.id, "removed", actor, said, petition=str(petition_id))


def put_in(problem_id: UUID, number: str, actor: Actor) -> UUID:
    """This petition belongs to it too. Raises Forbidden, Refused, Invalid for an unknown number or one that is there."""
    row = in_hand(problem_id, actor)
    found = listing.numbered([printable(number).strip()])
    if not found or not access.may_read(actor, load(found[0])):
        raise Invalid({"number": words.NO_SUCH_PETITION.format(number=number.strip()[:40])})
    member = _member(row.id, found[0])
    if member is not None and member.kept:
        raise Invalid({"number": words.IN_ALREADY})
    if member is None:
        db.session.add(ProblemPetition(problem_id=row.id, petition_id=found[0], by_hand=True, added_at=clock.now()))
    else:
        member.kept, member.by_hand = True, True
    happened(row.id, "added", actor, "", petition=str(found[0]))
    return found[0]


def set_aside(problem_id: UUID, reason: str, actor: Actor) -> None:
    """No finding now; it comes back when it has grown. Raises Forbidden, Refused, Invalid without a reason."""
    row = in_hand(problem_id, actor)
    said = demanded(reason, "reason", words.REASON_NEEDED)
    row.state, row.aside_size, row.updated_at = "aside", row.size, clock.now()
    happened(row.id, "aside", actor, said)


def in_hand(problem_id: UUID, actor: Actor) -> Problem:
    """The problem, locked, while no finding has been written. Raises Forbidden, NotFound, Refused."""
    if MAY not in actor.roles:
        raise Forbidden(words.BY_TRIAGE, clause())
    query = select(Problem).where(Problem.id == problem_id).with_for_update().execution_options(populate_existing=True)
    row = db.session.scalar(query)
    if row is None:
        raise NotFound
    if row.state == "taken":
        raise Refused(words.WRONG_STATE.format(state=words.PROBLEM_STATES[row.state], what="再改动"), clause())
    return row


def happened(problem_id: UUID, what: str, actor: Actor, text: str = "", **facts: Any) -> None:
    """Put it on the record."""
    event = ProblemEvent(problem_id=problem_id, what=what, person_id=actor.person_id, name=actor.name, at=clock.now(), text=text, facts=facts)
    db.session.add(event)
    db.session.flush()


def demanded(given: str | None, field: str, needed: str, longest: int = LONGEST) -> str:
    """The text, which may not be empty or too long; raises Invalid beside its field."""
    text = printable(given or "").strip()
    if not text:
        raise Invalid({field: needed})
    if len(text) > longest:
        raise Invalid({field: words.TOO_LONG.format(limit=longest, length=len(text))})
    return text


def clause() -> str:
    """The clause on which findings rest."""
    rule = current.pack().repeated
    return rule.clause if rule else "ST-1.1.4"


def _listed(state: str) -> list[Problem]:
    return list(db.session.scalars(select(Problem).where(Problem.state == state).order_by(Problem.updated_at.desc(), Problem.id)))


def _member(problem_id: UUID, petition_id: UUID) -> ProblemPetition | None:
    query = select(ProblemPetition).where(ProblemPetition.problem_id == problem_id, ProblemPetition.petition_id == petition_id)
    return db.session.scalar(query)
