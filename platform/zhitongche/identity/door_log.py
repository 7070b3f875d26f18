"""The log of sign-ins and of what was done to accounts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from zhitongche.identity.apart import apart
from zhitongche.identity.tables import SignInLog
from zhitongche.persistence import db


def record(event: str, person_id: UUID, *, by_id: UUID | None = None, address: str | None = None) -> None:
    """Note what happened to an account, together with it."""
    db.session.add(SignInLog(event=event, person_id=person_id, by_id=by_id, address=address))


def record_failure(event: str, person_id: UUID | None, address: str | None) -> None:
    """Note a failed attempt, kept though its request is rolled back."""
    with apart() as session:
        session.add(SignInLog(event=event, person_id=person_id, address=address))


def recent(
    limit: int = 100, *, person_id: UUID | None = None, before: datetime | None = None
) -> list[SignInLog]:
    """The newest entries first, of one person if named, earlier than `before` (UTC) if given."""
    query = select(SignInLog).order_by(SignInLog.at.desc(), SignInLog.id.desc()).limit(limit)
    if person_id is not None:
        query = query.where(SignInLog.person_id == person_id)
    if before is not None:
        query = query.where(SignInLog.at < before)
    return list(db.session.scalars(query))
