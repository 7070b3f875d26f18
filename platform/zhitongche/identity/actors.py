"""From a signed-in person to the actor that the flow knows."""

from collections.abc import Sequence
from uuid import UUID

from flask_login import UserMixin  # type: ignore[import-untyped]
from typing_extensions import override

from zhitongche.flow.facts import Actor
from zhitongche.identity import enterprises, people, stand_in, units, words
from zhitongche.identity.tables import Enterprise, Person
from zhitongche.kernel.errors import Forbidden, NotFound
from zhitongche.persistence import tenant_or_none


class AccountUser(UserMixin):  # type: ignore[misc]
    """What flask-login keeps in the session: tenant, person, and the epoch that ends all sessions at once."""

    def __init__(self, person: Person) -> None:
        self.tenant = person.tenant_id
        self.person = person

    @override
    def get_id(self) -> str:
        return f"{self.tenant}:{self.person.id}:{self.person.session_epoch}"


def load_user(session_id: str) -> AccountUser | None:
    """The user of a session; None where it is of another tenant, closed, or ended since."""
    tenant, _, rest = session_id.partition(":")
    person_id, _, epoch = rest.partition(":")
    if tenant != tenant_or_none():
        return None
    try:
        person = people.by_id(UUID(person_id))
    except (ValueError, NotFound):
        return None
    current = person.active and str(person.session_epoch) == epoch
    return AccountUser(person) if current else None


def actor_of(
    person: Person, standing_in_for: UUID | None = None, *, enterprise_id: UUID | None = None, joined: Sequence[Enterprise] | None = None
) -> Actor:
    """The actor that a person is, or is while standing in for another official; raises Forbidden.

    An enterprise's person acts for `enterprise_id`, or for the first one joined; `joined` where these were just read.
    """
    if not person.active:
        raise Forbidden
    if person.kind == "enterprise":
        return _of_enterprise(person, enterprise_id, enterprises.of_person(person.id) if joined is None else joined)
    if standing_in_for is None:
        return _official(person, person.name, person, None)
    absent = stand_in.absent_for(person.id, standing_in_for)
    name = words.STANDING_IN.format(name=person.name, absent=absent.name)
    return _official(person, name, absent, absent.id)


def _official(person: Person, name: str, exercised: Person, on_behalf_of: UUID | None) -> Actor:
    unit = units.by_id(exercised.unit_id) if exercised.unit_id else None
    # An absent administrator's cases are taken over, not his power over accounts.
    roles = frozenset(exercised.roles) - (frozenset({"admin", "operator"}) if on_behalf_of else frozenset())
    return Actor(
        kind="official",
        name=name,
        person_id=person.id,
        unit_id=exercised.unit_id,
        unit_kind=unit.kind if unit else "",
        roles=roles,
        on_behalf_of=on_behalf_of,
    )


def _of_enterprise(person: Person, enterprise_id: UUID | None, joined: Sequence[Enterprise]) -> Actor:
    chosen = next((one for one in joined if enterprise_id in (None, one.id)), None)
    if chosen is None:
        raise Forbidden
    return Actor(kind="enterprise", name=person.name, person_id=person.id, enterprise_id=chosen.id)
