"""Editions of the definitions 口径版本: a changed one is built beside the one in force, petition by petition, then switched to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, func, select, text, update

from zhitongche import journal
from zhitongche.kernel import clock
from zhitongche.persistence import current_tenant, db
from zhitongche.statistics import definitions
from zhitongche.statistics.tables import FigureCase, FigureEdition, FigureFact, FigureIncrement, FigureTally

if TYPE_CHECKING:
    from uuid import UUID

    from zhitongche.statistics.definitions import Definitions

_known: dict[str, Definitions] = {}
_BEGIN: Final = text("""
insert into figure_edition (tenant_id, edition, digest, definitions, state, begun_at, ready_at)
select :tenant, coalesce(max(edition), 0) + 1, :digest, :definitions, :state, :now, :ready
from figure_edition where tenant_id = :tenant
on conflict do nothing
""")


def definitions_of(edition: int, digest: str) -> Definitions:
    """The definitions of an edition; each is read once a process."""
    if digest not in _known:
        query = select(FigureEdition.definitions).where(FigureEdition.edition == edition)
        _known[digest] = definitions.of(db.session.scalars(query).one())
    return _known[digest]


def current() -> FigureEdition | None:
    """The edition that figures are read from."""
    return db.session.scalar(select(FigureEdition).where(FigureEdition.state == "current"))


def building() -> FigureEdition | None:
    """The edition that is being built."""
    return db.session.scalar(select(FigureEdition).where(FigureEdition.state == "building"))


def numbered(edition: int) -> FigureEdition | None:
    """The edition of that number."""
    return db.session.scalar(select(FigureEdition).where(FigureEdition.edition == edition))


def begin(first: UUID | None = None) -> None:
    """Begin an edition of the installed definitions.

    It is current at once where nothing was journalled before but `first`; else it is built, however many counted before.
    """
    by = definitions.installed()
    fresh = current() is None and not journal.others(first)
    now = clock.now()
    told: dict[str, Any] = {"state": "current" if fresh else "building", "now": now, "ready": now if fresh else None}
    db.session.execute(_BEGIN, {"tenant": current_tenant(), "digest": by.digest, "definitions": by.text, **told})


def changed() -> bool:
    """Whether the installed definitions are neither in force nor being built."""
    latest = building() or current()
    return latest is None or latest.digest != definitions.installed().digest


def abandon(edition: int) -> None:
    """Forget an edition, with everything that it counted."""
    for table in (FigureCase, FigureFact, FigureIncrement, FigureTally, FigureEdition):
        db.session.execute(delete(table).where(table.edition == edition))


def switch(edition: int) -> None:
    """Read figures from this edition from now on; the one before stays readable, and is written no more.

    Only where it was counted by the very same definitions does it go: it says nothing that this one does not.
    """
    locked = select(FigureEdition).where(FigureEdition.edition == edition).with_for_update().execution_options(populate_existing=True)
    before, now = current(), db.session.scalar(locked)
    if now is None or now.state != "building":
        return  # somebody was first
    if before is not None and before.digest == now.digest:
        abandon(before.edition)
    db.session.execute(update(FigureEdition).where(FigureEdition.state == "current").values(state="former"))
    db.session.execute(update(FigureEdition).where(FigureEdition.edition == edition).values(state="current", ready_at=clock.now()))


def counted(edition: int) -> int:
    """How many petitions an edition has counted."""
    return db.session.scalar(select(func.count()).select_from(FigureCase).where(FigureCase.edition == edition)) or 0


def waiting() -> int:
    """How many increments are not folded into the sums yet."""
    return db.session.scalar(select(func.count()).select_from(FigureIncrement)) or 0


def listing() -> list[FigureEdition]:
    """Every edition of the tenant, the latest first."""
    return list(db.session.scalars(select(FigureEdition).order_by(FigureEdition.edition.desc())))
