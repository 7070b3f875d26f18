"""The pulse of the machine (心跳)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from zhitongche.persistence import Base, TenantOwned


class Heartbeat(TenantOwned, Base):
    """When a part of the machinery last came to this tenant (心跳): one row a part, overwritten. UTC."""

    __tablename__ = "heartbeat"

    part: Mapped[str] = mapped_column(primary_key=True)
    beat_at: Mapped[datetime]
