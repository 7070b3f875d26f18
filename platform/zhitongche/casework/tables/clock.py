"""Every limit is a row."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from zhitongche.kernel.ids import new_id
from zhitongche.persistence import Base, TenantOwned
from zhitongche.persistence.keys import tenant_key

OPEN = text("met_at is null and lapsed_at is null")


class Clock(TenantOwned, Base):
    """A limit 时限: who owes what, from when, due when, by which clause, met or missed when. Moments in UTC.

    `missed_at` is set once, when the due moment passes unmet; a clock met later keeps it: it was late.
    """

    __tablename__ = "clock"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    petition_id: Mapped[UUID]
    code: Mapped[str]
    name: Mapped[str]
    owes: Mapped[str]
    unit_id: Mapped[UUID | None]
    ref: Mapped[UUID | None]
    limit: Mapped[str]
    clause: Mapped[str]
    is_setting: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime]
    due_at: Mapped[datetime]
    near_at: Mapped[datetime]
    provisional: Mapped[bool] = mapped_column(default=False)
    near_told_at: Mapped[datetime | None]
    met_at: Mapped[datetime | None]
    met_by: Mapped[UUID | None]
    missed_at: Mapped[datetime | None]
    lapsed_at: Mapped[datetime | None]

    __table_args__ = (
        tenant_key("petition_id", "petition"),
        tenant_key("unit_id", "unit"),
        tenant_key("met_by", "person"),
        CheckConstraint("met_at is null or lapsed_at is null", name="one_end"),
        CheckConstraint("due_at > started_at", name="due_after_start"),
        CheckConstraint("missed_at is null or missed_at >= due_at", name="missed_after_due"),
        Index("ix_clock_petition", "tenant_id", "petition_id"),
        Index("ix_clock_open_due", "tenant_id", "due_at", postgresql_where=text("met_at is null and lapsed_at is null and missed_at is null")),
        Index("ix_clock_open_near", "tenant_id", "near_at", postgresql_where=text("met_at is null and lapsed_at is null and near_told_at is null")),
        Index("ix_clock_open_unit", "tenant_id", "unit_id", "due_at", postgresql_where=OPEN),
        Index("ix_clock_open_role", "tenant_id", "owes", "due_at", postgresql_where=text("met_at is null and lapsed_at is null and unit_id is null")),
        Index("ix_clock_provisional", "tenant_id", "id", postgresql_where=text("provisional and met_at is null and lapsed_at is null")),
        Index(
            "uq_clock_one_open",
            "tenant_id", "petition_id", "code", text("coalesce(unit_id, '00000000-0000-0000-0000-000000000000')"),
            text("coalesce(ref, '00000000-0000-0000-0000-000000000000')"),
            unique=True, postgresql_where=OPEN,
        ),
    )  # fmt: skip
