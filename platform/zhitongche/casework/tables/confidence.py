"""Who read a dossier, and who was allowed to beyond their duty (ST-5.1)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from zhitongche.kernel.ids import new_id
from zhitongche.persistence import Base, TenantOwned
from zhitongche.persistence.keys import tenant_key


class ReadLog(TenantOwned, Base):
    """One opening of a dossier by an official; never changed."""

    __tablename__ = "read_log"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    petition_id: Mapped[UUID]
    person_id: Mapped[UUID]
    person_name: Mapped[str]
    unit_id: Mapped[UUID | None]
    at: Mapped[datetime]
    why: Mapped[str]

    __table_args__ = (
        tenant_key("petition_id", "petition"),
        tenant_key("person_id", "person"),
        tenant_key("unit_id", "unit"),
        Index("ix_read_log_petition", "tenant_id", "petition_id", "at"),
        Index("ix_read_log_person", "tenant_id", "person_id", "at"),
        {"info": {"append_only": True}},
    )


class Disclosure(TenantOwned, Base):
    """A request to read a dossier without a duty in the case, and its approval."""

    __tablename__ = "disclosure"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    petition_id: Mapped[UUID]
    person_id: Mapped[UUID]
    purpose: Mapped[str]
    until: Mapped[datetime]
    asked_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="asked")
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]

    __table_args__ = (
        tenant_key("petition_id", "petition"),
        tenant_key("person_id", "person"),
        tenant_key("decided_by", "person"),
        CheckConstraint("state in ('asked', 'approved', 'declined')", name="state"),
        CheckConstraint("(state = 'asked') = (decided_at is null)", name="decided_whole"),
        CheckConstraint("until > asked_at", name="ends_later"),
        CheckConstraint("decided_by is null or decided_by <> person_id", name="not_by_oneself"),
        Index("ix_disclosure_petition", "tenant_id", "petition_id", "person_id"),
        Index("ix_disclosure_open", "tenant_id", "state", "asked_at"),
    )
