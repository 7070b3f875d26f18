"""Petitions as repeated problems are looked for in them (ST-1.1.4): of which unit and area, on what, when, in what words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import func, or_, select

from zhitongche.casework import access
from zhitongche.casework.tables import Petition
from zhitongche.flow.facts import Actor
from zhitongche.kernel import clock
from zhitongche.persistence import db

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy import ColumnElement

CATEGORY: Final = "~"
"""Before a category, the subject of a petition that names no matter."""
NOT_COUNTED: Final = ("refused", "joined", "returned")
"""What was not ours, or was no new petition (ST-2.c)."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One petition, without its words; `at` in UTC."""

    id: UUID
    unit_id: UUID | None
    area: str
    subject: str
    enterprise_id: UUID
    at: datetime


def since(moment: datetime, limit: int = 50_000) -> list[Seen]:
    """Every petition received since then that counts, the oldest first."""
    columns = (Petition.id, _unit(), Petition.area, Petition.matter, Petition.category, Petition.enterprise_id, Petition.received_at)
    query = select(*columns).where(Petition.received_at >= moment, _counts()).order_by(Petition.received_at, Petition.id)
    rows = db.session.execute(query.limit(limit))
    return [Seen(id_, unit, area.strip(), subject(matter, category), who, at) for id_, unit, area, matter, category, who, at in rows]


def subject(matter: str, category: str) -> str:
    """The matter, or the category where there is none."""
    return matter or CATEGORY + category


def words_of(ids: Collection[UUID]) -> dict[UUID, str]:
    """Title and content of each, for comparison only."""
    query = select(Petition.id, Petition.title, Petition.content).where(Petition.id.in_(list(ids)))
    return {id_: f"{title} {content}" for id_, title, content in db.session.execute(query)}


def received(ids: Collection[UUID]) -> dict[UUID, datetime]:
    """When each was received. UTC."""
    return dict(db.session.execute(select(Petition.id, Petition.received_at).where(Petition.id.in_(list(ids)))).all())


def first_received() -> datetime | None:
    """When the tenant received its first petition."""
    return db.session.scalar(select(func.min(Petition.received_at)))


def by_month(unit_id: UUID | None, area: str, about: str, first: datetime) -> dict[str, int]:
    """How many such petitions came in each month of China since then: 2026-11 → number."""
    place = _unit() == unit_id if unit_id else Petition.area == area
    kind = Petition.category == about.removeprefix(CATEGORY) if about.startswith(CATEGORY) else Petition.matter == about
    bare = Petition.matter == "" if about.startswith(CATEGORY) else Petition.matter != ""
    query = select(Petition.received_at).where(Petition.received_at >= first, place, kind, bare, _counts())
    found: dict[str, int] = {}
    for at in db.session.scalars(query):
        month = f"{clock.local_date(at):%Y-%m}"
        found[month] = found.get(month, 0) + 1
    return found


def of_unit(unit_id: UUID, ids: Iterable[UUID]) -> set[UUID]:
    """Those of the petitions in which the unit has a duty: a letter to it may tell of them (ST-5.1)."""
    unit = Actor("official", "", None, unit_id, roles=frozenset({"handler"}))
    return set(db.session.scalars(select(Petition.id).where(Petition.id.in_(list(ids)), access.readable(unit))))


def _unit() -> Any:
    return func.coalesce(Petition.lead_unit_id, Petition.proposed_unit_id)


def _counts() -> ColumnElement[bool]:
    return or_(Petition.outcome.is_(None), Petition.outcome.not_in(NOT_COUNTED))
