"""An enterprise's own petitions (我的诉求): the list, what waits for it, and what resembles a new one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import and_, bindparam, exists, func, or_, select

from zhitongche.casework import access
from zhitongche.casework.queries.tracking import party_name, public_clocks
from zhitongche.casework.search import found
from zhitongche.casework.tables import Clock, Petition, Rating
from zhitongche.casework.tables.petition import BRIDGE
from zhitongche.flow.vocabulary import OUTCOMES
from zhitongche.kernel.text import similarity
from zhitongche.persistence import db
from zhitongche.tenancy import current, versions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Select

    from zhitongche.flow.facts import Actor

STATES: Final[dict[str, str]] = {"waiting": "待我处理", "open": "在办", "closed": "已结束"}
PAGE: Final = 20
ALIKE: Final = 0.6
"""Two texts of one enterprise that share three fifths of their characters in order are likely the same matter."""
MOST_COMPARED: Final = 50
_SHOWN: Final[tuple[Any, ...]] = (
    Petition.id, Petition.number, Petition.title, Petition.category, Petition.stage, Petition.outcome, Petition.received_at, Petition.pack_version,
)  # fmt: skip
RowLike = Any
"""A petition, or a row of what is shown of it: whole petitions are dear to load by the score."""


@dataclass(frozen=True, slots=True)
class Row:
    """One petition in the list; `due` is the earliest limit that the enterprise is told of, in UTC."""

    id: UUID
    number: str
    title: str
    category: str
    stage: str
    received: datetime
    due: datetime | None
    outcome: str
    holder: str
    waits_for_me: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of the list, as in its address; an unknown value filters nothing."""

    state: str = ""
    category: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list; `after` leads to the next one, None on the last."""

    rows: tuple[Row, ...]
    after: str | None


def listing(actor: Actor, asked: Asked, after: str | None = None) -> Page:
    """The enterprise's petitions, open ones first, then the newest first."""
    closed = Petition.outcome.is_not(None)
    query = select(*_SHOWN, _waiting().label("waits")).where(access.readable(actor), *_conditions(asked))
    if (place := _place(after)) is not None:
        shut, last = place
        rest = Petition.id < last
        query = query.where(and_(closed, rest) if shut else or_(closed, and_(~closed, rest)))
    rows = db.session.execute(query.order_by(closed, Petition.id.desc()).limit(PAGE + 1)).all()
    shown = rows[:PAGE]
    dues = _dues([one for one in shown if one.outcome is None])
    more = f"{int(shown[-1].outcome is not None)}.{shown[-1].id}" if len(rows) > PAGE else None
    return Page(tuple(_row(one, dues.get(one.id), bool(one.waits)) for one in shown), more)


def waiting_count(actor: Actor) -> int:
    """How many petitions wait for the enterprise itself, such as for its rating."""
    return db.session.scalar(_waiting_count(*_turns()), {"enterprise_id": actor.enterprise_id}) or 0


@lru_cache(maxsize=64)
def _waiting_count(mine: frozenset[str], raters: frozenset[str]) -> Select[int]:
    # Kept, since every page of the portal asks.
    own = and_(Petition.enterprise_id == bindparam("enterprise_id"), Petition.source != BRIDGE)
    return select(func.count()).select_from(Petition).where(own, _waits(mine, raters))


def alike(actor: Actor, title: str, content: str) -> list[Row]:
    """The enterprise's open petitions that say nearly the same, the likeliest first (ST-2.c)."""
    query = select(Petition).where(access.readable(actor), Petition.outcome.is_(None))
    others = db.session.scalars(query.order_by(Petition.id.desc()).limit(MOST_COMPARED))
    rated = [(max(similarity(title, one.title), similarity(content, one.content)), one) for one in others]
    likely = sorted((pair for pair in rated if pair[0] >= ALIKE), key=lambda pair: -pair[0])
    return [_row(one, None, waits=False) for _, one in likely[:5]]


def enterprise_of(petition_id: UUID, enterprises: Sequence[UUID]) -> UUID | None:
    """Which of a person's enterprises the petition belongs to; None where it is none of theirs."""
    query = select(Petition.enterprise_id).where(
        Petition.id == petition_id, Petition.enterprise_id.in_(list(enterprises)), Petition.source != BRIDGE
    )
    return db.session.scalar(query)


def _conditions(asked: Asked) -> list[ColumnElement[bool]]:
    found_: list[ColumnElement[bool]] = []
    if asked.state == "open":
        found_.append(Petition.outcome.is_(None))
    elif asked.state == "closed":
        found_.append(Petition.outcome.is_not(None))
    elif asked.state == "waiting":
        found_.append(_waiting())
    if asked.category:
        found_.append(Petition.category == asked.category)
    if asked.words.strip():
        found_.append(found(asked.words))
    return found_


def _waiting() -> ColumnElement[bool]:
    return _waits(*_turns())


def _turns() -> tuple[frozenset[str], frozenset[str]]:
    """The stages that are the enterprise's turn, and those whose answer it may rate."""
    flow = current.pack().flow
    raters = (code for action in flow.actions.values() if action.verb == "rate" for code in action.sources)
    return frozenset(code for code, stage in flow.stages.items() if stage.owes == "enterprise"), frozenset(raters)


def _waits(mine: frozenset[str], raters: frozenset[str]) -> ColumnElement[bool]:
    """Petitions whose stage is the enterprise's turn, or whose answer it may still rate."""
    rated = exists().where(
        Rating.tenant_id == Petition.tenant_id,
        Rating.petition_id == Petition.id,
        Rating.given_by == "enterprise",
        Rating.at >= Petition.answered_at,
    )
    return or_(Petition.stage.in_(mine), and_(Petition.stage.in_(raters), Petition.outcome.is_(None), ~rated))


def _dues(petitions: Sequence[RowLike]) -> dict[UUID, datetime]:
    if not petitions:
        return {}
    query = select(Clock.petition_id, Clock.code, Clock.due_at).where(
        Clock.petition_id.in_([one.id for one in petitions]), Clock.met_at.is_(None), Clock.lapsed_at.is_(None)
    )
    public = {one.id: public_clocks(versions.pack_at(one.pack_version).flow) for one in petitions}
    dues: dict[UUID, datetime] = {}
    for row in db.session.execute(query.order_by(Clock.due_at)):
        if row.code in public[row.petition_id]:
            dues.setdefault(row.petition_id, row.due_at)
    return dues


def _row(petition: RowLike, due: datetime | None, waits: bool) -> Row:
    pack = versions.pack_at(petition.pack_version)
    stage = pack.flow.stages[petition.stage]
    category = pack.categories.get(petition.category)
    return Row(
        id=petition.id,
        number=petition.number,
        title=petition.title,
        category=category.name if category else "",
        stage=stage.public,
        received=petition.received_at,
        due=due,
        outcome=OUTCOMES.get(petition.outcome or "", ""),
        holder=party_name(stage.owes, pack) if stage.owes else "",
        waits_for_me=waits,
    )


def _place(after: str | None) -> tuple[bool, UUID] | None:
    shut, _, last = (after or "").partition(".")
    try:
        return shut == "1", UUID(last)
    except ValueError:
        return None
