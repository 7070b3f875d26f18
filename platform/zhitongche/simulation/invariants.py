"""What must hold of every petition of a tenant, whatever was done to it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import or_, select

from zhitongche import journal
from zhitongche.casework import replay
from zhitongche.casework.case import pack_of
from zhitongche.casework.queries import supervised
from zhitongche.casework.queries.supervised import Wanted
from zhitongche.casework.tables import Clock, Petition, Rating
from zhitongche.flow.facts import SYSTEM
from zhitongche.kernel import clock
from zhitongche.kernel.errors import ZhitongcheError
from zhitongche.persistence import db, tenant_scope
from zhitongche.persistence.tables import NumberSeries
from zhitongche.simulation import (
    dossier_invariants,
    figure_invariants,
    isolation,
    paper_invariants,
    post,
    session_invariants,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from zhitongche.simulation.isolation import Fingerprint
    from zhitongche.simulation.machine import Silence

HANDS_OUT: Final = frozenset({"assign", "issue", "hand_out"})
"""Verbs with which a petition is passed on to a unit (RP-2.9)."""
GIVEN_BY: Final = {"rate": "enterprise", "call_back": "call_back", "default_rating": "default"}
_NUMBER: Final = re.compile(r"(\d{4})(\d{6})$")
_PATIENCE: Final = timedelta(minutes=5)


def check(tenant: str, *, before: Fingerprint | None = None, provider: Silence | None = None) -> list[str]:
    """What does not hold at this moment, in words; nothing where all is well. Needs an application context.

    `before` is `isolation.fingerprint` of the others from before a simulation, `provider` where its SMS went.
    """
    with tenant_scope(tenant):
        ids = list(db.session.scalars(select(Petition.id).order_by(Petition.id)))
        found = [*_petitions(ids), *_clocks(), *_numbers()]
        found += [*session_invariants.check(), *paper_invariants.check(), *dossier_invariants.check(ids), *post.check(provider)]
        found += figure_invariants.check()
        db.session.rollback()
    return found + isolation.leaks(tenant) + isolation.changed(tenant, before)


def _petitions(ids: Iterable[UUID]) -> Iterator[str]:
    handed = {row.id for state in ("open", "closed") for row in supervised.whole(SYSTEM, Wanted(state))}
    given: dict[UUID, Counter[str]] = defaultdict(Counter)
    for row in db.session.scalars(select(Rating)):
        given[row.petition_id][row.given_by] += 1
    for petition_id in ids:
        yield from replay.broken(petition_id)
        petition, verbs = _verbs(petition_id)
        if verbs.keys() & HANDS_OUT and petition_id not in handed:
            yield f"{petition.number}: 已交办但不在督办台账中"
        for verb, by in GIVEN_BY.items():
            if verbs[verb] != given[petition_id][by]:
                yield f"{petition.number}: 评价“{by}”有{given[petition_id][by]}条，日志中为{verbs[verb]}次"


def _verbs(petition_id: UUID) -> tuple[Petition, Counter[str]]:
    petition = db.session.scalars(select(Petition).where(Petition.id == petition_id)).one()
    actions = pack_of(petition).flow.actions
    try:
        codes = [entry.action for entry in journal.entries(petition_id)]
    except ZhitongcheError:
        # A broken chain has been told already.
        codes = []
    return petition, Counter(actions[code].verb for code in codes if code in actions)


def _clocks() -> Iterator[str]:
    """Every limit that was not kept is marked as missed (ST-5.3)."""
    late = [f"时限“{row.name}”逾期完成但未标记" for row in replay.unseen_late()]
    ended = Clock.lapsed_at > Clock.due_at
    running = (Clock.met_at.is_(None)) & (Clock.lapsed_at.is_(None)) & (Clock.due_at < clock.now() - _PATIENCE)
    unmarked = select(Clock).where(Clock.missed_at.is_(None), or_(ended, running)).limit(50)
    yield from late
    yield from (f"时限“{row.name}”已过期但未标记（{row.petition_id}）" for row in db.session.scalars(unmarked))


def _numbers() -> Iterator[str]:
    """Numbers run from 1 without gaps within their year, and the series knows the last."""
    found: dict[int, list[int]] = defaultdict(list)
    for text in db.session.scalars(select(Petition.number)):
        parts = _NUMBER.search(text)
        if parts is None:
            yield f"编号“{text}”不合规则"
        else:
            found[int(parts[1])].append(int(parts[2]))
    series = db.session.execute(select(NumberSeries.year, NumberSeries.last).where(NumberSeries.kind == "petition"))
    last = dict(series.all())
    for year in sorted({*found, *last}):
        if sorted(found[year]) != list(range(1, last.get(year, 0) + 1)):
            yield f"{year}年编号有重复或空号：共{len(found[year])}个，末号{last.get(year, 0)}"
