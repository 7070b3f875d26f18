"""The people of an enterprise (企业人员)."""

from uuid import UUID

from sqlalchemy import select, update

from zhitongche.flow.facts import Actor
from zhitongche.identity import fields, people, words
from zhitongche.identity.tables import Membership, Person
from zhitongche.kernel import clock, identifiers
from zhitongche.kernel.errors import Forbidden, Invalid, NotFound
from zhitongche.persistence import db


def listing(enterprise_id: UUID) -> list[tuple[Person, Membership]]:
    """All people of an enterprise, owners first; those not yet joined have `joined_at` None."""
    query = (
        select(Person, Membership)
        .join(Membership, (Membership.tenant_id == Person.tenant_id) & (Membership.person_id == Person.id))
        .where(Membership.enterprise_id == enterprise_id, Person.active)
        .order_by(Membership.role.desc(), Membership.invited_at)
    )
    return [(person, membership) for person, membership in db.session.execute(query)]


def invite(enterprise_id: UUID, *, name: str, mobile: str, by: Actor) -> Person:
    """An owner invites a colleague, who joins by signing in with this mobile; raises Invalid, Forbidden.

    The answer is the same whether or not the mobile has an account.
    """
    _require_owner(enterprise_id, by)
    with fields.collecting() as read:
        name = read.take("name", lambda: fields.text(name, "name", words.NAME_EMPTY, 40))
        mobile = read.take("mobile", lambda: identifiers.mobile(mobile))
    person = people.by_mobile(mobile)
    if person is None:
        person = Person(kind="enterprise", name=name, mobile=mobile)
        db.session.add(person)
        db.session.flush()
    if _membership(enterprise_id, person.id):
        raise Invalid({"mobile": words.ALREADY_MEMBER})
    db.session.add(Membership(enterprise_id=enterprise_id, person_id=person.id, invited_by=by.person_id))
    db.session.flush()
    return person


def join(person_id: UUID) -> None:
    """Whoever proves by signing in that the mobile is his has taken up his invitations."""
    pending = (Membership.person_id == person_id) & Membership.joined_at.is_(None)
    db.session.execute(update(Membership).where(pending).values(joined_at=clock.now()))


def make_owner(enterprise_id: UUID, person_id: UUID, *, by: Actor) -> None:
    """Let a colleague who has joined invite and remove people too; raises Forbidden, NotFound."""
    _require_owner(enterprise_id, by)
    membership = _membership(enterprise_id, person_id)
    if membership is None or membership.joined_at is None:
        raise NotFound
    membership.role = "owner"
    db.session.flush()


def remove(enterprise_id: UUID, person_id: UUID, *, by: Actor) -> None:
    """Take a colleague off the list, but never the last owner; raises Forbidden, Invalid, NotFound."""
    _require_owner(enterprise_id, by)
    membership = _membership(enterprise_id, person_id)
    if membership is None:
        raise NotFound
    if membership.role == "owner" and len(_owners(enterprise_id)) == 1:
        raise Invalid({"person": words.LAST_OWNER})
    db.session.delete(membership)
    db.session.flush()


def _require_owner(enterprise_id: UUID, by: Actor) -> None:
    if by.person_id is None or by.person_id not in _owners(enterprise_id):
        raise Forbidden(words.NOT_OWNER)


def _owners(enterprise_id: UUID) -> list[UUID]:
    # Locked, so that two owners who remove each other at once do not leave nobody.
    query = select(Membership.person_id).where(
        Membership.enterprise_id == enterprise_id, Membership.role == "owner"
    )
    return list(db.session.scalars(query.with_for_update()))


def _membership(enterprise_id: UUID, person_id: UUID) -> Membership | None:
    return db.session.scalar(
        select(Membership).where(Membership.enterprise_id == enterprise_id, Membership.person_id == person_id)
    )
