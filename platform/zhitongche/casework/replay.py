"""The journal tells the state: replayed, it must give what the tables say. Invariants of a petition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from zhitongche import journal
from zhitongche.casework import words
from zhitongche.casework.case import load, pack_of
from zhitongche.casework.facts import open_clocks
from zhitongche.casework.tables import Clock, Petition, Rating
from zhitongche.kernel.errors import ZhitongcheError
from zhitongche.persistence import db

if TYPE_CHECKING:
    from uuid import UUID

BESIDE_THE_FLOW = frozenset({"overdue", "recount", "export", "disclose", *words.BESIDE})
"""Entries beside the flow's actions; they move no stage."""


def broken(petition_id: UUID) -> list[str]:
    """What does not hold of a petition: chain, stage as replayed, clocks, ratings. Empty where all is well."""
    petition = load(petition_id)
    found = [*_chain(petition), *_stage(petition), *_clocks(petition), *_owing(petition), *_ratings(petition)]
    return [f"{petition.number}: {what}" for what in found]


def stage_of(petition_id: UUID) -> str:
    """The stage that the journal, replayed from its first entry, ends in; raises ZhitongcheError where it does not follow."""
    stage: str | None = None
    for entry in journal.entries(petition_id):
        if entry.from_stage != stage:
            raise ZhitongcheError(f"第{entry.seq}条从“{entry.from_stage}”开始，但此前在“{stage}”")
        stage = entry.to_stage
    return stage or ""


def _chain(petition: Petition) -> list[str]:
    try:
        journal.verify(petition.id)
    except journal.ChainBroken as error:
        return [str(error)]
    return []


def _stage(petition: Petition) -> list[str]:
    try:
        replayed = stage_of(petition.id)
    except ZhitongcheError as error:
        return [error.message]
    flow, found = pack_of(petition).flow, []
    if replayed != petition.stage:
        found.append(f"台账环节为“{petition.stage}”，日志重放为“{replayed}”")
    if flow.stages[petition.stage].outcome != petition.outcome:
        found.append("办结结果与环节不一致")
    for entry in journal.entries(petition.id):
        action = flow.actions.get(entry.action)
        if action is None and entry.action not in BESIDE_THE_FLOW:
            found.append(f"日志中有流程之外的操作“{entry.action}”")
        elif action and entry.from_stage is not None and entry.from_stage not in action.sources:
            found.append(f"“{entry.action}”不应发生在“{entry.from_stage}”环节")
    return found


def _clocks(petition: Petition) -> list[str]:
    running = open_clocks(petition.id)
    if petition.outcome:
        return [f"已办结但时限“{c.name}”仍在运行" for c in running]
    earliest = min((c.due_at for c in running), default=None)
    return [] if earliest == petition.next_due_at else ["最近到期时间与时限不一致"]


def _owing(petition: Petition) -> list[str]:
    stage = pack_of(petition).flow.stages[petition.stage]
    if petition.outcome:
        return []
    if not open_clocks(petition.id):
        return [f"处于“{stage.name}”但没有任何运行中的时限"]
    unit = {"lead": petition.lead_unit_id, "proposed": petition.proposed_unit_id}.get(stage.owes or "", True)
    return [] if unit else [f"处于“{stage.name}”但没有责任单位"]


def _ratings(petition: Petition) -> list[str]:
    ratings = list(db.session.scalars(select(Rating).where(Rating.petition_id == petition.id)))
    defaults = [r for r in ratings if r.given_by == "default"]
    return ["默认评价出现多次"] if len(defaults) > 1 else []


def unseen_late(limit: int = 50) -> list[Clock]:
    """Clocks that ended after their due moment without being marked as missed; there must be none."""
    query = select(Clock).where(Clock.met_at > Clock.due_at, Clock.missed_at.is_(None)).limit(limit)
    return list(db.session.scalars(query))
