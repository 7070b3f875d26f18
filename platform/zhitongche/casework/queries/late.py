"""What is late, whose, and since when (ST-1.1.3): open petitions by the limit of this tenant's that passed longest ago."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import BindParameter, and_, bindparam, func, select, true

from zhitongche.casework import access
from zhitongche.casework.tables import Clock, Petition
from zhitongche.flow.vocabulary import OTHER_LEVELS
from zhitongche.identity.tables import Enterprise, Unit
from zhitongche.kernel import clock
from zhitongche.persistence import db

if TYPE_CHECKING:
    from zhitongche.flow.facts import Actor

_OTHERS: Final = [*OTHER_LEVELS, "enterprise"]
"""Whose limits make nothing late here."""
_NOW: Final[BindParameter[datetime]] = bindparam("now")
_PASSED: Final = (Clock.met_at.is_(None), Clock.lapsed_at.is_(None), Clock.due_at < _NOW, Clock.owes.not_in(_OTHERS))


@dataclass(frozen=True, slots=True)
class Late:
    """An open petition past a limit: `what` was owed by `unit` (None: by the party `owes`) and due at `since` (UTC)."""

    id: UUID
    number: str
    title: str
    enterprise: str
    stage: str
    pack_version: str
    what: str
    owes: str
    unit: str | None
    since: datetime


_FIRST: Final = (
    select(Clock.name, Clock.owes, Clock.unit_id, Clock.due_at)
    .where(Clock.tenant_id == Petition.tenant_id, Clock.petition_id == Petition.id, *_PASSED)
    .order_by(Clock.due_at, Clock.id).limit(1).lateral("first_passed")
)  # fmt: skip
_LONGEST: Final = (
    select(
        Petition.id, Petition.number, Petition.title, Enterprise.name, Petition.stage, Petition.pack_version,
        _FIRST.c.name, _FIRST.c.owes, Unit.short, _FIRST.c.due_at,
    )
    .select_from(Petition)
    .join(_FIRST, true())
    .join(Enterprise, and_(Enterprise.tenant_id == Petition.tenant_id, Enterprise.id == Petition.enterprise_id))
    .outerjoin(Unit, and_(Unit.tenant_id == Petition.tenant_id, Unit.id == _FIRST.c.unit_id))
    .where(Petition.outcome.is_(None), Petition.next_due_at < _NOW)
    .order_by(Petition.next_due_at, Petition.id)
)  # fmt: skip
_SINCE: Final = select(Clock.unit_id, func.min(Clock.due_at)).where(*_PASSED).group_by(Clock.unit_id)


def longest(actor: Actor, limit: int = 10) -> list[Late]:
    """Those late the longest among what the actor may read."""
    query = _LONGEST if access.reads_all(actor) else _LONGEST.where(access.readable(actor))
    return [Late(*row) for row in db.session.execute(query.limit(limit), {"now": clock.now()})]


def since() -> dict[UUID | None, datetime]:
    """The oldest limit that each unit (None: the tenant's own posts) has let pass and not met yet."""
    return dict(db.session.execute(_SINCE, {"now": clock.now()}).all())
