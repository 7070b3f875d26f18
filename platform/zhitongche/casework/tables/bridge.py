"""What goes up to another tenant and what came from one; either side keeps its own facts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhitongche.kernel.ids import new_id
from zhitongche.persistence import Base, TenantOwned
from zhitongche.persistence.keys import tenant_key


class Escalation(TenantOwned, Base):
    """One rise 上报 of a petition to the tenant above (RP-2.3.f). Moments in UTC, each null until its fact is known here.

    Sent, delivered (a verified receipt) and taken are three facts; `bridge_id` is the bridge's, `level_before` comes back on return.
    """

    __tablename__ = "escalation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    petition_id: Mapped[UUID]
    rise: Mapped[int]
    bridge_id: Mapped[UUID | None]
    to_tenant: Mapped[str]
    to_name: Mapped[str]
    level: Mapped[str]
    level_before: Mapped[str]
    ground: Mapped[str]
    clause: Mapped[str]
    sent_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]
    taken_at: Mapped[datetime | None]
    holder: Mapped[str] = mapped_column(default="")
    due_at: Mapped[datetime | None]
    progress: Mapped[str] = mapped_column(default="")
    progress_at: Mapped[datetime | None]
    asked: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime | None]
    supplemented_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    return_reason: Mapped[str] = mapped_column(default="")
    returned_by: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    decision: Mapped[str] = mapped_column(default="")
    withdrawn_at: Mapped[datetime | None]

    __table_args__ = (
        tenant_key("petition_id", "petition"),
        UniqueConstraint("tenant_id", "petition_id", "rise"),
        UniqueConstraint("tenant_id", "bridge_id"),
        CheckConstraint("rise > 0", name="rise"),
        CheckConstraint("returned_at is null or decided_at is null", name="one_end"),
        CheckConstraint("(returned_at is null) = (return_reason = '')", name="return_has_reason"),
    )

    @property
    def open(self) -> bool:
        """Whether the level above may still answer."""
        return self.returned_at is None and self.decided_at is None and self.withdrawn_at is None


class Report(TenantOwned, Base):
    """What came with a petition from the tenant below: the notice first, the rest once it is taken. Moments in UTC.

    `opinions` [{unit, text, at}], `supplements` [{text, at}], `documents` [{digest, name, media_type, size}]: erasing takes them away.
    """

    __tablename__ = "report"

    petition_id: Mapped[UUID] = mapped_column(primary_key=True)
    bridge_id: Mapped[UUID]
    from_tenant: Mapped[str]
    from_name: Mapped[str]
    ref: Mapped[str]
    level: Mapped[str]
    ground: Mapped[str]
    clause: Mapped[str]
    received_on: Mapped[date]
    deadline: Mapped[datetime | None]
    dossier: Mapped[dict[str, Any]]
    opinions: Mapped[list[Any]]
    supplements: Mapped[list[Any]] = mapped_column(default=list)
    documents: Mapped[list[Any]] = mapped_column(default=list)
    taken_at: Mapped[datetime | None]
    revealed_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]

    __table_args__ = (
        tenant_key("petition_id", "petition"),
        UniqueConstraint("tenant_id", "bridge_id"),
    )
