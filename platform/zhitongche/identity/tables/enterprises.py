"""Enterprises, their people, and the register they are matched with."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from zhitongche.identity.tables import checks
from zhitongche.kernel import clock
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import Base, TenantOwned
from zhitongche.persistence.keys import tenant_key

MATCHES = ("matched", "mismatched", "confirmed_by_review", "unknown")
_CREDIT_CODE = "credit_code ~ '^[0-9A-HJ-NP-RTUW-Y]{18}$'"


class Enterprise(TenantOwned, Base):
    """An enterprise (企业), known by its credit code; `match` is what the legal-entity register says. RP-2.2.b.

    One that `stands_for` a tenant below has no code: the enterprises of its reports, until they are taken.
    """

    __tablename__ = "enterprise"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    credit_code: Mapped[str]
    stands_for: Mapped[str | None]
    area: Mapped[str | None]
    address: Mapped[str | None]
    legal_person: Mapped[str | None]
    industry: Mapped[str | None]
    match: Mapped[str] = mapped_column(default="unknown")
    match_why: Mapped[str | None]
    matched_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    __table_args__ = (
        Index("uq_enterprise_credit_code", "tenant_id", "credit_code", unique=True, postgresql_where=text("stands_for is null")),
        UniqueConstraint("tenant_id", "stands_for"),
        checks.filled("name"),
        checks.one_of("match", MATCHES),
        CheckConstraint(f"case when stands_for is null then {_CREDIT_CODE} else credit_code = '' end", name="credit_code"),
        CheckConstraint("match = 'unknown' or matched_at is not null", name="matched_at"),
    )


class Membership(TenantOwned, Base):
    """A person acts for an enterprise, as owner (管理员) or member (成员); invited until `joined_at` (UTC)."""

    __tablename__ = "membership"

    enterprise_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(default="member")
    invited_by: Mapped[UUID | None]
    invited_at: Mapped[datetime] = mapped_column(default=clock.now)
    joined_at: Mapped[datetime | None]

    __table_args__ = (
        tenant_key("enterprise_id", "enterprise"),
        tenant_key("person_id", "person"),
        tenant_key("invited_by", "person"),
        Index("ix_membership_person", "tenant_id", "person_id"),
        checks.one_of("role", ("owner", "member")),
        CheckConstraint("joined_at is not null or invited_by is not null", name="invited_or_joined"),
        CheckConstraint("role = 'member' or joined_at is not null", name="owner_joined"),
    )


class LegalEntity(TenantOwned, Base):
    """A row of the legal-entity register (法人库), as last loaded."""

    __tablename__ = "legal_entity"

    credit_code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    area_code: Mapped[str | None]
    status: Mapped[str | None]
    legal_person: Mapped[str | None]
    address: Mapped[str | None]
    industry: Mapped[str | None]
    loaded_at: Mapped[datetime] = mapped_column(default=clock.now)

    __table_args__ = (checks.filled("name"), CheckConstraint(_CREDIT_CODE, name="credit_code"))
