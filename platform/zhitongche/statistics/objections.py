"""A unit objects to a petition being counted against it (不应计入); what is decided goes on the petition's record. Never commits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from zhitongche.casework import access, beside
from zhitongche.casework.case import load
from zhitongche.casework.fields import text_of
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from zhitongche.persistence import db
from zhitongche.statistics import definitions, editions
from zhitongche.statistics import words_objections as words
from zhitongche.statistics.fold import LEAVE_OUT
from zhitongche.statistics.tables import FigureFact, FigureObjection

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from zhitongche.casework.tables import Petition
    from zhitongche.flow.facts import Actor
    from zhitongche.statistics.definitions import Figure

DECIDERS: Final = frozenset({"triage", "supervision"})
VERDICTS: Final = {"agree": "不计入", "disagree": "仍计入"}


def raise_objection(petition_id: UUID, figure: str, reason: str, actor: Actor) -> FigureObjection:
    """A unit's handler says why a petition should not count against the unit; once per petition and figure.

    Raises Forbidden, NotFound, Invalid (`figure`, `reason`).
    """
    if "handler" not in actor.roles or actor.unit_id is None or actor.person_id is None:
        raise Forbidden(words.NOT_HANDLER, words.CLAUSE)
    petition = load(petition_id, lock=True)
    _require_counted(petition, _contestable(figure), actor, actor.unit_id)
    row = FigureObjection(
        petition_id=petition_id, unit_id=actor.unit_id, figure=figure, reason=_text(words.REASON, "reason", reason),
        raised_by=actor.person_id, raised_at=clock.now(),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def decide(objection_id: UUID, verdict: str, reason: str, actor: Actor) -> FigureObjection:
    """Decide, with a reason. Agreed, the petition's facts of this figure no longer count for the unit, in any figure made of them.

    Raises Forbidden, NotFound, Invalid (`verdict`, `reason`), Conflict where somebody was first or the dossier was erased.
    """
    if not actor.roles & DECIDERS:
        raise Forbidden(words.NOT_DECIDER, words.CLAUSE)
    query = select(FigureObjection).where(FigureObjection.id == objection_id).with_for_update()
    row = db.session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise NotFound
    if row.raised_by in {actor.person_id, actor.on_behalf_of}:
        raise Forbidden(words.OWN, words.CLAUSE)
    if row.verdict is not None:
        raise Conflict(words.DECIDED)
    if verdict not in VERDICTS:
        raise Invalid({"verdict": words.VERDICT})
    row.verdict, row.decision_reason = verdict, _text(words.DECISION, "reason", reason)
    row.decided_by, row.decided_at = actor.person_id, clock.now()
    if verdict == "agree":
        body = {"unit": str(row.unit_id), "figure": row.figure, "reason": row.decision_reason, "objection": str(row.id)}
        beside.note(row.petition_id, LEAVE_OUT, actor, words.CLAUSE, body)
    db.session.flush()
    return row


def waiting_count(actor: Actor) -> int:
    """How many objections wait for this actor's decision."""
    if not actor.roles & DECIDERS:
        return 0
    return db.session.scalar(select(func.count()).select_from(FigureObjection).where(FigureObjection.verdict.is_(None))) or 0


def listing(actor: Actor, *, after: UUID | None = None, limit: int = 50) -> list[FigureObjection]:
    """Objections, those undecided first, then the latest: all for who decides or leads, a unit's own for its people."""
    query = select(FigureObjection).order_by(FigureObjection.verdict.is_not(None), FigureObjection.id.desc()).limit(limit)
    if after is not None:
        query = query.where(FigureObjection.verdict.is_not(None), FigureObjection.id < after)
    if not access.reads_all(actor):
        query = query.where(FigureObjection.unit_id == actor.unit_id)
    return list(db.session.scalars(query))


def by_id(objection_id: UUID, actor: Actor) -> FigureObjection:
    """One objection, for who decides or leads, or for the unit's own people; NotFound."""
    row = db.session.scalar(select(FigureObjection).where(FigureObjection.id == objection_id))
    if row is None or not (access.reads_all(actor) or row.unit_id == actor.unit_id):
        raise NotFound
    return row


def raised(figure: str, petition_ids: Iterable[UUID], unit_id: UUID) -> dict[UUID, FigureObjection]:
    """What a unit has objected to of these petitions under a figure."""
    of_unit = (FigureObjection.figure == figure, FigureObjection.unit_id == unit_id)
    query = select(FigureObjection).where(*of_unit, FigureObjection.petition_id.in_(list(petition_ids)))
    return {row.petition_id: row for row in db.session.scalars(query)}


def _contestable(code: str) -> Figure:
    figure = definitions.current().figures.get(code)
    if figure is None or not figure.contestable:
        raise Invalid({"figure": words.NOT_CONTESTABLE})
    return figure


def _require_counted(petition: Petition, figure: Figure, actor: Actor, unit_id: UUID) -> None:
    """It counts against the unit, whether or not the unit still has it."""
    edition = editions.current()
    counted = select(FigureFact.no).where(
        FigureFact.edition == (edition.edition if edition else 0), FigureFact.petition_id == petition.id,
        FigureFact.unit_id == unit_id, FigureFact.kind.in_(figure.kinds),
    )  # fmt: skip
    if db.session.scalar(counted.limit(1)) is None:
        access.require_read(actor, petition)
        raise Invalid({"figure": words.NOT_COUNTED})
    if petition.id in raised(figure.code, [petition.id], unit_id):
        raise Invalid({"figure": words.BEFORE})


def _text(label: str, field: str, value: str) -> str:
    try:
        text = text_of(label, value, max_length=500, min_length=4)
    except ValueError as error:
        raise Invalid({field: str(error)}) from None
    if not text:
        raise Invalid({field: f"请填写{label}"})
    return text
