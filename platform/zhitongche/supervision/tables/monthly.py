"""The monthly list of unfinished items (ST-3.5)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhitongche.kernel.ids import new_id
from zhitongche.persistence import Base, TenantOwned
from zhitongche.persistence.keys import tenant_key


class MonthlyList(TenantOwned, Base):
    """The list 未办结清单 of one month, made by the machine on its day; never changed."""

    __tablename__ = "monthly_list"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    month: Mapped[date]
    made_at: Mapped[datetime]
    clause: Mapped[str]

    __table_args__ = (UniqueConstraint("tenant_id", "month"), {"info": {"append_only": True}})


class MonthlyItem(TenantOwned, Base):
    """One unfinished petition as it stood when the list was made; with a `ground` where it is seriously delayed."""

    __tablename__ = "monthly_item"

    list_id: Mapped[UUID] = mapped_column(primary_key=True)
    petition_id: Mapped[UUID] = mapped_column(primary_key=True)
    stage: Mapped[str]
    unit_id: Mapped[UUID | None]
    due_at: Mapped[datetime | None]
    days_late: Mapped[int]
    ground: Mapped[str] = mapped_column(default="")

    __table_args__ = (
        tenant_key("list_id", "monthly_list"),
        tenant_key("petition_id", "petition"),
        tenant_key("unit_id", "unit"),
        Index("ix_monthly_item_petition", "tenant_id", "petition_id"),
        {"info": {"append_only": True}},
    )
