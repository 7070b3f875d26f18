"""Rows to facts: what the flow may know of a petition."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import BindParameter, Select, bindparam, select
from sqlalchemy.orm import Mapped

from zhitongche.casework.rises import last_rise
from zhitongche.casework.tables import Clock, CoPart, Milestone, Objection, Petition, Plan, Rating
from zhitongche.casework.tables.petition import BRIDGE, REGISTERED
from zhitongche.flow.facts import Facts, OpenClock
from zhitongche.identity import units
from zhitongche.kernel import clock
from zhitongche.persistence import db

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhitongche.flow.definition import Flow

_Part = TypeVar("_Part", CoPart, Objection)
_Row = TypeVar("_Row", bound="OfPetition")
_PETITION: Final[BindParameter[UUID]] = bindparam("petition_id")
_RUNNING: Final = (
    select(Clock).where(Clock.petition_id == _PETITION, Clock.met_at.is_(None), Clock.lapsed_at.is_(None)).order_by(Clock.due_at)
)
_JOINED: Final = select(Petition.enterprise_id).where(Petition.joined_into == _PETITION)
_RATED: Final = (
    select(Rating.id).where(Rating.petition_id == _PETITION, Rating.given_by == "enterprise", Rating.at >= bindparam("since")).limit(1)
)


class OfPetition(Protocol):
    """A table whose rows belong to a petition."""

    petition_id: Mapped[UUID]


@cache
def of_petition(table: type[_Row]) -> Select[_Row]:
    """All of a table's rows that belong to the petition `petition_id`, given as a parameter; kept, dearer to build than to run."""
    return select(table).where(table.petition_id == _PETITION)


def facts_of(petition: Petition, flow: Flow, running: list[Clock]) -> Facts:
    """Read the petition's facts; only tables that the flow's verbs can have written are asked."""
    parts = _rows(CoPart, petition.id)
    plan = _accepted_plan(petition.id) if "plan" in flow.verbs else None
    objections = _rows(Objection, petition.id) if "object" in flow.verbs else []
    involved = {u for u in (petition.proposed_unit_id, petition.lead_unit_id, *(p.unit_id for p in parts)) if u}
    return Facts(
        stage=petition.stage,
        category=petition.category,
        level=petition.level,
        senders=_senders(petition),
        proposed=petition.proposed_unit_id,
        lead=petition.lead_unit_id,
        co=frozenset(p.unit_id for p in parts),
        co_owing=frozenset(p.unit_id for p in parts if p.replied_at is None),
        unit_kinds=units.kinds(frozenset(involved)),
        objected=frozenset(o.unit_id for o in objections),
        matched=petition.registration in REGISTERED,
        contacted=petition.contacted,
        planned=plan is not None,
        plan_due=clock.on(plan.due_on, clock.LAST_SECOND) if plan else None,
        leader_needed=petition.leader_needed,
        key=petition.key_state,
        rated=petition.answered_at is not None and _rated(petition),
        reconsidered=petition.reconsidered,
        keeps_off=petition.keeps_off,
        from_below=petition.source == BRIDGE,
        above_due=rise.due_at if (rise := last_rise(petition)) else None,
        open_milestones=_open_milestones(plan),
        open_clocks=tuple(OpenClock(c.code, c.unit_id, c.ref) for c in running),
    )


def open_clocks(petition_id: UUID) -> list[Clock]:
    """The running clocks of a petition, the next due first."""
    return list(db.session.scalars(_RUNNING, {"petition_id": petition_id}))


def _rows(table: type[_Part], petition_id: UUID) -> list[_Part]:
    return list(db.session.scalars(of_petition(table), {"petition_id": petition_id}))


def _senders(petition: Petition) -> frozenset[UUID]:
    if petition.source == BRIDGE:
        # The level below speaks with the enterprise.
        return frozenset()
    joined = db.session.scalars(_JOINED, {"petition_id": petition.id})
    return frozenset({petition.enterprise_id, *joined})


def _accepted_plan(petition_id: UUID) -> Plan | None:
    query = select(Plan).where(Plan.petition_id == petition_id, Plan.state == "accepted")
    return db.session.scalar(query.order_by(Plan.id.desc()).limit(1))


def _open_milestones(plan: Plan | None) -> frozenset[UUID]:
    if plan is None:
        return frozenset()
    query: Iterable[UUID] = db.session.scalars(
        select(Milestone.id).where(Milestone.plan_id == plan.id, Milestone.done_at.is_(None))
    )
    return frozenset(query)


def _rated(petition: Petition) -> bool:
    """Whether the enterprise has rated the answer that now stands."""
    return db.session.scalar(_RATED, {"petition_id": petition.id, "since": petition.answered_at}) is not None
