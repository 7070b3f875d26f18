"""The enterprises of a simulation, and the register that knows most of them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import BytesIO, StringIO
from random import Random
from typing import TYPE_CHECKING

from sqlalchemy import select

from zhitongche.flow.facts import Actor
from zhitongche.identity import enterprises as identity
from zhitongche.identity import register_load
from zhitongche.identity.enterprises import EnterpriseForm
from zhitongche.identity.tables import Enterprise as Row
from zhitongche.identity.tables import LegalEntity
from zhitongche.identity.tables import Person as PersonRow
from zhitongche.persistence import db
from zhitongche.simulation.enterprises import REGISTER_COLUMNS, Enterprise, Place, enterprise, register_rows
from zhitongche.simulation.people import Person, person
from zhitongche.simulation.temperament import EnterpriseTemper, enterprise_temper

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID


@dataclass
class Client:
    """An enterprise that petitions: as it is, who speaks for it, and how; `actor` once it has registered."""

    enterprise: Enterprise
    person: Person
    temper: EnterpriseTemper
    actor: Actor | None = None

    def form(self, password: str = "") -> EnterpriseForm:
        """Its registration."""
        told = self.enterprise
        return EnterpriseForm(
            told.credit_code, told.name, self.person.name, self.person.mobile, password, told.town,
            told.address, told.legal_representative, told.industry,
        )  # fmt: skip

    def enrol(self) -> Actor:
        """Register, the first time it is asked for."""
        if self.actor is None:
            made = identity.enrol(self.form())
            self.actor = acting(made.person.id, made.person.name, made.enterprise.id)
        return self.actor


def acting(person_id: UUID, name: str, enterprise_id: UUID) -> Actor:
    """An enterprise's person as an actor."""
    return Actor(kind="enterprise", name=name, person_id=person_id, enterprise_id=enterprise_id)


def found(rng: Random, place: Place, count: int) -> list[Client]:
    """So many new enterprises, none of which the tenant knows; the register learns those registered here."""
    taken = {*db.session.scalars(select(Row.credit_code)), *db.session.scalars(select(Row.name))}
    taken |= {*db.session.scalars(select(LegalEntity.credit_code)), *db.session.scalars(select(LegalEntity.name))}
    mobiles = {mobile for mobile in db.session.scalars(select(PersonRow.mobile)) if mobile}
    made = [
        Client(one, person(rng, post="shop" if one.kind == "shop" else "enterprise", taken=mobiles), enterprise_temper(rng))
        for one in (enterprise(rng, place, taken) for _ in range(count))
    ]
    record(client.enterprise for client in made)
    return made


def record(known: Iterable[Enterprise]) -> None:
    """Load them into the register as an administrator would, from a CSV."""
    lines = StringIO(newline="")
    writer = csv.DictWriter(lines, REGISTER_COLUMNS)
    writer.writeheader()
    writer.writerows(register_rows(known))
    register_load.load_csv(BytesIO(lines.getvalue().encode()))
