"""What the units beside the lead unit owe, and objections to an assignment."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from zhitongche.persistence import Base, TenantOwned
from zhitongche.persistence.keys import tenant_key


class CoPart(TenantOwned, Base):
    """The part of one co-organizer 协办单位 in a petition."""

    __tablename__ = "co_part"

    petition_id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    reply: Mapped[str | None]
    replied_at: Mapped[datetime | None]

    __table_args__ = (
        tenant_key("petition_id", "petition"),
        tenant_key("unit_id", "unit"),
        CheckConstraint("(reply is null) = (replied_at is null)", name="replied_whole"),
        Index("ix_co_part_unit", "tenant_id", "unit_id", "petition_id"),
    )


class Objection(TenantOwned, Base):
    """An objection 分派异议; the key admits one per unit and petition (RP-2.3.c)."""

    __tablename__ = "objection"

    petition_id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    should_be: Mapped[UUID]
    reason: Mapped[str]
    raised_at: Mapped[datetime]
    verdict: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    decision_reason: Mapped[str | None]

    __table_args__ = (
        tenant_key("petition_id", "petition"),
        tenant_key("unit_id", "unit"),
        tenant_key("should_be", "unit"),
        CheckConstraint("verdict in ('agree', 'disagree')", name="verdict"),
        CheckConstraint("(verdict is null) = (decided_at is null)", name="decided_whole"),
        CheckConstraint("unit_id <> should_be", name="proposes_another"),
    )
