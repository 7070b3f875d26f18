"""How well it was done: calls back (ST-3.6.a), what was proposed on the handling (ST-3.6.b), problems that come again (ST-2.c)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import exists, func, select

from zhitongche.casework import access
from zhitongche.casework.tables import Petition, Rating, Record
from zhitongche.kernel.errors import NotFound
from zhitongche.persistence import db

if TYPE_CHECKING:
    from collections.abc import Collection

    from zhitongche.flow.facts import Actor


@dataclass(frozen=True, slots=True)
class CallsBack:
    """Of the petitions resolved in a period: how many, how many called back, what those said at the last call."""

    resolved: int
    called: int
    satisfied: int
    unsatisfied: int


@dataclass(frozen=True, slots=True)
class Repeated:
    """A petition to which others were joined as repeating it; moments in UTC."""

    petition_id: UUID
    number: str
    title: str
    outcome: str | None
    joined: int
    enterprises: int
    last: datetime


def calls_back(since: datetime) -> CallsBack:
    """Calls back on what was resolved since (ST-3.6.a)."""
    resolved = (Petition.outcome == "resolved", Petition.closed_at >= since)
    called = exists().where(Record.tenant_id == Petition.tenant_id, Record.petition_id == Petition.id, Record.kind == "call_back")
    said = (
        select(Rating.satisfaction)
        .where(Rating.tenant_id == Petition.tenant_id, Rating.petition_id == Petition.id, Rating.given_by == "call_back")
        .order_by(Rating.at.desc(), Rating.id.desc())
        .limit(1)
        .correlate(Petition)
        .scalar_subquery()
    )
    counts = select(
        func.count(), func.count().filter(called), func.count().filter(said == "satisfied"), func.count().filter(said == "unsatisfied")
    )
    return CallsBack(*db.session.execute(counts.select_from(Petition).where(*resolved)).one())


@dataclass(frozen=True, slots=True)
class Told:
    """A proposal on the handling: why, by whom, when (UTC)."""

    id: UUID
    petition_id: UUID
    kind: str
    text: str
    author: str
    at: datetime


def told(ids: Collection[UUID], kinds: Collection[str]) -> list[Told]:
    """The proposals of these kinds on these petitions, the oldest first."""
    query = _TOLD.where(Record.petition_id.in_(list(ids)), Record.kind.in_(list(kinds))).order_by(Record.at, Record.id)
    return [Told(*row) for row in db.session.execute(query)] if ids else []


def record(record_id: UUID, kinds: Collection[str], actor: Actor) -> Told:
    """One proposal; raises NotFound, also where the actor may not read its petition."""
    query = _TOLD.join(Petition, (Petition.tenant_id == Record.tenant_id) & (Petition.id == Record.petition_id))
    row = db.session.execute(query.where(Record.id == record_id, Record.kind.in_(list(kinds)), access.readable(actor))).first()
    if row is None:
        raise NotFound
    return Told(*row)


_TOLD: Final = select(Record.id, Record.petition_id, Record.kind, Record.text, Record.author, Record.at)


def reasons(ids: Collection[UUID], kinds: Collection[str]) -> dict[tuple[UUID, str], Record]:
    """The newest record of each of these kinds in each of these petitions."""
    query = select(Record).where(Record.petition_id.in_(list(ids)), Record.kind.in_(list(kinds))).order_by(Record.at, Record.id)
    return {(row.petition_id, row.kind): row for row in db.session.scalars(query)} if ids else {}


def repeated(actor: Actor, limit: int = 100) -> list[Repeated]:
    """Petitions that others repeat, the most repeated first (ST-2.c)."""
    again = (
        select(
            Petition.joined_into.label("main"), func.count().label("joined"), func.max(Petition.received_at).label("last"),
            func.count(Petition.enterprise_id.distinct()).label("enterprises"),
        ).where(Petition.joined_into.is_not(None)).group_by(Petition.joined_into).subquery()
    )  # fmt: skip
    query = (
        select(Petition.id, Petition.number, Petition.title, Petition.outcome, again.c.joined, again.c.enterprises, again.c.last)
        .join(again, again.c.main == Petition.id)
        .where(access.readable(actor))
        .order_by(again.c.joined.desc(), again.c.last.desc())
    )
    return [Repeated(*row) for row in db.session.execute(query.limit(limit))]
