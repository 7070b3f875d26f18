"""Tables of tenancy: pack versions, and the tenant's own days."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from zhitongche.kernel import clock
from zhitongche.persistence import Base, TenantOwned


class PackVersion(TenantOwned, Base):
    """A pack as it was in force: a petition finishes under the version that it began under."""

    __tablename__ = "pack_version"

    version: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    # json, not jsonb: the order of stages and actions is part of the pack.
    raw: Mapped[dict[str, Any]] = mapped_column(JSON)
    effective_from: Mapped[date]
    stored_at: Mapped[datetime] = mapped_column(default=clock.now)


class CalendarDay(TenantOwned, Base):
    """A day of the tenant's own (a typhoon, a local holiday), over the national arrangement and the pack."""

    __tablename__ = "calendar_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    working: Mapped[bool]
    name: Mapped[str]
    set_by: Mapped[UUID | None]
    set_at: Mapped[datetime] = mapped_column(default=clock.now)
