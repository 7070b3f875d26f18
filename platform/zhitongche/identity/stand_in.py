"""Standing in (代理): a person acts for an absent one for a time, on the record."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, select

from zhitongche.flow.facts import Actor
from zhitongche.identity import fields, people, words
from zhitongche.identity.permissions import require
from zhitongche.identity.tables import Person, StandIn
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Forbidden, Invalid, NotFound
from zhitongche.persistence import db

LONGEST = timedelta(days=92)


def create(
    *, absent_id: UUID, stand_in_id: UUID, since: datetime, until: datetime, reason: str, by: Actor
) -> StandIn:
    """Let one official stand in for another from `since` until `until` (aware); by himself or an administrator.

    Raises Invalid, Forbidden, NotFound.
    """
    _require_own(absent_id, by)
    with fields.collecting() as read:
        read.take("stand_in", lambda: _two_officials(absent_id, stand_in_id))
        read.take("until", lambda: _span(since, until))
        reason = read.take("reason", lambda: fields.text(reason, "reason", words.STAND_IN_REASON, 200))
    record = StandIn(
        absent_id=absent_id,
        stand_in_id=stand_in_id,
        since=since,
        until=until,
        reason=reason,
        created_by=by.person_id or absent_id,
    )
    db.session.add(record)
    db.session.flush()
    return record


def end(record_id: UUID, *, by: Actor) -> None:
    """End a standing-in early; ending what has ended changes nothing. Raises NotFound, Forbidden."""
    record = db.session.scalar(select(StandIn).where(StandIn.id == record_id))
    if record is None:
        raise NotFound
    _require_own(record.absent_id, by)
    if record.ended_at is None:
        record.ended_at, record.ended_by = clock.now(), by.person_id or record.absent_id
        db.session.flush()


def active_for(person_id: UUID) -> list[tuple[StandIn, Person]]:
    """For whom this person stands in now, with the record; people whose accounts are closed left out."""
    query = (
        select(StandIn, Person)
        .join(Person, (Person.tenant_id == StandIn.tenant_id) & (Person.id == StandIn.absent_id))
        .where(StandIn.stand_in_id == person_id, Person.active, _now())
        .order_by(StandIn.until)
    )
    return [(record, absent) for record, absent in db.session.execute(query)]


def absent_for(person_id: UUID, absent_id: UUID) -> Person:
    """The absent person, if this one stands in for him now; raises Forbidden."""
    for record, absent in active_for(person_id):
        if record.absent_id == absent_id:
            return absent
    raise Forbidden(words.STAND_IN_NOT_NOW)


def listing(*, absent_id: UUID | None = None) -> list[StandIn]:
    """All records, the newest first; of one absent person if named."""
    query = select(StandIn).order_by(StandIn.since.desc())
    return list(
        db.session.scalars(query if absent_id is None else query.where(StandIn.absent_id == absent_id))
    )


def _now() -> ColumnElement[bool]:
    now = clock.now()
    return (StandIn.since <= now) & (StandIn.until > now) & StandIn.ended_at.is_(None)


def _require_own(absent_id: UUID, by: Actor) -> None:
    own = by.person_id == absent_id and by.on_behalf_of is None
    require(own or by.kind == "system" or (by.kind == "official" and "admin" in by.roles))


def _two_officials(absent_id: UUID, stand_in_id: UUID) -> None:
    if absent_id == stand_in_id:
        raise Invalid({"stand_in": words.STAND_IN_SELF})
    for person in (people.by_id(absent_id), people.by_id(stand_in_id)):
        if person.kind != "official" or not person.active:
            raise Invalid({"stand_in": words.STAND_IN_PEOPLE})


def _span(since: datetime, until: datetime) -> None:
    if until <= since or until <= clock.now():
        raise Invalid({"until": words.STAND_IN_ENDS})
    if until - since > LONGEST:
        raise Invalid({"until": words.STAND_IN_LONG.format(days=LONGEST.days)})
