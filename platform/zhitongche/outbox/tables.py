"""Tables of this room."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from zhitongche.persistence import Base, TenantOwned

_PENDING = text("done_at is null")


class Outbox(TenantOwned, Base):
    """What was promised 待办承诺: the row is the queue, a broker only wakes whoever works on it."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("tenant_id", "key"),
        Index("ix_outbox_pending", "tenant_id", "due_at", postgresql_where=_PENDING),
        Index("ix_outbox_unalarmed", "tenant_id", "promised_for", postgresql_where=_PENDING),
        CheckConstraint("tries >= 0", "tries"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    topic: Mapped[str]
    key: Mapped[str | None]
    payload: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    # When it was first due; `due_at` moves on with each failure.
    promised_for: Mapped[datetime]
    due_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    tries: Mapped[int]
    done_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
    alarmed_at: Mapped[datetime | None]
