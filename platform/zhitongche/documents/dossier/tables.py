"""Dossiers being made for somebody: the rows are the queue and the progress; what is made goes after some days."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from zhitongche.kernel.ids import new_id
from zhitongche.persistence import Base, TenantOwned
from zhitongche.persistence.keys import tenant_key


class DossierJob(TenantOwned, Base):
    """A dossier 案卷 or a volume 汇编 asked for by one person, and for that person alone. Moments in UTC.

    `done` of `total` counts steps, three a petition and one at the end; `digest` is that of the bag.
    """

    __tablename__ = "dossier_job"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    petition_id: Mapped[UUID | None]
    year: Mapped[int | None]
    unit_id: Mapped[UUID | None]
    person_id: Mapped[UUID]
    on_behalf_of: Mapped[UUID | None]
    why: Mapped[str]
    state: Mapped[str] = mapped_column(default="waiting")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int]
    error: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime]
    made_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    digest: Mapped[str | None]

    __table_args__ = (
        tenant_key("petition_id", "petition"),
        tenant_key("unit_id", "unit"),
        tenant_key("person_id", "person"),
        tenant_key("on_behalf_of", "person"),
        CheckConstraint("kind in ('petition', 'volume')", name="kind"),
        CheckConstraint("(kind = 'petition') = (petition_id is not null)", name="of_a_petition"),
        CheckConstraint("(kind = 'volume') = (year is not null)", name="of_a_year"),
        CheckConstraint("state in ('waiting', 'working', 'done', 'failed', 'removed')", name="state"),
        CheckConstraint("state <> 'done' or (made_at is not null and digest is not null)", name="done_whole"),
        CheckConstraint("state in ('waiting', 'working') or expires_at is not null", name="ends"),
        CheckConstraint("done between 0 and total", name="progress"),
        Index("ix_dossier_job_person", "tenant_id", "person_id", "asked_at"),
        Index("ix_dossier_job_expires", "tenant_id", "expires_at"),
    )


class DossierItem(TenantOwned, Base):
    """One petition of a job; on its record before it is read, packed after."""

    __tablename__ = "dossier_item"

    job_id: Mapped[UUID] = mapped_column(primary_key=True)
    petition_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int]
    recorded_at: Mapped[datetime | None]
    packed_at: Mapped[datetime | None]
    pages: Mapped[int | None]

    __table_args__ = (
        tenant_key("job_id", "dossier_job"),
        tenant_key("petition_id", "petition"),
        CheckConstraint("packed_at is null or recorded_at is not null", name="recorded_first"),
        Index("ix_dossier_item_petition", "tenant_id", "petition_id"),
    )
