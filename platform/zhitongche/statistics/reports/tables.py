"""Reports 统计报告: what was asked for and how far it is; and, never changed, what was made."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from zhitongche.kernel.ids import new_id
from zhitongche.persistence import Base, TenantOwned
from zhitongche.persistence.keys import tenant_key


class FigureReport(TenantOwned, Base):
    """A report, asked for by a person or, with nobody, by the calendar; of the latter there is one a kind and period.

    Days are China's, both included; moments in UTC; `done` of `total` counts steps; `tells` are roles.
    """

    __tablename__ = "figure_report"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    first: Mapped[date]
    last: Mapped[date]
    parts: Mapped[list[str]]
    formats: Mapped[list[str]]
    tells: Mapped[list[str]]
    person_id: Mapped[UUID | None]
    asked_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="waiting")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int]
    error: Mapped[str] = mapped_column(default="")

    __table_args__ = (
        tenant_key("person_id", "person"),
        CheckConstraint("kind in ('week', 'month', 'quarter', 'any')", name="kind"),
        CheckConstraint("state in ('waiting', 'working', 'done')", name="state"),
        CheckConstraint("first <= last", name="period"),
        CheckConstraint("done between 0 and total", name="progress"),
        CheckConstraint("person_id is not null or kind <> 'any'", name="calendar"),
        Index("uq_figure_report_calendar", "tenant_id", "kind", "last", unique=True, postgresql_where=text("person_id is null")),
        Index("ix_figure_report_person", "tenant_id", "person_id", "id"),
    )


class FigureReportMade(TenantOwned, Base):
    """What a report says, word by word, with every figure it rests on; the files lie by their digests."""

    __tablename__ = "figure_report_made"

    report_id: Mapped[UUID] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
    content: Mapped[dict[str, Any]]
    files: Mapped[list[Any]]

    __table_args__ = (tenant_key("report_id", "figure_report"), {"info": {"append_only": True}})
