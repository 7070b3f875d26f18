"""The register of petitions 台账: whatever the actor may read, filtered, searched, in pages or whole (ST-3.1.2)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import and_, exists, func, insert, or_, select, tuple_
from sqlalchemy.orm import aliased

from zhitongche.casework import access, search
from zhitongche.casework.queries import keyset, ways
from zhitongche.casework.tables import Clock, CoPart, Petition, Rating, ReadLog
from zhitongche.identity.tables import Enterprise, Unit
from zhitongche.kernel import clock
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import current_tenant, db

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select

    from zhitongche.casework.queries.keyset import Page, Turn
    from zhitongche.flow.facts import Actor

COUNTED: Final = 1000
"""Beyond this many a reader is told “more than”: counting on would cost more than it tells."""
EXPORTED: Final = 20_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters of the register; an empty field wants all. `since` and `until` are days in China, both included."""

    q: str = ""
    open: bool | None = None
    stage: str = ""
    unit_id: UUID | None = None
    category: str = ""
    matter: str = ""
    source: str = ""
    level: str = ""
    since: date | None = None
    until: date | None = None
    late: str = ""
    key: str = ""
    rating: str = ""
    way: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One petition of the register. Moments in UTC; `rating` is the latest as (given_by, satisfaction); `way` as in `ways.mark`."""

    id: UUID
    number: str
    title: str
    source: str
    source_facts: dict[str, Any]
    category: str
    matter: str
    level: str
    stage: str
    outcome: str | None
    pack_version: str
    key_state: str | None
    received_at: datetime
    next_due_at: datetime | None
    closed_at: datetime | None
    enterprise: str
    credit_code: str
    lead: str | None
    co: str | None
    rating: str | None
    way: str | None

    @property
    def late(self) -> bool:
        """Whether something owed now is past its moment."""
        return self.next_due_at is not None and self.next_due_at < clock.now()


def listing(actor: Actor, wanted: Wanted, turn: Turn) -> Page[Item]:
    """One page of the register, the newest first."""
    at: Any = Petition.received_at
    ident: Any = Petition.id
    query = keyset.cut(_items(actor, wanted), turn, at, ident, falling=True)
    return keyset.page([Item(*row) for row in db.session.execute(query)], turn, _mark)


def counted(actor: Actor, wanted: Wanted) -> int:
    """How many the filters find, at most COUNTED + 1."""
    some = select(Petition.id).where(*_conditions(actor, wanted)).limit(COUNTED + 1).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def whole(actor: Actor, wanted: Wanted) -> Iterator[Item]:
    """All that the filters find, up to EXPORTED, the newest first."""
    query = _items(actor, wanted).order_by(Petition.received_at.desc(), Petition.id.desc()).limit(EXPORTED)
    for row in db.session.execute(query.execution_options(yield_per=500)):
        yield Item(*row)


def by_ids(actor: Actor, ids: Collection[UUID]) -> dict[UUID, Item]:
    """Those of these petitions that the actor may read."""
    query = _rows().where(access.readable(actor), Petition.id.in_(list(ids)))
    return {row[0]: Item(*row) for row in db.session.execute(query)} if ids else {}


def numbered(numbers: Collection[str]) -> list[UUID]:
    """The petitions of these numbers."""
    return list(db.session.scalars(select(Petition.id).where(Petition.number.in_(list(numbers))))) if numbers else []


def exported(actor: Actor, petitions: list[UUID], why: str) -> None:
    """Log that these were taken out of the house in a table; it is a read of each (ST-5.1)."""
    if actor.person_id is None or not petitions:
        return
    same = {
        "tenant_id": current_tenant(), "person_id": actor.person_id, "person_name": actor.name,
        "unit_id": actor.unit_id, "at": clock.now(), "why": why,
    }  # fmt: skip
    db.session.execute(insert(ReadLog), [same | {"id": new_id(), "petition_id": one} for one in petitions])


def _items(actor: Actor, wanted: Wanted) -> Select[Any]:
    return _rows().where(*_conditions(actor, wanted))


@cache
def _rows() -> Select[Any]:
    # The same for everybody, and dearer to build than to run.
    columns = (
        Petition.id, Petition.number, Petition.title, Petition.source, Petition.source_facts, Petition.category,
        Petition.matter, Petition.level, Petition.stage, Petition.outcome, Petition.pack_version, Petition.key_state,
        Petition.received_at, Petition.next_due_at, Petition.closed_at, Enterprise.name, Enterprise.credit_code,
        Unit.short, _co_units(), _last_rating(), ways.mark(),
    )  # fmt: skip
    enterprise = (Enterprise.tenant_id == Petition.tenant_id) & (Enterprise.id == Petition.enterprise_id)
    lead = (Unit.tenant_id == Petition.tenant_id) & (Unit.id == func.coalesce(Petition.lead_unit_id, Petition.proposed_unit_id))
    return select(*columns).join(Enterprise, enterprise).outerjoin(Unit, lead)


def _co_units() -> ColumnElement[Any]:
    unit = Unit.__table__.alias("co_unit")
    return (
        select(func.string_agg(unit.c.short, "、"))
        .select_from(CoPart)
        .join(unit, and_(unit.c.tenant_id == CoPart.tenant_id, unit.c.id == CoPart.unit_id))
        .where(CoPart.tenant_id == Petition.tenant_id, CoPart.petition_id == Petition.id)
        .correlate(Petition)
        .scalar_subquery()
    )


def _last_rating() -> ColumnElement[Any]:
    return (
        select(func.concat(Rating.given_by, ":", Rating.satisfaction))
        .where(Rating.tenant_id == Petition.tenant_id, Rating.petition_id == Petition.id)
        .order_by(Rating.at.desc(), Rating.id.desc())
        .limit(1)
        .correlate(Petition)
        .scalar_subquery()
    )


def _conditions(actor: Actor, wanted: Wanted) -> list[ColumnElement[bool]]:
    named = (
        (Petition.stage, wanted.stage), (Petition.category, wanted.category), (Petition.matter, wanted.matter),
        (Petition.source, wanted.source), (Petition.level, wanted.level), (Petition.key_state, wanted.key),
    )  # fmt: skip
    found: list[ColumnElement[bool]] = [access.readable(actor), *(column == value for column, value in named if value)]
    if wanted.q.strip():
        found.append(search.found(wanted.q))
    if wanted.open is not None:
        found.append(Petition.outcome.is_(None) if wanted.open else Petition.outcome.is_not(None))
    if wanted.since:
        found.append(Petition.received_at >= clock.on(wanted.since))
    if wanted.until:
        found.append(Petition.received_at < clock.on(wanted.until + timedelta(days=1)))
    return found + ways.found(wanted.way) + _work(wanted)


def _work(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Filters on who handles it, how timely, and how it was rated."""
    found: list[ColumnElement[bool]] = []
    if wanted.unit_id:
        found.append(_of_unit(wanted.unit_id))
    if wanted.late == "now":
        found.append(and_(Petition.outcome.is_(None), Petition.next_due_at < clock.now()))
    if wanted.late == "ever":
        # A limit that has just passed is late before the sweep has marked it.
        missed = or_(Clock.missed_at.is_not(None), and_(Clock.due_at < clock.now(), Clock.met_at.is_(None), Clock.lapsed_at.is_(None)))
        found.append(exists().where(Clock.tenant_id == Petition.tenant_id, Clock.petition_id == Petition.id, missed))
    if wanted.rating == "none":
        found.append(_last_rating().is_(None))
    elif wanted.rating:
        found.append(_rated(wanted.rating))
    return found


_GIVEN: Final = ("enterprise", "call_back")
RATINGS: Final[dict[str, tuple[tuple[str, ...], str]]] = {
    "satisfied": (_GIVEN, "satisfied"),
    "unsatisfied": (_GIVEN, "unsatisfied"),
    "default": (("default",), "satisfied"),
}
"""By whom and how rated. A default rating is a kind of its own and never among the satisfied (RP-2.10.b)."""


def _rated(kind: str) -> ColumnElement[bool]:
    """The last rating is of this kind: put so that the planner knows how many there are and may begin with them."""
    given_by, satisfaction = RATINGS.get(kind, ((), ""))
    later = aliased(Rating)
    outdone = exists().where(
        later.tenant_id == Rating.tenant_id, later.petition_id == Rating.petition_id, tuple_(later.at, later.id) > tuple_(Rating.at, Rating.id)
    )
    last = select(Rating.petition_id).where(Rating.given_by.in_(given_by), Rating.satisfaction == satisfaction, ~outdone)
    return Petition.id.in_(last)


def _of_unit(unit_id: UUID) -> ColumnElement[bool]:
    in_part = exists().where(
        CoPart.tenant_id == Petition.tenant_id, CoPart.petition_id == Petition.id, CoPart.unit_id == unit_id
    )
    return or_(Petition.lead_unit_id == unit_id, Petition.proposed_unit_id == unit_id, in_part)


def _mark(row: Item) -> keyset.Mark:
    return keyset.Mark(row.received_at, row.id)
