"""One-time links: what a tenant above asked for, and may fetch once. Moments in UTC."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from zhitongche.persistence import Base, TenantOwned


class BridgeLink(TenantOwned, Base):
    """A link, known by the SHA-256 of its token; `request` is the message that asked. No `document`: the contact in full."""

    __tablename__ = "bridge_link"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    peer: Mapped[str]
    subject: Mapped[UUID]
    request: Mapped[UUID]
    document: Mapped[str | None]
    # Of the bytes that were offered.
    digest: Mapped[str]
    purpose: Mapped[str]
    offered_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("octet_length(token_hash) = 32", name="token_hash"),
        CheckConstraint("used_at is null or used_at < expires_at", name="used_in_time"),
        CheckConstraint("document is null or document = digest", name="document"),
        Index("ix_bridge_link_subject", "tenant_id", "subject"),
    )
