"""Names for ids, a whole page's at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, select

from zhitongche.identity.tables import Person, Unit
from zhitongche.persistence import db

_IDS: Final[BindParameter[UUID]] = bindparam("ids", expanding=True)
_UNITS: Final = select(Unit.id, Unit.name).where(Unit.id.in_(_IDS))
_PEOPLE: Final = select(Person.id, Person.name).where(Person.id.in_(_IDS))


def of_units(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Full names of these units, closed ones too."""
    wanted = {one for one in ids if one}
    return dict(db.session.execute(_UNITS, {"ids": list(wanted)}).all()) if wanted else {}


def of_people(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Names of these people, whether or not their accounts are open."""
    wanted = {one for one in ids if one}
    return dict(db.session.execute(_PEOPLE, {"ids": list(wanted)}).all()) if wanted else {}
