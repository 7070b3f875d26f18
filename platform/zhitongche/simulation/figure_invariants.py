"""Figures against what the tables of the cases say by themselves: two ways to count, one result."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from zhitongche.casework.tables import Clock, Petition, Rating
from zhitongche.persistence import db, unit_of_work
from zhitongche.statistics import editions, verifying
from zhitongche.statistics.happenings import OTHERS
from zhitongche.statistics.tables import FigureFact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Select

_ENDED: Final = Petition.outcome.is_not(None)


def check() -> Iterator[str]:
    """What does not agree: with the journal, the sums, and the tables of the cases. Needs a tenant and no open transaction."""
    db.session.rollback()
    with unit_of_work():
        found = verifying.verify()
        if found is None:
            return
        yield from (f"指标：{one}" for one in found.differences)
    yield from _against_tables()


def _against_tables() -> Iterator[str]:
    edition = editions.current()
    assert edition is not None, "has just been verified"
    query = select(FigureFact.kind, func.sum(FigureFact.n)).where(FigureFact.edition == edition.edition, ~FigureFact.left_out)
    counted = Counter({kind: int(n) for kind, n in db.session.execute(query.group_by(FigureFact.kind))})
    for kind, wanted in _wanted().items():
        if counted[kind] != wanted:
            yield f"指标：{kind} 计为 {counted[kind]}，台账为 {wanted}"


def _wanted() -> dict[str, int]:
    own = Petition.source != "bridge"
    official = Clock.owes.not_in(OTHERS)
    late = select(Clock.petition_id).where(official, Clock.missed_at.is_not(None), Clock.met_at.is_(None), Clock.lapsed_at.is_(None))
    rated = select(Rating.petition_id).where(Rating.given_by != "default")
    return {
        "received": _count(select(Petition).where(own, Petition.joined_into.is_(None))),
        "received_below": _count(select(Petition).where(~own)),
        "duplicate": _count(select(Petition).where(Petition.joined_into.is_not(None))),
        "refused": _count(select(Petition).where(Petition.outcome == "refused")),
        "finished": _count(select(Petition).where(Petition.outcome == "resolved")),
        "on_hand": _count(select(Petition).where(~_ENDED)),
        "overdue": _count(late.distinct()),
        "kept": _count(select(Clock).where(official, Clock.met_at.is_not(None), Clock.missed_at.is_(None))),
        "missed": _count(select(Clock).where(official, Clock.missed_at.is_not(None))),
        "rated": _count(rated.distinct()),
        "rated_by_default": _count(select(Rating).where(Rating.given_by == "default")),
        "solved": _count(select(Petition).where(Petition.outcome == "resolved", Petition.resolution == "resolved")),
    }


def _count(query: Select[Any]) -> int:
    return db.session.execute(select(func.count()).select_from(query.subquery())).scalar_one()
