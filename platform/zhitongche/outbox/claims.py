"""Claiming promises, and recording how they went."""

from collections.abc import Iterable
from datetime import timedelta
from random import SystemRandom

from sqlalchemy import ColumnElement, or_, select, update

from zhitongche.kernel import clock
from zhitongche.outbox.message import Message
from zhitongche.outbox.tables import Outbox
from zhitongche.persistence import current_tenant, db

LEASE = timedelta(minutes=2)
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=1)
_LONGEST_ERROR = 300
_random = SystemRandom()


def claim(topics: Iterable[str], limit: int) -> list[Message]:
    """Take up to `limit` due promises of the present tenant for LEASE; nobody else gets them meanwhile.

    Commit before working on them: if this process dies, they come back when the lease ends.
    """
    now = clock.now()
    free = or_(Outbox.lease_until.is_(None), Outbox.lease_until <= now)
    due = (
        select(Outbox.id)
        .where(Outbox.done_at.is_(None), Outbox.due_at <= now, free, Outbox.topic.in_(list(topics)))
        .order_by(Outbox.due_at, Outbox.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    taken = (
        update(Outbox)
        .where(Outbox.tenant_id == current_tenant(), Outbox.id == due.c.id)
        .values(lease_until=now + LEASE, tries=Outbox.tries + 1)
        .returning(
            Outbox.due_at,
            Outbox.id,
            Outbox.topic,
            Outbox.key,
            Outbox.payload,
            Outbox.created_at,
            Outbox.tries,
        )
        .execution_options(synchronize_session=False)
    )
    rows = sorted(db.session.execute(taken), key=lambda row: (row.due_at, row.id))
    return [Message(*row[1:]) for row in rows]


def hold(message: Message) -> bool:
    """Lock the promise to the end of the transaction; False where the lease was lost to another worker."""
    mine = select(Outbox.id).where(*_mine(message)).with_for_update()
    return db.session.execute(mine).first() is not None


def done(message: Message) -> bool:
    """Record that the promise is kept; False where another worker has taken it over."""
    return _change(message, done_at=clock.now(), lease_until=None, last_error=None)


def failed(message: Message, error: BaseException) -> bool:
    """Record a failure: it is due again after a pause. False where another worker has taken it over."""
    text = f"{type(error).__name__}: {error}"[:_LONGEST_ERROR]
    return _change(message, due_at=clock.now() + pause(message.tries), lease_until=None, last_error=text)


def give_back(message: Message) -> bool:
    """Return an untouched promise before its lease ends; it does not count as a try."""
    return _change(message, lease_until=None, tries=message.tries - 1)


def pause(tries: int) -> timedelta:
    """How long to wait after the given number of tries: doubles up to an hour, a random half of it less.

    Without the jitter all that failed together would come back together.
    """
    full: timedelta = min(FIRST_PAUSE * 2 ** min(tries - 1, 20), LONGEST_PAUSE)
    return timedelta(seconds=full.total_seconds() * _random.uniform(0.5, 1))


def _mine(message: Message) -> tuple[ColumnElement[bool], ...]:
    return Outbox.id == message.id, Outbox.tries == message.tries, Outbox.done_at.is_(None)


def _change(message: Message, **values: object) -> bool:
    change = update(Outbox).where(*_mine(message)).values(**values)
    result = db.session.execute(change.returning(Outbox.id).execution_options(synchronize_session=False))
    return result.first() is not None
