"""What the operator (运维人员) sees of the outbox: how much is promised and not yet kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from zhitongche.kernel import clock
from zhitongche.outbox.tables import Outbox
from zhitongche.persistence import db


@dataclass(frozen=True, slots=True)
class Depth:
    """Promises not yet kept: all, due by now, failed before, told to a person; since when the oldest is due (UTC)."""

    waiting: int
    due: int
    failed: int
    alarmed: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Trouble:
    """A promise that failed and will be tried again. Ids and codes only; moments in UTC."""

    id: UUID
    topic: str
    tries: int
    promised_for: datetime
    due_at: datetime
    last_error: str | None


def depth() -> Depth:
    """How much waits in the present tenant."""
    now = clock.now()
    due = Outbox.due_at <= now
    query = select(
        func.count(), func.count().filter(due), func.count().filter(Outbox.last_error.is_not(None)),
        func.count().filter(Outbox.alarmed_at.is_not(None)), func.min(Outbox.promised_for).filter(Outbox.promised_for <= now),
    ).where(Outbox.done_at.is_(None))  # fmt: skip
    return Depth(*db.session.execute(query).one())


def troubles(limit: int = 30) -> list[Trouble]:
    """Promises that failed at least once, the longest waiting first."""
    columns = (Outbox.id, Outbox.topic, Outbox.tries, Outbox.promised_for, Outbox.due_at, Outbox.last_error)
    query = select(*columns).where(Outbox.done_at.is_(None), Outbox.last_error.is_not(None)).order_by(Outbox.promised_for)
    return [Trouble(*row) for row in db.session.execute(query.limit(limit))]
