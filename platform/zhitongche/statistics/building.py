"""Building an edition in the background: every petition's journal is folded anew under the lock of its chain."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import Subquery, select, text

from zhitongche import journal
from zhitongche.kernel import clock
from zhitongche.persistence import db, unit_of_work
from zhitongche.statistics import beside, editions
from zhitongche.statistics.counting import refold
from zhitongche.statistics.tables import FigureCase
from zhitongche.statistics.writing import known, put, sums

if TYPE_CHECKING:
    from uuid import UUID

    from zhitongche.statistics.definitions import Definitions
    from zhitongche.statistics.tables import FigureEdition

BATCH: Final = 200
_KEY: Final = 0x5A54_0005
_YOUNG: Final = timedelta(hours=1)
"""So long after a switch a petition may turn up whose first act did not see the edition yet."""


def turn(budget: timedelta = timedelta(seconds=10)) -> int:
    """Work on the edition that is to come, for so long; begins one where the definitions changed. Answers how many were folded."""
    with unit_of_work():
        _begin()
        row = editions.building() or _young()
        edition = (row.edition, row.digest) if row is not None else None
        is_building = row is not None and row.state == "building"
    if edition is None:
        return 0
    done, complete = _build(*edition, time.monotonic() + budget.total_seconds())
    if complete and is_building:
        with unit_of_work():
            editions.switch(edition[0])
    return done


def catch_up() -> int:
    """Fold petitions that the current edition has missed or not seen to the end; there should be none."""
    with unit_of_work():
        row = editions.current()
        edition = (row.edition, row.digest) if row is not None else None
    return _build(*edition, time.monotonic() + 600)[0] if edition else 0


def rebuild(budget: timedelta = timedelta(days=1)) -> tuple[int, bool]:
    """Recompute everything from the journal into an edition of its own and switch to it; goes on with one that is being built.

    Answers how many petitions were folded, and whether all were: where the budget ran out, the worker's turns go on.
    """
    with unit_of_work():
        if editions.changed() or editions.building() is None:
            _abandon()
            editions.begin()
        row = editions.building()
        edition = (row.edition, row.digest) if row is not None else None
    if edition is None:
        return 0, True  # nothing was ever journalled: the edition just begun is in force
    done, complete = _build(*edition, time.monotonic() + budget.total_seconds(), wait=True)
    if complete:
        with unit_of_work():
            editions.switch(edition[0])
    return done, complete


def _begin() -> None:
    if not editions.changed():
        return
    _abandon()
    editions.begin()


def _abandon() -> None:
    if (old := editions.building()) is not None:
        editions.abandon(old.edition)


def _young() -> FigureEdition | None:
    row = editions.current()
    return row if row is not None and row.ready_at is not None and clock.now() - row.ready_at < _YOUNG else None


def _build(edition: int, digest: str, until: float, *, wait: bool = False) -> tuple[int, bool]:
    """How many were folded, and whether all there are."""
    done, after = 0, None
    while time.monotonic() < until:
        with unit_of_work():
            if not _alone(wait):
                return done, False
            by = editions.definitions_of(edition, digest)
            waiting = journal.grown(_stands(edition), BATCH, after)
            for one in waiting:
                journal.hold(one.petition_id)
                if not refold(edition, by, one.petition_id):
                    _inherit(edition, by, one.petition_id, one.last)
                after = one.petition_id
        done += len(waiting)
        if len(waiting) < BATCH:
            with unit_of_work():
                beside.count_all(edition, by)
            return done, True
    return done, False


def _alone(wait: bool) -> bool:
    """Whether nobody else of this database builds; many builders would take every worker away from the deadlines."""
    if wait:
        db.session.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _KEY})
        return True
    return bool(db.session.scalar(text("select pg_try_advisory_xact_lock(:key)"), {"key": _KEY}))


def _stands(edition: int) -> Subquery:
    query = select(FigureCase.tenant_id, FigureCase.petition_id, FigureCase.seq.label("last"))
    return query.where(FigureCase.edition == edition).subquery()


def _inherit(edition: int, by: Definitions, petition_id: UUID, seq: int) -> None:
    """An erased journal cannot be folded again: what the edition in force counted of it stands on, as far as it is still defined."""
    before = editions.current()
    if before is None or before.edition == edition:
        facts = known(edition, petition_id)
        put(edition, petition_id, seq, {}, (), sums(()))
        return
    facts = [replace(fact) for fact in known(before.edition, petition_id) if fact.kind in by.facts]
    put(edition, petition_id, seq, {}, facts, sums(facts))
