"""The officials of a simulation: one for each role, and a handler in each unit that handles."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Final
from uuid import UUID

from zhitongche.flow.facts import Actor
from zhitongche.identity import people, units
from zhitongche.identity.tables import Person, Unit
from zhitongche.persistence import db
from zhitongche.simulation.accounts import LOGINS
from zhitongche.simulation.people import person
from zhitongche.simulation.temperament import UNITS, UnitTemper, unit_temper

if TYPE_CHECKING:
    from zhitongche.tenancy.pack import Pack

_KEEN: Final = UNITS[:2]


@dataclass(frozen=True, slots=True)
class Official:
    """Somebody who acts, for which unit, and how."""

    actor: Actor
    unit: str
    temper: UnitTemper


@dataclass(frozen=True, slots=True)
class Office:
    """A unit as people speak of it."""

    id: UUID
    code: str
    name: str
    short: str
    handles: bool


@dataclass
class Cast:
    """Everybody of a tenant."""

    offices: list[Office]
    by_role: dict[str, list[Official]] = field(default_factory=dict)
    by_unit: dict[UUID, list[Official]] = field(default_factory=dict)

    def office(self, unit_id: UUID) -> Office:
        """The unit of that id; StopIteration where there is none."""
        return next(office for office in self.offices if office.id == unit_id)

    def handlers(self) -> list[Office]:
        """Units whose people handle petitions."""
        return [office for office in self.offices if office.id in self.by_unit]


def gather(pack: Pack, rng: Random) -> Cast:
    """Everybody, after `engage`; tempers are drawn in the units' order."""
    cast = Cast([Office(u.id, u.code, u.name, u.short, "handler" in u.roles) for u in units.listing()])
    for someone, unit in engage(pack, rng):
        keen = "handler" not in someone.roles
        temper = rng.choice(_KEEN) if keen else unit_temper(rng)
        official = Official(_acting(someone, unit), unit.name if unit else pack.department, temper)
        for role in someone.roles:
            if role != "handler":
                cast.by_role.setdefault(role, []).append(official)
            elif someone.unit_id:
                cast.by_unit.setdefault(someone.unit_id, []).append(official)
    return cast


def engage(pack: Pack, rng: Random) -> list[tuple[Person, Unit | None]]:
    """All officials; whoever is missing is made up, without a password: nobody can sign in as them.

    Not by the administrator's own use case, since each password it invents costs a sixth of a second.
    """
    known = people.officials()
    logins = {someone.login or "" for someone, _ in known}
    held = {role for someone, _ in known for role in someone.roles}
    staffed = {someone.unit_id for someone, _ in known if "handler" in someone.roles}
    for role, unit in _vacancies(held, staffed):
        wanted = unit.code if role == "handler" else LOGINS[role]
        login = wanted if wanted not in logins else f"{wanted}-{role}"
        logins.add(login)
        db.session.add(_official(pack, rng, role, unit, login))
    db.session.flush()
    return people.officials()


def _acting(someone: Person, unit: Unit | None) -> Actor:
    """As identity's own actors are made, from rows at hand."""
    return Actor(
        kind="official", name=someone.name, person_id=someone.id, unit_id=someone.unit_id,
        unit_kind=unit.kind if unit else "", roles=frozenset(someone.roles),
    )  # fmt: skip


def _vacancies(held: set[str], staffed: set[UUID | None]) -> list[tuple[str, Unit]]:
    found = []
    for unit in units.listing():
        for role in (role for role in LOGINS if role in unit.roles and role not in held):
            held.add(role)
            found.append((role, unit))
    # Roles first: a login such as 12345's stays with the role, not with a unit of the same name.
    return found + [("handler", unit) for unit in units.listing() if "handler" in unit.roles and unit.id not in staffed]


def _official(pack: Pack, rng: Random, role: str, unit: Unit, login: str) -> Person:
    made_up = person(rng, post="official")
    leader = next((one for one in pack.leaders if role == "leader" and one.unit == unit.code), None)
    # Whoever the unit names as its contact handles; the rest are others.
    contact = unit.contact_name if role == "handler" else None
    return Person(
        kind="official",
        login=login,
        name=leader.name if leader else contact or made_up.name,
        title=leader.title if leader else made_up.title,
        mobile=(unit.contact_mobile if contact else None) or made_up.mobile,
        unit_id=unit.id,
        roles=[role],
    )
