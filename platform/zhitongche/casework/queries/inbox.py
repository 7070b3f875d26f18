"""What an official owes (待办): the running clocks of the own party, the earliest due first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal
from uuid import UUID

from sqlalchemy import BindParameter, and_, bindparam, exists, func, or_, select, union_all

from zhitongche.casework.queries import keyset, ways
from zhitongche.casework.tables import Clock, CoPart, Petition
from zhitongche.flow.parties import ROLE_PARTIES
from zhitongche.identity.tables import Enterprise, Unit
from zhitongche.kernel import clock
from zhitongche.persistence import db

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select

    from zhitongche.casework.queries.keyset import Page, Turn
    from zhitongche.flow.facts import Actor

State = Literal["late", "near", "on_time"]
ABOVE: Final = "above"
UNIT_PARTIES: Final = ("lead", "co", "proposed")
OPEN: Final = (Clock.met_at.is_(None), Clock.lapsed_at.is_(None))


@dataclass(frozen=True, slots=True)
class Filter:
    """Which part of the inbox is wanted; an empty field wants all."""

    state: State | None = None
    stage: str = ""
    matter: str = ""
    category: str = ""
    unit_id: UUID | None = None
    way: str = ""


@dataclass(frozen=True, slots=True)
class Owed:
    """One running clock of mine with its petition; `way` as in `ways.mark`. Moments in UTC."""

    clock_id: UUID
    what: str
    clause: str
    limit: str
    since: datetime
    due: datetime
    near_at: datetime
    provisional: bool
    is_setting: bool
    petition_id: UUID
    number: str
    title: str
    stage: str
    category: str
    matter: str
    level: str
    key_state: str | None
    pack_version: str
    enterprise: str
    lead: str | None
    source: str
    way: str | None

    @property
    def state(self) -> State:
        """Past its due moment, in its last quarter, or neither."""
        now = clock.now()
        return "late" if self.due < now else "near" if self.near_at <= now else "on_time"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many running clocks of mine there are of each state."""

    late: int = 0
    near: int = 0
    on_time: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.late + self.near + self.on_time


@dataclass(frozen=True, slots=True)
class Other:
    """A case of my unit in which others have the turn."""

    petition_id: UUID
    number: str
    title: str
    stage: str
    pack_version: str
    enterprise: str
    next_due: datetime | None


def owed(actor: Actor, wanted: Filter, turn: Turn) -> Page[Owed]:
    """One page of what the actor owes, the earliest due first."""
    # A branch for each party, so that each walks its own index in the order of due moments.
    branches = [keyset.cut(_rows().where(*_filters(wanted), mine), turn, _AT, _ID) for mine in _parties(actor)]
    if not branches:
        return keyset.page([], turn, _mark)
    found = db.session.execute(branches[0] if len(branches) == 1 else _merged(branches, turn))
    return keyset.page([Owed(*row) for row in found], turn, _mark)


def _merged(branches: list[Select[Any]], turn: Turn) -> Select[Any]:
    every = union_all(*(select(branch.subquery()) for branch in branches)).subquery()
    backwards = turn.before is not None
    order = (every.c.due_at.desc(), every.c.id.desc()) if backwards else (every.c.due_at, every.c.id)
    return select(every).order_by(*order).limit(turn.size + 1)


def tally(actor: Actor, wanted: Filter | None = None) -> Tally:
    """How many of each state, whatever state the filter names."""
    parties = _parties(actor)
    if not parties:
        return Tally()
    query, beside = _counts().where(or_(*parties)), _beside(wanted) if wanted else []
    if beside:
        query = query.join(Petition, _SAME_PETITION).where(*beside)
    return Tally(*db.session.execute(query, {"now": clock.now()}).one())


@cache
def _counts() -> Select[int, int, int]:
    now: BindParameter[datetime] = bindparam("now")
    late, near = Clock.due_at < now, and_(Clock.due_at >= now, Clock.near_at <= now)
    return select(func.count().filter(late), func.count().filter(near), func.count().filter(~or_(late, near))).where(*OPEN)


def others(actor: Actor, limit: int = 8) -> list[Other]:
    """Open cases of the actor's unit in which others of this tenant have the turn, the next due first."""
    if "handler" not in actor.roles or actor.unit_id is None:
        return []
    in_part = exists().where(
        CoPart.tenant_id == Petition.tenant_id, CoPart.petition_id == Petition.id, CoPart.unit_id == actor.unit_id
    )
    owing = exists().where(
        Clock.tenant_id == Petition.tenant_id, Clock.petition_id == Petition.id, or_(Clock.unit_id == actor.unit_id, Clock.owes == ABOVE), *OPEN
    )
    mine = or_(Petition.lead_unit_id == actor.unit_id, Petition.proposed_unit_id == actor.unit_id, in_part)
    query = (
        select(Petition.id, Petition.number, Petition.title, Petition.stage, Petition.pack_version, Enterprise.name, Petition.next_due_at)
        .join(Enterprise, _ENTERPRISE)
        .where(Petition.outcome.is_(None), mine, ~owing)
        .order_by(Petition.next_due_at, Petition.id)
    )
    return [Other(*row) for row in db.session.execute(query.limit(limit))]


_AT: Any = Clock.due_at
_ID: Any = Clock.id
_SAME_PETITION = (Petition.tenant_id == Clock.tenant_id) & (Petition.id == Clock.petition_id)
_ENTERPRISE = (Enterprise.tenant_id == Petition.tenant_id) & (Enterprise.id == Petition.enterprise_id)
_LEAD = (Unit.tenant_id == Petition.tenant_id) & (Unit.id == func.coalesce(Petition.lead_unit_id, Petition.proposed_unit_id))


def _parties(actor: Actor) -> list[ColumnElement[bool]]:
    """One condition on clocks for each party that the actor acts as."""
    mine = [and_(Clock.owes == role, Clock.unit_id.is_(None)) for role in sorted(actor.roles & ROLE_PARTIES)]
    if "handler" in actor.roles and actor.unit_id is not None:
        mine.append(and_(Clock.unit_id == actor.unit_id, Clock.owes.in_(UNIT_PARTIES)))
    return mine


@cache
def _rows() -> Select[Any]:
    # The same for everybody, and dearer to build than to run.
    columns: tuple[Any, ...] = (
        Clock.id, Clock.name, Clock.clause, Clock.limit, Clock.started_at, Clock.due_at, Clock.near_at,
        Clock.provisional, Clock.is_setting, Petition.id.label("petition_id"), Petition.number, Petition.title,
        Petition.stage, Petition.category, Petition.matter, Petition.level, Petition.key_state,
        Petition.pack_version, Enterprise.name.label("enterprise"), Unit.short,
        Petition.source, ways.mark().label("way"),
    )  # fmt: skip
    joined = select(*columns).join(Petition, _SAME_PETITION).join(Enterprise, _ENTERPRISE)
    return joined.outerjoin(Unit, _LEAD).where(*OPEN)


def _filters(wanted: Filter) -> list[ColumnElement[bool]]:
    now = clock.now()
    states: dict[str | None, list[ColumnElement[bool]]] = {
        "late": [Clock.due_at < now],
        "near": [Clock.due_at >= now, Clock.near_at <= now],
        "on_time": [Clock.due_at >= now, Clock.near_at > now],
    }
    return states.get(wanted.state, []) + _beside(wanted)


def _beside(wanted: Filter) -> list[ColumnElement[bool]]:
    """The filters on the petition, beside the clock's state."""
    named = ((Petition.stage, wanted.stage), (Petition.matter, wanted.matter), (Petition.category, wanted.category))
    found: list[ColumnElement[bool]] = [column == value for column, value in named if value]
    if wanted.unit_id:
        found.append(func.coalesce(Petition.lead_unit_id, Petition.proposed_unit_id) == wanted.unit_id)
    found += ways.found(wanted.way)
    # A running clock's petition is open; said aloud, the planner reads the few open ones, not every petition of the category.
    return [*found, Petition.outcome.is_(None)] if found else []


def _mark(row: Owed) -> keyset.Mark:
    return keyset.Mark(row.due, row.clock_id)
