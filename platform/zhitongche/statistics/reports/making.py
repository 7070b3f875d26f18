"""The worker's part: what was ordered is read, written and set, and begun again where it was broken off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import select

from zhitongche import outbox
from zhitongche.casework.telling import TOPIC as NOTICE
from zhitongche.persistence import db, unit_of_work
from zhitongche.statistics.reports import adding, asking, keeping, spans, words
from zhitongche.statistics.reports.composing import compose
from zhitongche.statistics.reports.gathering import gather
from zhitongche.statistics.reports.rendering import rendered
from zhitongche.statistics.reports.tables import FigureReport, FigureReportMade
from zhitongche.tenancy import current
from zhitongche.tenancy.vocabulary import REPORT_MESSAGE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

_ONE_MOMENT: Final = {"isolation_level": "REPEATABLE READ"}


@outbox.slow
def kept(message: outbox.Message) -> None:
    """Handler of what `asking` promised."""
    make(UUID(message.payload["report"]))


def make(report_id: UUID) -> None:
    """Make a report, outside of any unit of work. Idempotent: one that is made stays, one broken off is begun anew."""
    try:
        if _begin(report_id):
            content, at = _written(report_id)
            _finish(report_id, content, _set(report_id, content, at), at)
    except Exception:
        with unit_of_work():
            _row(report_id).error = words.TROUBLE
        raise


HANDLERS: Final[dict[str, outbox.Handler]] = {asking.TOPIC: kept}
"""Topic → handler, for the relay."""


def _begin(report_id: UUID) -> bool:
    with unit_of_work():
        row = _row(report_id)
        if row.state == "done":
            return False
        row.state, row.done, row.error = "working", 0, ""
        return True


def _written(report_id: UUID) -> tuple[dict[str, Any], datetime]:
    with unit_of_work() as session:
        # Its numbers are of one moment, whatever is done and folded while they are read.
        session.connection(execution_options=_ONE_MOMENT)
        row = session.scalars(select(FigureReport).where(FigureReport.id == report_id)).one()
        read = gather(spans.span(row.kind, row.first, row.last))
        content = compose(read, current.pack(), row.parts, adding.sources())
    _step(report_id)
    return content, read.at


def _set(report_id: UUID, content: Mapping[str, Any], at: datetime) -> list[dict[str, Any]]:
    with unit_of_work():
        forms = list(_row(report_id).formats)
    files = []
    for form in forms:
        files.append(keeping.keep(report_id, form, rendered(content, form, at=at)))
        _step(report_id)
    return files


def _finish(report_id: UUID, content: dict[str, Any], files: list[dict[str, Any]], at: datetime) -> None:
    with unit_of_work():
        row = _row(report_id)
        if row.state == "done":
            return
        row.state, row.done = "done", row.total
        db.session.add(FigureReportMade(report_id=report_id, made_at=at, content=content, files=files))
        if row.tells:
            told = {"message": REPORT_MESSAGE, "parties": list(row.tells), "fields": {"title": content["title"]}}
            outbox.promise(NOTICE, told, key=f"figure_report_made:{report_id}")


def _step(report_id: UUID) -> None:
    with unit_of_work():
        row = _row(report_id)
        row.done = min(row.done + 1, row.total - 1)


def _row(report_id: UUID) -> FigureReport:
    query = select(FigureReport).where(FigureReport.id == report_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()
