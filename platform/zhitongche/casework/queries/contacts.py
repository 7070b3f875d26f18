"""Whom the enterprises named for a petition: they need not have accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select

from zhitongche.casework.tables import Petition
from zhitongche.casework.tables.petition import BRIDGE
from zhitongche.persistence import db

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Contact:
    """A person named in a petition, with a mainland mobile."""

    name: str
    mobile: str


def of(petition_id: UUID) -> list[Contact]:
    """The contacts of a petition and of those joined to it: the second sender keeps the right to the answer (ST-2.c).

    None for what came from below: the level below speaks with the enterprise.
    """
    whose = and_(or_(Petition.id == petition_id, Petition.joined_into == petition_id), Petition.source != BRIDGE)
    rows = db.session.execute(select(Petition.contact_name, Petition.contact_mobile).where(whose).order_by(Petition.id))
    return [Contact(name, mobile) for name, mobile in rows]
