"""What is done in a case: records, plans with milestones, ratings, attachments."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from zhitongche.kernel.ids import new_id
from zhitongche.persistence import Base, TenantOwned
from zhitongche.persistence.keys import tenant_key


class Record(TenantOwned, Base):
    """A record of work 工作记录: a contact, a progress report, a visit, a call-back (ST-5.2). Never changed."""

    __tablename__ = "record"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    petition_id: Mapped[UUID]
    kind: Mapped[str]
    unit_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None]
    author: Mapped[str]
    at: Mapped[datetime]
    happened_at: Mapped[datetime]
    how: Mapped[str | None]
    with_whom: Mapped[str | None]
    text: Mapped[str]

    __table_args__ = (
        tenant_key("petition_id", "petition"),
        tenant_key("unit_id", "unit"),
        tenant_key("person_id", "person"),
        CheckConstraint("happened_at <= at", name="not_in_future"),
        Index("ix_record_petition", "tenant_id", "petition_id", "at"),
        Index("ix_record_unit_kind", "tenant_id", "unit_id", "kind", "at"),
        {"info": {"append_only": True}},
    )


class Plan(TenantOwned, Base):
    """A written plan 一企一策 with its own agreed date (ST-3.3.c)."""

    __tablename__ = "plan"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    petition_id: Mapped[UUID]
    text: Mapped[str]
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(default="proposed")
    proposed_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]

    __table_args__ = (
        tenant_key("petition_id", "petition"),
        CheckConstraint("state in ('proposed', 'accepted', 'returned')", name="state"),
        CheckConstraint("(state = 'proposed') = (settled_at is null)", name="settled_whole"),
        Index("ix_plan_petition", "tenant_id", "petition_id"),
    )


class Milestone(TenantOwned, Base):
    """One step of a plan, with its date."""

    __tablename__ = "milestone"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    plan_id: Mapped[UUID]
    petition_id: Mapped[UUID]
    position: Mapped[int]
    text: Mapped[str]
    due_on: Mapped[date]
    done_at: Mapped[datetime | None]

    __table_args__ = (
        tenant_key("plan_id", "plan"),
        tenant_key("petition_id", "petition"),
        UniqueConstraint("tenant_id", "plan_id", "position"),
        Index("ix_milestone_petition", "tenant_id", "petition_id"),
    )


class Rating(TenantOwned, Base):
    """The enterprise's rating 评价. A default one is marked and is never counted as given (RP-2.10.b)."""

    __tablename__ = "rating"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    petition_id: Mapped[UUID]
    given_by: Mapped[str]
    satisfaction: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]

    __table_args__ = (
        tenant_key("petition_id", "petition"),
        CheckConstraint("given_by in ('enterprise', 'call_back', 'default')", name="given_by"),
        CheckConstraint("satisfaction in ('satisfied', 'unsatisfied')", name="satisfaction"),
        CheckConstraint("given_by <> 'default' or satisfaction = 'satisfied'", name="default_is_satisfied"),
        Index("ix_rating_petition", "tenant_id", "petition_id", "at"),
        Index("ix_rating_unsatisfied", "tenant_id", "petition_id", postgresql_where=sql("satisfaction = 'unsatisfied'")),
    )


class Attachment(TenantOwned, Base):
    """A file handed in; the content lies under the tenant's folder by id. Belongs to a draft until it is sent."""

    __tablename__ = "attachment"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    draft_id: Mapped[UUID | None]
    petition_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None]
    action: Mapped[str] = mapped_column(default="register")
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    at: Mapped[datetime]

    __table_args__ = (
        tenant_key("petition_id", "petition"),
        tenant_key("person_id", "person"),
        CheckConstraint("size > 0", name="size"),
        CheckConstraint("draft_id is not null or petition_id is not null", name="belongs"),
        Index("ix_attachment_petition", "tenant_id", "petition_id"),
        Index("ix_attachment_draft", "tenant_id", "draft_id"),
    )
