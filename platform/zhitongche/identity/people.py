"""People of the tenant, and who is told when a party is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased

from zhitongche.flow.parties import ROLE_PARTIES
from zhitongche.identity.tables import Membership, Person, StandIn, Unit
from zhitongche.kernel import clock
from zhitongche.kernel.errors import NotFound
from zhitongche.persistence import db

# Kept, since every page asks: building it anew and naming it for the cache costs as much as running it.
_BY_ID: Final = select(Person).where(Person.id == bindparam("id"))


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is told: a person, or a unit's contact on file, who need not have an account (`person_id` None)."""

    name: str
    mobile: str | None
    kind: str
    person_id: UUID | None = None
    unit_id: UUID | None = None
    digest: bool = False

    @classmethod
    def of(cls, person: Person) -> "Recipient":
        """A person with an account; only officials have a digest."""
        digest = person.kind == "official" and person.notices_digest
        return cls(person.name, person.mobile, person.kind, person.id, person.unit_id, digest)


def by_id(person_id: UUID) -> Person:
    """The person; raises NotFound."""
    person = db.session.scalar(_BY_ID, {"id": person_id})
    if person is None:
        raise NotFound
    return person


def by_login(login: str) -> Person | None:
    """The official with this login."""
    return db.session.scalar(select(Person).where(Person.login == login))


def by_mobile(mobile: str) -> Person | None:
    """The enterprise person with this mobile; officials are known by their login only."""
    return db.session.scalar(select(Person).where(Person.kind == "enterprise", Person.mobile == mobile))


def officials(
    *, unit_id: UUID | None = None, with_inactive: bool = False
) -> list[tuple[Person, Unit | None]]:
    """Officials with their units, in the units' order."""
    query = (
        select(Person, Unit)
        .outerjoin(Unit, (Unit.tenant_id == Person.tenant_id) & (Unit.id == Person.unit_id))
        .where(Person.kind == "official")
        .order_by(Unit.position.nulls_first(), Person.login)
    )
    if unit_id is not None:
        query = query.where(Person.unit_id == unit_id)
    if not with_inactive:
        query = query.where(Person.active)
    return [(person, unit) for person, unit in db.session.execute(query)]


def of_role(role: str) -> list[Person]:
    """The active officials who hold the role."""
    query = select(Person).where(Person.active, Person.roles.contains([role])).order_by(Person.id)
    return list(db.session.scalars(query))


def handlers_of(units: Iterable[UUID]) -> list[Person]:
    """The active handlers of these units."""
    query = select(Person).where(
        Person.active, Person.unit_id.in_(list(units)), Person.roles.contains(["handler"])
    )
    return list(db.session.scalars(query.order_by(Person.id)))


def of_enterprises(enterprises: Iterable[UUID]) -> list[Person]:
    """The active people who have joined these enterprises."""
    members = (
        select(Person)
        .join(Membership, (Membership.tenant_id == Person.tenant_id) & (Membership.person_id == Person.id))
        .where(
            Person.active, Membership.joined_at.is_not(None), Membership.enterprise_id.in_(list(enterprises))
        )
        .order_by(Person.id)
    )
    return list(db.session.scalars(members).unique())


def of_party(
    party: str, units: frozenset[UUID] = frozenset(), enterprises: frozenset[UUID] = frozenset()
) -> list[Recipient]:
    """Whom a party's message goes to, each once, with those who stand in for them now.

    A role → its people; `enterprise` → its people; otherwise the units → their handlers and the contact
    on file (RP-2.3.n). `system` is told nothing.
    """
    if party == "system":
        return []
    if party == "enterprise":
        return [Recipient.of(person) for person in of_enterprises(enterprises)]
    if party in ROLE_PARTIES:
        return [Recipient.of(person) for person in _with_stand_ins(of_role(party))]
    return [Recipient.of(person) for person in _with_stand_ins(handlers_of(units))] + _contacts(units)


def _contacts(units: frozenset[UUID]) -> list[Recipient]:
    found = db.session.scalars(
        select(Unit).where(Unit.id.in_(units), Unit.contact_mobile.is_not(None)).order_by(Unit.id)
    )
    return [
        Recipient(unit.contact_name or unit.name, unit.contact_mobile, "contact", unit_id=unit.id)
        for unit in found
    ]


def _with_stand_ins(people: list[Person]) -> list[Person]:
    now = clock.now()
    deputy = aliased(Person)
    query = (
        select(deputy)
        .join(StandIn, (StandIn.tenant_id == deputy.tenant_id) & (StandIn.stand_in_id == deputy.id))
        .where(
            deputy.active,
            StandIn.absent_id.in_([person.id for person in people]),
            StandIn.since <= now,
            StandIn.until > now,
            StandIn.ended_at.is_(None),
        )
        .order_by(deputy.id)
    )
    return list({person.id: person for person in (*people, *db.session.scalars(query))}.values())
