"""Claiming notices that are due, and recording how they went."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom
from uuid import UUID

from sqlalchemy import and_, or_, select, update

from zhitongche.kernel import clock
from zhitongche.notices import words
from zhitongche.notices.codes import MESSAGE as CODE
from zhitongche.notices.providers import Receipt
from zhitongche.notices.tables import Notice
from zhitongche.persistence import current_tenant, db

LEASE = timedelta(minutes=10)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
_LONGEST_ERROR = 300
_random = SystemRandom()


@dataclass(frozen=True, slots=True)
class Claimed:
    """A notice in the hands of one worker; `lost` where another one's lease ended before it could record."""

    id: UUID
    mobile: str
    text: str
    message: str
    tries: int
    lease_until: datetime
    expires_at: datetime | None
    lost: bool


def claim(limit: int) -> list[Claimed]:
    """Take up to `limit` due messages for LEASE; nobody else gets them meanwhile. Commit before sending."""
    now = clock.now()
    due = (
        select(Notice.id, Notice.state)
        .where(
            Notice.channel == "sms",
            or_(
                and_(Notice.state.in_(("queued", "held")), Notice.due_at <= now, ~Notice.digest),
                and_(Notice.state == "sending", Notice.lease_until <= now),
            ),
        )
        # Codes and 24-hour clocks before the rest, however much of it has piled up.
        .order_by(Notice.urgent.desc(), Notice.due_at, Notice.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    taken = (
        update(Notice)
        .where(Notice.tenant_id == current_tenant(), Notice.id == due.c.id)
        .values(state="sending", lease_until=now + LEASE, tries=Notice.tries + 1)
        .returning(
            Notice.id,
            Notice.mobile,
            Notice.text,
            Notice.message,
            Notice.tries,
            Notice.lease_until,
            Notice.expires_at,
            due.c.state == "sending",
            Notice.urgent,
            Notice.due_at,
        )
        .execution_options(synchronize_session=False)
    )
    rows = sorted(db.session.execute(taken), key=lambda row: (not row[8], row[9], row[0]))
    return [Claimed(*row[:8]) for row in rows]  # type: ignore[arg-type]


def sent(claimed: Claimed, provider: str, receipt: Receipt) -> bool:
    """Record that it is sent; False where another worker has taken it over."""
    values: dict[str, object] = {"provider": provider, "receipt": receipt.reference, "sent_at": receipt.at}
    return _end(claimed, "sent", last_error=None, **values)


def again(claimed: Claimed, error: BaseException) -> bool:
    """It was not sent: it is due again after a pause, and is never given up."""
    return _end(claimed, "queued", due_at=clock.now() + pause(claimed.tries), last_error=_told(error))


def failed(claimed: Claimed, error: BaseException) -> bool:
    """It was not sent and never will be."""
    return _end(claimed, "failed", last_error=_told(error))


def uncertain(claimed: Claimed, why: str = words.LOST) -> bool:
    """Nobody knows whether it was sent: a person must look, it is not sent again by itself."""
    return _end(claimed, "uncertain", last_error=why)


def expired(claimed: Claimed) -> bool:
    """It came too late to be of use."""
    return _end(claimed, "cancelled", last_error=words.EXPIRED)


def give_back(claimed: Claimed) -> bool:
    """Return an untouched message; it does not count as a try."""
    return _end(claimed, "queued", tries=claimed.tries - 1)


def pause(tries: int) -> timedelta:
    """How long to wait after so many tries: doubles up to an hour, a random half of it less."""
    full: timedelta = min(FIRST_PAUSE * 2 ** min(tries - 1, 10), LONGEST_PAUSE)
    return timedelta(seconds=full.total_seconds() * _random.uniform(0.5, 1))


def _end(claimed: Claimed, state: str, **values: object) -> bool:
    if claimed.message == CODE and state in {"sent", "cancelled", "uncertain", "failed"}:
        values["text"] = words.CODE_BLANKED
    change = (
        update(Notice)
        .where(Notice.id == claimed.id, Notice.state == "sending", Notice.tries == claimed.tries)
        .values(state=state, lease_until=None, **values)
        .returning(Notice.id)
        .execution_options(synchronize_session=False)
    )
    return db.session.execute(change).first() is not None


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:_LONGEST_ERROR]
