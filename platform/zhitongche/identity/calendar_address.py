"""The secret address at which an official's calendar program reads his dates: signed, and dead once another is made."""

import hmac
import secrets
from typing import Final
from uuid import UUID

from zhitongche.identity import door_log, people
from zhitongche.identity.keyed import digest
from zhitongche.identity.tables import Person
from zhitongche.kernel.errors import Forbidden, NotFound
from zhitongche.persistence import db

_PURPOSE: Final = "calendar"


def make(person_id: UUID, *, address: str | None = None) -> str:
    """A new secret address for an official; any earlier one is dead. Raises Forbidden, NotFound."""
    person = people.by_id(person_id)
    if person.kind != "official":
        raise Forbidden
    person.calendar_key = secrets.token_urlsafe(24)
    db.session.flush()
    door_log.record("calendar_opened", person_id, address=address)
    return _signed(person)


def end(person_id: UUID, *, address: str | None = None) -> None:
    """No address leads to this official's dates any more."""
    people.by_id(person_id).calendar_key = None
    db.session.flush()
    door_log.record("calendar_closed", person_id, address=address)


def of(person: Person) -> str | None:
    """The address's secret part, None where there is none."""
    return _signed(person) if person.calendar_key else None


def person_of(secret: str) -> Person:
    """Whose dates lie at this address; raises NotFound, the same for a wrong, a dead and a made-up one."""
    name, _, _ = secret.partition(".")
    try:
        person = people.by_id(UUID(name))
    except ValueError:
        raise NotFound from None
    known = of(person) if person.active and not person.must_change_password else None
    if known is None or not hmac.compare_digest(known.encode(), secret.encode()):
        raise NotFound
    return person


def _signed(person: Person) -> str:
    return f"{person.id.hex}.{digest(_PURPOSE, str(person.id), person.calendar_key or '')[:40]}"
