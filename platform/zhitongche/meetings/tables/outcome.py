"""Who was there, what the leader said, what the units committed themselves to."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from zhitongche.kernel.ids import new_id
from zhitongche.persistence import Base, TenantOwned
from zhitongche.persistence.keys import tenant_key


class Attendance(TenantOwned, Base):
    """Somebody who is to come: a unit, an enterprise (with its petition), or a unit for a duty of the day."""

    __tablename__ = "attendance"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    meeting_id: Mapped[UUID]
    party: Mapped[str]
    unit_id: Mapped[UUID | None]
    enterprise_id: Mapped[UUID | None]
    petition_id: Mapped[UUID | None]
    duty: Mapped[str] = mapped_column(default="")
    clause: Mapped[str] = mapped_column(default="setting")
    person: Mapped[str] = mapped_column(default="")
    invited_at: Mapped[datetime]
    excused_at: Mapped[datetime | None]
    present: Mapped[bool | None]

    __table_args__ = (
        tenant_key("meeting_id", "meeting"),
        tenant_key("unit_id", "unit"),
        tenant_key("enterprise_id", "enterprise"),
        tenant_key("petition_id", "petition"),
        UniqueConstraint(
            "tenant_id", "meeting_id", "party", "unit_id", "enterprise_id", "petition_id", "duty",
            name="uq_attendance_once", postgresql_nulls_not_distinct=True,
        ),
        CheckConstraint("party in ('unit', 'enterprise', 'duty')", name="party"),
        CheckConstraint("(party = 'enterprise') = (enterprise_id is not null)", name="enterprise"),
        CheckConstraint("(party = 'enterprise') = (unit_id is null)", name="unit"),
        CheckConstraint("(party = 'duty') = (duty <> '')", name="duty"),
    )  # fmt: skip


class Opinion(TenantOwned, Base):
    """What the leader decided on one petition: who does what by when. Binding once approved; not changed after."""

    __tablename__ = "meeting_opinion"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    meeting_id: Mapped[UUID]
    petition_id: Mapped[UUID]
    text: Mapped[str]
    unit_id: Mapped[UUID]
    co_units: Mapped[list[str]] = mapped_column(default=list)
    due_on: Mapped[date]
    taken_by: Mapped[UUID | None]
    taken_by_name: Mapped[str]
    taken_at: Mapped[datetime]
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[UUID | None]

    __table_args__ = (
        tenant_key("meeting_id", "meeting"),
        tenant_key("petition_id", "petition"),
        tenant_key("unit_id", "unit"),
        tenant_key("taken_by", "person"),
        tenant_key("approved_by", "person"),
        UniqueConstraint("tenant_id", "meeting_id", "petition_id"),
        CheckConstraint("text <> ''", name="text"),
    )


class Commitment(TenantOwned, Base):
    """What a unit publishes for everyone to see: who answers for it, until when, by which measures (RP-3.3)."""

    __tablename__ = "commitment"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    meeting_id: Mapped[UUID]
    petition_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    subject: Mapped[str]
    leader: Mapped[str]
    person: Mapped[str]
    due_on: Mapped[date]
    measures: Mapped[str]
    published_at: Mapped[datetime]
    published_by: Mapped[UUID | None]
    fulfilled_at: Mapped[datetime | None]
    missed_at: Mapped[datetime | None]
    result: Mapped[str] = mapped_column(default="")

    __table_args__ = (
        tenant_key("meeting_id", "meeting"),
        tenant_key("petition_id", "petition"),
        tenant_key("unit_id", "unit"),
        tenant_key("published_by", "person"),
        UniqueConstraint("tenant_id", "meeting_id", "petition_id", "unit_id"),
        CheckConstraint("(fulfilled_at is null) = (result = '')", name="fulfilled_says_how"),
        Index("ix_commitment_due", "tenant_id", "due_on"),
        Index("ix_commitment_open", "tenant_id", "due_on", postgresql_where=text("fulfilled_at is null and missed_at is null")),
        Index("ix_commitment_unit", "tenant_id", "unit_id", "due_on"),
    )
