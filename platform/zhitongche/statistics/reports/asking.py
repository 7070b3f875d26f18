"""Asking for a report of any period; who may, what was asked for, what was made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import or_, select

from zhitongche import outbox
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Forbidden, Invalid, NotFound
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import db
from zhitongche.statistics.reports import spans, words
from zhitongche.statistics.reports.tables import FigureReport, FigureReportMade

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import ColumnElement

    from zhitongche.flow.facts import Actor

TOPIC: Final = "figure_report"
READERS: Final = frozenset({"triage", "supervision", "leader", "office"})
"""Roles whose duty is every case of the tenant; those above read the sums of all, by pages of their own."""
UNDER_WAY: Final = ("waiting", "working")
_LONGEST: Final = 3 * 366
_SHOWN: Final = 40


@dataclass(frozen=True, slots=True)
class Job:
    """A report as a page lists it; `percent` of the steps done."""

    row: FigureReport
    name: str
    percent: int

    @property
    def under_way(self) -> bool:
        """Whether the worker still has it."""
        return self.row.state in UNDER_WAY

    @property
    def state(self) -> str:
        """In words."""
        return words.STATES[self.row.state]


def require_reader(actor: Actor) -> None:
    """Raise Forbidden for whoever has no part in reports."""
    if actor.kind != "official" or not actor.roles & READERS:
        raise Forbidden(words.NOT_YOURS)


def ask(first: date, last: date, parts: Sequence[str], formats: Sequence[str], actor: Actor) -> FigureReport:
    """Ask for the report of a period, days of China; made by the worker. Raises Forbidden, Invalid."""
    require_reader(actor)
    _check(first, last, parts, formats)
    return queue(spans.span("any", first, last), parts, formats, person_id=actor.person_id)


def queue(span: spans.Span, parts: Sequence[str], formats: Sequence[str], *, person_id: UUID | None, tells: Sequence[str] = ()) -> FigureReport:
    """Write the order down and promise that it will be made."""
    row = order(span, parts, formats, person_id=person_id, tells=tells)
    db.session.add(row)
    db.session.flush()
    promise(row.id)
    return row


def order(span: spans.Span, parts: Sequence[str], formats: Sequence[str], *, person_id: UUID | None, tells: Sequence[str]) -> FigureReport:
    """An order, not written down yet."""
    return FigureReport(
        id=new_id(), kind=span.kind, first=span.period.first, last=span.period.last, parts=list(parts), formats=list(formats),
        tells=list(tells), person_id=person_id, asked_at=clock.now(), state="waiting", done=0, total=2 + len(formats), error="",
    )  # fmt: skip


def promise(report_id: UUID) -> None:
    """Promise the making, once."""
    outbox.promise(TOPIC, {"report": str(report_id)}, key=f"figure_report:{report_id}")


def regular(actor: Actor) -> list[Job]:
    """What the calendar had made, the latest first."""
    return _jobs(actor, FigureReport.person_id.is_(None))


def mine(actor: Actor) -> list[Job]:
    """What this person asked for, the latest first."""
    return _jobs(actor, FigureReport.person_id == actor.person_id)


def one(report_id: UUID, actor: Actor) -> Job:
    """A report of the calendar or one's own; raises NotFound for another's and none alike."""
    found = _jobs(actor, FigureReport.id == report_id, or_(FigureReport.person_id.is_(None), FigureReport.person_id == actor.person_id))
    if not found:
        raise NotFound
    return found[0]


def made(report_id: UUID, actor: Actor) -> FigureReportMade:
    """What a report says, exactly as it was made. Raises NotFound."""
    row = db.session.scalar(select(FigureReportMade).where(FigureReportMade.report_id == one(report_id, actor).row.id))
    if row is None:
        raise NotFound
    return row


def petitions(report: FigureReportMade) -> list[UUID]:
    """The petitions that it names."""
    return [UUID(one) for one in report.content["petitions"]]


def _jobs(actor: Actor, *conditions: ColumnElement[bool]) -> list[Job]:
    require_reader(actor)
    rows = db.session.scalars(select(FigureReport).where(*conditions).order_by(FigureReport.id.desc()).limit(_SHOWN))
    return [Job(row, _name(row), row.done * 100 // row.total) for row in rows]


def _name(row: FigureReport) -> str:
    return spans.name(spans.span(row.kind, row.first, row.last)) + words.KINDS[row.kind]


def _check(first: date, last: date, parts: Sequence[str], formats: Sequence[str]) -> None:
    errors: dict[str, str] = {}
    if last < first:
        errors["last"] = words.REVERSED
    elif last > clock.today():
        errors["last"] = words.NOT_YET_OVER
    elif (last - first).days > _LONGEST:
        errors["first"] = words.TOO_LONG
    for name, given, known in (("parts", parts, words.PARTS), ("formats", formats, words.FORMATS)):
        if not given or not set(given) <= set(known):
            errors[name] = words.CHOOSE
    if errors:
        raise Invalid(errors)
