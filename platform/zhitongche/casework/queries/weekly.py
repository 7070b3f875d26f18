"""Reports that are owed every week (周四报送, ST-3.4.b): who did not report, since when, how often in a row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, takewhile
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from zhitongche.casework.tables import Clock
from zhitongche.persistence import db

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Missing:
    """One unit's reports on one petition: how often in a row none came, since which due moment, the last one. Moments in UTC."""

    petition_id: UUID
    unit_id: UUID | None
    times: int
    first_due: datetime
    last_due: datetime
    reported_since: bool


def missing(codes: Collection[str], since: datetime, limit: int = 5000) -> list[Missing]:
    """Whoever missed a report that was due since then, one line a petition and unit; the longest silence first."""
    missed = select(Clock.petition_id).where(Clock.code.in_(list(codes)), *_MISSED, Clock.due_at >= since).distinct()
    found = _of(codes, list(db.session.scalars(missed.limit(limit))))
    return sorted((one for one in found if one.last_due >= since), key=lambda one: (one.reported_since, -one.times, one.first_due))


def in_row(codes: Collection[str], ids: Collection[UUID]) -> dict[UUID, int]:
    """How often in a row the latest reports on each of these petitions failed to come; none where the last one came."""
    return {one.petition_id: one.times for one in _of(codes, ids) if not one.reported_since}


_MISSED = (Clock.missed_at.is_not(None), Clock.met_at.is_(None))


def _of(codes: Collection[str], ids: Collection[UUID]) -> Iterator[Missing]:
    query = (
        select(Clock.petition_id, Clock.unit_id, Clock.due_at, Clock.met_at, Clock.missed_at)
        .where(Clock.code.in_(list(codes)), Clock.petition_id.in_(list(ids)), Clock.met_at.is_not(None) | Clock.missed_at.is_not(None))
        .order_by(Clock.petition_id, Clock.unit_id, Clock.due_at.desc())
    )
    for _, rows in groupby(db.session.execute(query) if ids else (), key=lambda row: (row.petition_id, row.unit_id)):
        if (one := _line(list(rows))) is not None:
            yield one


def _line(rows: Sequence[Any]) -> Missing | None:
    """The latest run of missed reports; `rows` from the newest."""
    later = list(takewhile(lambda row: row.met_at is not None, rows))
    run = list(takewhile(lambda row: row.met_at is None, rows[len(later) :]))
    if not run:
        return None
    return Missing(run[0].petition_id, run[0].unit_id, len(run), run[-1].due_at, run[0].due_at, bool(later))
