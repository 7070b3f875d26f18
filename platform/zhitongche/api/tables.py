"""Keys of machines, and the orders that they have sent."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from zhitongche.kernel import clock
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import Base, TenantOwned
from zhitongche.persistence.keys import tenant_key

KINDS: Final = ("hotline", "reader")


class ApiKey(TenantOwned, Base):
    """A machine's key 接口密钥, kept as a hash; it acts as its person, for `enterprise_id` where that is an enterprise's.

    `hotline` may hand in and read, `reader` may read. Moments in UTC; `last_used_at` to the minute.
    """

    __tablename__ = "api_key"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    kind: Mapped[str]
    key_hash: Mapped[str]
    person_id: Mapped[UUID]
    enterprise_id: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]

    __table_args__ = (
        tenant_key("person_id", "person"),
        tenant_key("enterprise_id", "enterprise"),
        Index("ix_api_key_person", "tenant_id", "person_id"),
        Index("ix_api_key_enterprise", "tenant_id", "enterprise_id"),
        CheckConstraint("name ~ '[^[:space:]]'", name="name_filled"),
        CheckConstraint("kind in ('hotline', 'reader')", name="kind"),
        CheckConstraint("kind = 'reader' or enterprise_id is null", name="hotline_is_official"),
        CheckConstraint("key_hash ~ '^[0-9a-f]{64}$'", name="key_hash"),
        CheckConstraint("revoked_at >= created_at", name="revoked_later"),
    )


class ApiOrder(TenantOwned, Base):
    """An order of another system 外部工单, by its own number, and the petition that it became; sent again it makes none."""

    __tablename__ = "api_order"

    number: Mapped[str] = mapped_column(primary_key=True)
    petition_id: Mapped[UUID]
    key_id: Mapped[UUID]
    digest: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=clock.now)

    __table_args__ = (
        tenant_key("petition_id", "petition"),
        tenant_key("key_id", "api_key"),
        Index("ix_api_order_petition", "tenant_id", "petition_id"),
        Index("ix_api_order_key", "tenant_id", "key_id"),
        {"info": {"append_only": True}},
    )
