"""Everything on one petition, for the official who opens it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar
from uuid import UUID

from sqlalchemy import select

from zhitongche.casework import access
from zhitongche.casework.case import facts_now, pack_of
from zhitongche.casework.facts import of_petition
from zhitongche.casework.queries import between, duplicates, names, rising
from zhitongche.casework.queries.history import History, history
from zhitongche.casework.tables import (
    Attachment,
    Clock,
    CoPart,
    Disclosure,
    Milestone,
    Objection,
    Petition,
    Plan,
    Rating,
    ReadLog,
    Record,
)  # fmt: skip
from zhitongche.flow import decide
from zhitongche.flow.vocabulary import PARTIES
from zhitongche.identity import enterprises
from zhitongche.kernel.errors import NotFound
from zhitongche.persistence import db

if TYPE_CHECKING:
    from zhitongche.casework.queries.between import Between
    from zhitongche.casework.queries.duplicates import Likeness
    from zhitongche.casework.queries.rising import Rung
    from zhitongche.flow.definition import Action, Stage
    from zhitongche.flow.facts import Actor, Facts
    from zhitongche.identity.tables import Enterprise
    from zhitongche.tenancy.pack import Pack

WATCHERS: Final = frozenset({"triage", "leader", "supervision"})
"""Roles that may see who has read a dossier and who was allowed to (ST-5.1)."""
READS_SHOWN: Final = 40

_Row = TypeVar("_Row", Clock, CoPart, Disclosure, Objection, Plan, Rating, Record, Attachment)


@dataclass(frozen=True, slots=True)
class Limit:
    """A clock of the case as its table shows it. Moments in UTC."""

    what: str
    who: str
    limit: str
    since: datetime
    due: datetime
    near_at: datetime
    met_at: datetime | None
    missed_at: datetime | None
    lapsed_at: datetime | None
    met_by: str
    provisional: bool
    is_setting: bool
    clause: str

    @property
    def running(self) -> bool:
        """Whether it is still owed."""
        return self.met_at is None and self.lapsed_at is None


@dataclass(frozen=True, slots=True)
class Planned:
    """A written plan with its steps."""

    plan: Plan
    steps: list[Milestone]


@dataclass(frozen=True, slots=True)
class Joined:
    """Another petition joined to this one, or the one that this was joined to."""

    id: UUID
    number: str
    title: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Watched:
    """Who read the dossier, and who was allowed to beyond a duty; empty for those who need not know."""

    reads: list[ReadLog]
    disclosures: list[Disclosure]


@dataclass(frozen=True, slots=True)
class CasePage:
    """What the case page shows. `units` and `people` are names by id."""

    petition: Petition
    pack: Pack
    stage: Stage
    enterprise: Enterprise
    duty: str
    units: dict[UUID, str]
    people: dict[UUID, str]
    limits: list[Limit]
    parts: list[CoPart]
    plans: list[Planned]
    objections: list[Objection]
    records: list[Record]
    ratings: list[Rating]
    files: list[Attachment]
    joined: list[Joined]
    joined_into: Joined | None
    history: History
    watched: Watched
    between: Between
    ladder: tuple[Rung, ...]
    likely: list[Likeness]
    actions: list[Action]
    blocked: list[tuple[Action, str]]

    @property
    def running(self) -> list[Limit]:
        """What is owed now, the next due first."""
        return [limit for limit in self.limits if limit.running]


def of(petition: Petition, actor: Actor) -> CasePage:
    """The page of a petition for this actor; raises NotFound where the actor may not read it."""
    access.require_read(actor, petition)
    pack, facts = pack_of(petition), facts_now(petition)
    enterprise, stage = enterprises.by_id(petition.enterprise_id), pack.flow.stages[petition.stage]
    clocks, parts = _all(Clock, petition.id), _all(CoPart, petition.id)
    objections, records = _all(Objection, petition.id), _all(Record, petition.id)
    watched = _watched(petition.id, actor)
    units = names.of_units([
        petition.lead_unit_id, petition.proposed_unit_id, *(c.unit_id for c in clocks), *(p.unit_id for p in parts),
        *(r.unit_id for r in records), *(r.unit_id for r in watched.reads), *(u for o in objections for u in (o.unit_id, o.should_be)),
    ])  # fmt: skip
    people = names.of_people([
        petition.submitted_by, petition.entered_by, *(c.met_by for c in clocks),
        *(u for d in watched.disclosures for u in (d.person_id, d.decided_by)),
    ])  # fmt: skip
    passed = between.of(petition)
    limits = _limits(clocks, units, people, passed.parties)
    return CasePage(
        petition=petition, pack=pack, stage=stage, enterprise=enterprise, duty=duty(actor, petition, facts), units=units, people=people,
        between=passed, ladder=rising.ladder(petition, pack, passed.latest, limits[0].who if limits else ""), limits=limits, parts=parts, plans=_plans(petition.id), objections=objections,
        records=sorted(records, key=lambda r: r.at, reverse=True),
        ratings=sorted(_all(Rating, petition.id), key=lambda r: r.at),
        files=_all(Attachment, petition.id), joined=_joined(Petition.joined_into == petition.id),
        joined_into=next(iter(_joined(Petition.id == petition.joined_into)), None) if petition.joined_into else None,
        history=history(petition, pack, enterprise.name), watched=watched,
        likely=[one for one in duplicates.of(petition, actor) if one.likely] if petition.outcome is None else [],
        actions=decide.available(pack.flow, facts, actor), blocked=decide.blocked(pack.flow, facts, actor),
    )  # fmt: skip


def duty(actor: Actor, petition: Petition, facts: Facts) -> str:
    """By what duty the actor reads this petition, for the page's head and the read log (ST-5.1)."""
    unit = actor.unit_id if "handler" in actor.roles else None
    if unit is not None:
        for party, mine in (("lead", facts.lead), ("proposed", facts.proposed)):
            if unit == mine:
                return PARTIES[party]
        if unit in facts.co:
            return PARTIES["co"]
    roles: list[str] = [role for role in ("triage", "leader", "office", "supervision") if role in actor.roles]
    if "reviewer" in actor.roles and petition.registration != "matched":
        roles.append("reviewer")
    if petition.entered_by is not None and petition.entered_by == actor.person_id:
        roles += [role for role in ("window", "hotline") if role in actor.roles]
    return PARTIES[roles[0]] if roles else BY_APPROVAL


BY_APPROVAL: Final = "经批准查阅"


def _all(table: type[_Row], petition_id: UUID) -> list[_Row]:
    return list(db.session.scalars(of_petition(table), {"petition_id": petition_id}))


def _limits(clocks: Iterable[Clock], units: dict[UUID, str], people: dict[UUID, str], others: dict[str, str]) -> list[Limit]:
    """Running ones first by due moment, then the ended ones, the latest first."""
    running = sorted((c for c in clocks if not (c.met_at or c.lapsed_at)), key=lambda c: c.due_at)
    ended = sorted((c for c in clocks if c.met_at or c.lapsed_at), key=lambda c: c.started_at, reverse=True)
    return [
        Limit(
            c.name, units.get(c.unit_id, "") if c.unit_id else others.get(c.owes, PARTIES[c.owes]), c.limit, c.started_at, c.due_at,
            c.near_at, c.met_at, c.missed_at, c.lapsed_at, people.get(c.met_by, "") if c.met_by else "", c.provisional,
            c.is_setting, c.clause,
        )
        for c in (*running, *ended)
    ]  # fmt: skip


def _plans(petition_id: UUID) -> list[Planned]:
    plans = sorted(_all(Plan, petition_id), key=lambda p: p.proposed_at, reverse=True)
    if not plans:
        return []
    query = select(Milestone).where(Milestone.petition_id == petition_id).order_by(Milestone.position)
    steps = list(db.session.scalars(query))
    return [Planned(plan, [step for step in steps if step.plan_id == plan.id]) for plan in plans]


def _joined(condition: Any) -> list[Joined]:
    query = select(Petition.id, Petition.number, Petition.title, Petition.received_at).where(condition)
    return [Joined(*row) for row in db.session.execute(query.order_by(Petition.id))]


def _watched(petition_id: UUID, actor: Actor) -> Watched:
    if not actor.roles & WATCHERS:
        return Watched([], [])
    reads = select(ReadLog).where(ReadLog.petition_id == petition_id).order_by(ReadLog.at.desc()).limit(READS_SHOWN)
    return Watched(list(db.session.scalars(reads)), _all(Disclosure, petition_id))


def attachment(petition_id: UUID, attachment_id: UUID) -> Attachment:
    """A file of this petition; NotFound for missing and another's alike."""
    row = db.session.scalar(select(Attachment).where(Attachment.petition_id == petition_id, Attachment.id == attachment_id))
    if row is None:
        raise NotFound
    return row
