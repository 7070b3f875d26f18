"""What became of a proposal for publicity or for serious treatment (ST-3.6.b)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from zhitongche.persistence import Base, TenantOwned
from zhitongche.persistence.keys import tenant_key


class MarkDecision(TenantOwned, Base):
    """The leader's decision on one proposal (a record of work), and afterwards what was done. Moments in UTC."""

    __tablename__ = "mark_decision"

    record_id: Mapped[UUID] = mapped_column(primary_key=True)
    petition_id: Mapped[UUID]
    kind: Mapped[str]
    verdict: Mapped[str]
    opinion: Mapped[str]
    decided_by: Mapped[UUID | None]
    decided_name: Mapped[str]
    decided_at: Mapped[datetime]
    result: Mapped[str] = mapped_column(default="")
    result_by: Mapped[UUID | None]
    result_name: Mapped[str] = mapped_column(default="")
    result_at: Mapped[datetime | None]

    __table_args__ = (
        tenant_key("record_id", "record"),
        tenant_key("petition_id", "petition"),
        tenant_key("decided_by", "person"),
        tenant_key("result_by", "person"),
        CheckConstraint("kind in ('commend', 'fault')", name="kind"),
        CheckConstraint("verdict in ('agree', 'disagree')", name="verdict"),
        CheckConstraint("(result = '') = (result_at is null)", name="result_whole"),
        Index("ix_mark_decision_petition", "tenant_id", "petition_id"),
    )
