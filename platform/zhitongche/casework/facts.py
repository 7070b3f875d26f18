"""Rows to facts: what the flow may know of a petition."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from sqlalchemy import select

from zhitongche.casework.tables import Clock, CoPart, Milestone, Objection, Petition, Plan, Rating
from zhitongche.casework.tables.petition import REGISTERED
from zhitongche.flow.facts import Facts, OpenClock
from zhitongche.identity import units
from zhitongche.kernel import clock
from zhitongche.persistence import db

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhitongche.flow.definition import Flow

_Part = TypeVar("_Part", CoPart, Objection)



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
        open_milestones=_open_milestones(plan),
        open_clocks=tuple(OpenClock(c.code, c.unit_id, c.ref) for c in running),
    )


def open_clocks(petition_id: UUID) -> list[Clock]:
    """The running clocks of a petition, the next due first."""
    query = select(Clock).where(Clock.petition_id == petition_id, Clock.met_at.is_(None), Clock.lapsed_at.is_(None))
    return list(db.session.scalars(query.order_by(Clock.due_at)))


def _rows(table: type[_Part], petition_id: UUID) -> list[_Part]:
    return list(db.session.scalars(select(table).where(table.petition_id == petition_id)))


def _senders(petition: Petition) -> frozenset[UUID]:
    joined = db.session.scalars(select(Petition.enterprise_id).where(Petition.joined_into == petition.id))
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
    given = (Rating.petition_id == petition.id, Rating.given_by == "enterprise", Rating.at >= petition.answered_at)
    return db.session.scalar(select(Rating.id).where(*given).limit(1)) is not None
