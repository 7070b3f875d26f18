"""The tenant's enterprises, multiplied from one that was enrolled, and the people who sign in."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID

import psycopg

from tests.support.stage import Play
from zhitongche.identity import passwords, people
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import unit_of_work
from zhitongche.simulation.enterprises import Enterprise, Place, enterprise
from zhitongche.simulation.people import person

PASSWORD = "jizhun-2468-ceshi"


@dataclass(frozen=True)
class Company:
    """An enterprise of the data set with its one person."""

    id: UUID
    person_id: UUID
    name: str
    credit_code: str
    area: str
    person_name: str
    mobile: str
    told: Enterprise


def companies(rng: Random, place: Place, count: int) -> list[Company]:
    """Made-up enterprises, no name, code or mobile twice."""
    taken: set[str] = set()
    return [_company(rng, enterprise(rng, place, taken), at) for at in range(count)]


def _company(rng: Random, told: Enterprise, at: int) -> Company:
    return Company(new_id(), new_id(), told.name, told.credit_code, told.town, person(rng).name, f"1350{at:07d}", told)


def rows(connection: psycopg.Connection[dict[str, Any]], play: Play, made: list[Company]) -> dict[str, list[dict[str, Any]]]:
    """Rows of enterprises, people and memberships, each like those of the one that the play enrolled."""
    known = play.people["enterprise"]
    one = _row(connection, "select * from enterprise where id = %s", known.enterprise_id)
    who = _row(connection, "select * from person where id = %s", known.person_id)
    joined = _row(connection, "select * from membership where person_id = %s", known.person_id)
    return {
        "enterprise": [one | {"id": c.id, "name": c.name, "credit_code": c.credit_code, "area": c.area} for c in made],
        "person": [who | {"id": c.person_id, "name": c.person_name, "mobile": c.mobile} for c in made],
        "membership": [joined | {"enterprise_id": c.id, "person_id": c.person_id} for c in made],
    }


def _row(connection: psycopg.Connection[dict[str, Any]], query: Any, key: UUID | None) -> dict[str, Any]:
    found = connection.execute(query, [key]).fetchone()
    assert found
    return found


def give_passwords(play: Play) -> dict[str, str]:
    """The password for everybody who plays; answers logins (mobiles for enterprises) by who."""
    one, logins = passwords.hashed(PASSWORD), {}
    with unit_of_work():
        for who, actor in play.people.items():
            assert actor.person_id
            row = people.by_id(actor.person_id)
            row.password_hash = one
            logins[who] = row.login or row.mobile or ""
    return logins
