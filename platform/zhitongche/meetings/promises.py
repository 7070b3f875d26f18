"""Whether commitments are kept (RP-3.3): told on the petition's record, from which it is counted."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from sqlalchemy import select

from zhitongche.casework import beside
from zhitongche.flow.facts import SYSTEM
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Conflict
from zhitongche.meetings.sitting import Sitting, load
from zhitongche.meetings.tables import Commitment
from zhitongche.persistence import db

if TYPE_CHECKING:
    from uuid import UUID

    from zhitongche.flow.facts import Actor


def past(limit: int = 500) -> list[UUID]:
    """Commitments whose day (China) has passed unfulfilled since the last sweep, the oldest first."""
    broken = (Commitment.fulfilled_at.is_(None), Commitment.missed_at.is_(None), Commitment.due_on < clock.today())
    return list(db.session.scalars(select(Commitment.id).where(*broken).order_by(Commitment.due_on, Commitment.id).limit(limit)))


def pass_by(commitment_id: UUID) -> None:
    """Its day has passed: it was not kept, whatever becomes of it later. Idempotent."""
    query = select(Commitment).where(Commitment.id == commitment_id).with_for_update()
    row = db.session.scalar(query.execution_options(populate_existing=True))
    if row is not None and row.fulfilled_at is None and row.missed_at is None and row.due_on < clock.today():
        clause = Sitting(load(row.meeting_id), SYSTEM).clause_of("commit")
        _missed(row, clause)


def fulfilled(row: Commitment, actor: Actor, clause: str) -> None:
    """The unit says that it is done: kept where its day has not passed."""
    if row.missed_at is None and row.due_on < clock.today():
        _missed(row, clause)
    _note(row, "commitment_fulfilled", "kept" if row.missed_at is None else "late", actor, clause)


def _missed(row: Commitment, clause: str) -> None:
    row.missed_at = clock.now()
    db.session.flush()
    _note(row, "commitment_missed", "missed", SYSTEM, clause)


def _note(row: Commitment, action: str, became: str, actor: Actor, clause: str) -> None:
    told = {"unit": str(row.unit_id), "is": became, "due": row.due_on.isoformat()}
    # What the enterprise has withdrawn and had erased has no record any more.
    with suppress(Conflict):
        beside.note(row.petition_id, action, actor, clause, {"commitment": str(row.id), "state": {"commitment": told}})
