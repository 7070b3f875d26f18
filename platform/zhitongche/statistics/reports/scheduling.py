"""Reports by the calendar (RP-2.10.d): each of the pack's on its day, when its hour has come, exactly once."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from zhitongche.kernel import clock
from zhitongche.persistence import current_tenant, db
from zhitongche.statistics.reports import asking, spans, words
from zhitongche.statistics.reports.tables import FigureReport
from zhitongche.tenancy import current, versions
from zhitongche.tenancy.routines import RUNNING

if TYPE_CHECKING:
    from datetime import date, datetime

    from zhitongche.tenancy.routines import Routine


def open_due() -> None:
    """Order the reports of the tenant's pack that are due; whoever is second orders nothing."""
    for routine in current.pack().routines:
        if routine.kind == "report":
            _open(routine)


def _open(routine: Routine) -> None:
    day = routine.last_day(clock.today())
    hour = _hour(routine, day)
    if clock.now() < hour:
        day = routine.day_before(day)
        hour = _hour(routine, day)
    span = spans.of_routine(routine, day)
    if _known(span) or not _began(hour):
        return
    values = _values(asking.order(span, _parts(routine), list(words.FORMATS), person_id=None, tells=routine.tells))
    row = insert(FigureReport).values(values)
    once = row.on_conflict_do_nothing(index_elements=["tenant_id", "kind", "last"], index_where=FigureReport.person_id.is_(None))
    made = db.session.scalar(once.returning(FigureReport.id))
    if made is not None:
        asking.promise(made)


def _hour(routine: Routine, day: date) -> datetime:
    """When it is made (UTC): where the pack does not say, as offices close, so that the day's own figures are in it."""
    return clock.on(day, routine.at or (current.pack().office_hours[1] if routine.covers == RUNNING else time()))


def _parts(routine: Routine) -> list[str]:
    # Nobody reads the definitions every week; the workbook has them anyway.
    return [part for part in words.PARTS if routine.every != "week" or part != "definitions"]


def _known(span: spans.Span) -> bool:
    same = (FigureReport.kind == span.kind, FigureReport.last == span.period.last, FigureReport.person_id.is_(None))
    return db.session.scalar(select(FigureReport.id).where(*same)) is not None


def _began(hour: datetime) -> bool:
    # Of days before the tenant was there, nothing is to be told.
    return any(stored <= hour for _, _, stored in versions.listing())


def _values(row: FigureReport) -> dict[str, Any]:
    columns = {column.name: getattr(row, column.name) for column in FigureReport.__table__.columns}
    return {**columns, "tenant_id": current_tenant()}
