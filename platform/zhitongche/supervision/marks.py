"""What became of proposals for publicity and for serious treatment (典型事例、严肃处理, ST-3.6.b): decided, then carried out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from zhitongche.casework import marking
from zhitongche.casework.queries import quality
from zhitongche.documents.filling import printable
from zhitongche.flow.vocabulary import VERDICTS
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Conflict, Forbidden, Invalid, Refused
from zhitongche.persistence import db
from zhitongche.supervision import words
from zhitongche.supervision.problems import demanded
from zhitongche.supervision.tables import MarkDecision

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from zhitongche.casework.queries.quality import Told
    from zhitongche.flow.facts import Actor

CLAUSE: Final = "ST-3.6.b"
KINDS: Final = ("commend", "fault")


@dataclass(frozen=True, slots=True)
class Mark:
    """One proposal, and what became of it; `decision` None while it waits for the leader."""

    told: Told
    decision: MarkDecision | None


def on(ids: Collection[UUID]) -> dict[UUID, list[Mark]]:
    """The proposals on each of these petitions, the oldest first."""
    proposed = quality.told(ids, KINDS)
    query = select(MarkDecision).where(MarkDecision.petition_id.in_(list(ids)))
    decided = {row.record_id: row for row in db.session.scalars(query)} if ids else {}
    found: dict[UUID, list[Mark]] = {}
    for one in proposed:
        found.setdefault(one.petition_id, []).append(Mark(one, decided.get(one.id)))
    return found


def decide(record_id: UUID, actor: Actor, verdict: str, opinion: str) -> None:
    """The leader agrees or does not; it is in the petition's journal. Raises Forbidden, NotFound, Conflict, Invalid by field."""
    if "leader" not in actor.roles:
        raise Forbidden(words.BY_LEADER, CLAUSE)
    told = quality.record(record_id, KINDS, actor)
    if verdict not in VERDICTS:
        raise Invalid({"verdict": words.VERDICT_NEEDED})
    # Disagreeing without a reason would leave nothing to learn from.
    said = demanded(opinion, "opinion", words.REASON_NEEDED) if verdict == "disagree" else printable(opinion).strip()[:500]
    marking.lock(told.petition_id)
    if (known := _of(record_id)) is not None:
        raise Conflict(words.DECIDED_ALREADY.format(name=known.decided_name))
    row = MarkDecision(
        record_id=record_id, petition_id=told.petition_id, kind=told.kind, verdict=verdict, opinion=said, decided_by=actor.person_id,
        decided_name=actor.name, decided_at=clock.now(),
    )  # fmt: skip
    db.session.add(row)
    text = "：".join(one for one in (VERDICTS[verdict], said) if one)
    marking.journal_mark(told.petition_id, actor, clause=CLAUSE, name=words.MARKS[told.kind], text=text)


def carry_out(record_id: UUID, actor: Actor, result: str) -> None:
    """What was done after the leader had agreed. Raises Forbidden, NotFound, Refused, Conflict, Invalid by field."""
    if "triage" not in actor.roles:
        raise Forbidden(words.BY_TRIAGE, CLAUSE)
    told = quality.record(record_id, KINDS, actor)
    said = demanded(result, "result", words.RESULT_NEEDED)
    marking.lock(told.petition_id)
    row = _of(record_id)
    if row is None or row.verdict != "agree":
        raise Refused(words.NOT_AGREED, CLAUSE)
    if row.result_at is not None:
        raise Conflict(words.TOLD_ALREADY)
    row.result, row.result_by, row.result_name, row.result_at = said, actor.person_id, actor.name, clock.now()
    marking.journal_mark(told.petition_id, actor, clause=CLAUSE, name=words.MARKS[told.kind], text=said)


def _of(record_id: UUID) -> MarkDecision | None:
    return db.session.scalar(select(MarkDecision).where(MarkDecision.record_id == record_id))
