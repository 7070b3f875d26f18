"""Names for ids, a whole page's at once."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from zhitongche.identity.tables import Person, Unit
from zhitongche.persistence import db


def of_units(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Full names of these units, closed ones too."""
    wanted = {one for one in ids if one}
    return dict(db.session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(wanted))).all()) if wanted else {}


def of_people(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Names of these people, whether or not their accounts are open."""
    wanted = {one for one in ids if one}
    return dict(db.session.execute(select(Person.id, Person.name).where(Person.id.in_(wanted))).all()) if wanted else {}
