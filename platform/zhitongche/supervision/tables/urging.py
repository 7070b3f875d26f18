"""Periodic urging 定期催办 (RP-3.4.b): the list of a period, and what became of each of its items."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhitongche.kernel.ids import new_id
from zhitongche.persistence import Base, TenantOwned
from zhitongche.persistence.keys import tenant_key

ROUND_STATES = ("open", "issued", "overtaken")
ITEM_STATES = ("listed", "left_out", "urged", "passed")


class UrgingRound(TenantOwned, Base):
    """The list that the machine makes on its day; it is issued once, or overtaken by the next. Moments in UTC."""

    __tablename__ = "urging_round"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    day: Mapped[date]
    clause: Mapped[str]
    made_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="open")
    text: Mapped[str] = mapped_column(default="")
    issued_by: Mapped[UUID | None]
    issued_name: Mapped[str] = mapped_column(default="")
    issued_for: Mapped[UUID | None]
    issued_role: Mapped[str] = mapped_column(default="")
    issued_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("tenant_id", "day"),
        tenant_key("issued_by", "person"),
        tenant_key("issued_for", "person"),
        CheckConstraint(f"state in {ROUND_STATES}", name="state"),
        CheckConstraint("(state = 'issued') = (issued_at is not null)", name="issued_whole"),
    )


class UrgingItem(TenantOwned, Base):
    """What one unit owed in one petition when the list was made. `by_name` and `why` tell who left it out, or why it was passed over."""

    __tablename__ = "urging_item"

    round_id: Mapped[UUID] = mapped_column(primary_key=True)
    petition_id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    owed: Mapped[str]
    due_at: Mapped[datetime]
    late: Mapped[bool]
    days_late: Mapped[int]
    state: Mapped[str] = mapped_column(default="listed")
    why: Mapped[str] = mapped_column(default="")
    by_name: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime | None]

    __table_args__ = (
        tenant_key("round_id", "urging_round"),
        tenant_key("petition_id", "petition"),
        tenant_key("unit_id", "unit"),
        CheckConstraint(f"state in {ITEM_STATES}", name="state"),
        CheckConstraint("state <> 'left_out' or why <> ''", name="left_out_with_reason"),
        Index("ix_urging_item_petition", "tenant_id", "petition_id"),
        Index("ix_urging_item_unit", "tenant_id", "unit_id"),
    )
