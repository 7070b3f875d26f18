"""Asking for a dossier or a volume: who may, for what, and what is promised. Screens read the jobs here too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from zhitongche import outbox
from zhitongche.casework import access
from zhitongche.casework.case import load
from zhitongche.casework.disclosures import CLAUSE
from zhitongche.casework.fields import text_of
from zhitongche.casework.queries import dossier as cases
from zhitongche.documents.dossier import words
from zhitongche.documents.dossier.tables import DossierItem, DossierJob
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Forbidden, Invalid, NotFound
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import db

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement

    from zhitongche.flow.facts import Actor

TOPIC: Final = "dossier"
BINDERS: Final = frozenset({"triage", "supervision"})
"""Roles that bind volumes; each of them has a duty in every case."""
STEPS: Final = 3
UNDER_WAY: Final = ("waiting", "working")


@dataclass(frozen=True, slots=True)
class Job:
    """A job as its asker sees it; moments in UTC, `percent` of the steps done."""

    row: DossierJob
    state: str
    percent: int

    @property
    def under_way(self) -> bool:
        """Whether the worker still has it."""
        return self.row.state in UNDER_WAY


def ask(petition_id: UUID, why: str, actor: Actor) -> DossierJob:
    """Ask for one petition's dossier; the same one under way is answered again. Raises NotFound, Forbidden, Invalid."""
    person_id, why = _person(actor), _purpose(why)
    access.require_read(actor, load(petition_id))
    mine = (DossierJob.person_id == person_id, DossierJob.petition_id == petition_id, DossierJob.state.in_(UNDER_WAY))
    under_way = db.session.scalar(select(DossierJob).where(*mine).limit(1))
    if under_way is not None:
        return under_way
    return _queue(DossierJob(kind="petition", petition_id=petition_id, **_asked(actor, person_id, why)), [petition_id])


def ask_volume(year: int, unit_id: UUID | None, why: str, actor: Actor) -> DossierJob:
    """Ask for the closed petitions of a year (of China) and a lead unit, or of all. Raises Forbidden, Invalid."""
    require_binder(actor)
    person_id, why = _person(actor), _purpose(why)
    found = cases.closed(year, unit_id, actor)
    if not found:
        raise Invalid({"year": words.EMPTY})
    if len(found) > cases.LARGEST:
        raise Invalid({"unit": words.TOO_MANY.format(limit=cases.LARGEST)})
    mine = (DossierJob.person_id == person_id, DossierJob.year == year, DossierJob.unit_id.is_not_distinct_from(unit_id))
    if db.session.scalar(select(DossierJob.id).where(*mine, DossierJob.state.in_(UNDER_WAY)).limit(1)):
        raise Invalid({"year": words.ALREADY})
    return _queue(DossierJob(kind="volume", year=year, unit_id=unit_id, **_asked(actor, person_id, why)), [one.id for one in found])


def require_binder(actor: Actor) -> None:
    """Raise Forbidden, with the clause, for whoever does not bind volumes."""
    if not actor.roles & BINDERS:
        raise Forbidden(words.NOT_ALLOWED, CLAUSE)


def of_petition(petition_id: UUID, actor: Actor) -> list[Job]:
    """What this person asked for of a petition, the latest first."""
    return _jobs(DossierJob.person_id == actor.person_id, DossierJob.petition_id == petition_id)


def volumes(actor: Actor) -> list[Job]:
    """The volumes that this person asked for, the latest first."""
    return _jobs(DossierJob.person_id == actor.person_id, DossierJob.kind == "volume")


def one(job_id: UUID, actor: Actor) -> Job:
    """One's own job, while one may read what it holds; NotFound otherwise, for another's and none alike."""
    found = _jobs(DossierJob.id == job_id, DossierJob.person_id == actor.person_id)
    if not found:
        raise NotFound
    row = found[0].row
    if row.petition_id is not None:
        access.require_read(actor, load(row.petition_id))
    elif not actor.roles & BINDERS:
        raise NotFound
    return found[0]


def _jobs(*conditions: ColumnElement[bool]) -> list[Job]:
    rows = db.session.scalars(select(DossierJob).where(*conditions).order_by(DossierJob.id.desc()).limit(20))
    return [Job(row, words.STATES[row.state], row.done * 100 // row.total) for row in rows]


def _asked(actor: Actor, person_id: UUID, why: str) -> dict[str, object]:
    return {"id": new_id(), "person_id": person_id, "on_behalf_of": actor.on_behalf_of, "why": why, "asked_at": clock.now()}


def _queue(job: DossierJob, petitions: list[UUID]) -> DossierJob:
    job.total = STEPS * len(petitions) + 1
    db.session.add(job)
    db.session.flush()
    db.session.add_all(DossierItem(job_id=job.id, petition_id=one, position=n) for n, one in enumerate(petitions, 1))
    db.session.flush()
    outbox.promise(TOPIC, {"job": str(job.id)}, key=f"dossier:{job.id}")
    return job


def _person(actor: Actor) -> UUID:
    if actor.kind != "official" or actor.person_id is None:
        raise Forbidden
    return actor.person_id


def _purpose(why: str) -> str:
    try:
        text = text_of("用途", why, max_length=200, min_length=2)
    except ValueError as error:
        raise Invalid({"why": str(error)}) from error
    if not text:
        raise Invalid({"why": words.WHY})
    return text
