"""Which petitions come to a meeting, why, and every version of the list that was fixed."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhitongche.kernel.ids import new_id
from zhitongche.persistence import Base, TenantOwned
from zhitongche.persistence.keys import tenant_key


class AgendaItem(TenantOwned, Base):
    """One petition before one meeting: the rules' verdict with its grounds, and a person's where one overruled it.

    `grounds` are {side, condition, clause, facts}; `marks` what persons said of it, {condition, reason, by, at}.
    `taken` says whether the meeting dealt with it.
    """

    __tablename__ = "agenda_item"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    meeting_id: Mapped[UUID]
    petition_id: Mapped[UUID]
    position: Mapped[int]
    verdict: Mapped[str]
    grounds: Mapped[list[Any]]
    marks: Mapped[list[Any]] = mapped_column(default=list)
    judged_at: Mapped[datetime]
    overruled_to: Mapped[str | None]
    reason: Mapped[str] = mapped_column(default="")
    by: Mapped[UUID | None]
    by_name: Mapped[str] = mapped_column(default="")
    proposal: Mapped[str] = mapped_column(default="")
    enlisted_at: Mapped[datetime | None]
    taken: Mapped[bool | None]

    __table_args__ = (
        tenant_key("meeting_id", "meeting"),
        tenant_key("petition_id", "petition"),
        tenant_key("by", "person"),
        UniqueConstraint("tenant_id", "meeting_id", "petition_id"),
        CheckConstraint("verdict in ('in', 'out', 'undecided')", name="verdict"),
        CheckConstraint("overruled_to in ('in', 'out')", name="overruled_to"),
        CheckConstraint("overruled_to is null or reason <> ''", name="overruled_has_reason"),
        CheckConstraint("jsonb_array_length(grounds) > 0 or reason <> ''", name="explained"),
        Index("ix_agenda_item_petition", "tenant_id", "petition_id"),
    )

    @property
    def final(self) -> str:
        """What counts: the person's word where there is one, else the rules'."""
        return self.overruled_to or self.verdict


class AgendaVersion(TenantOwned, Base):
    """The list as it was fixed, and each later change of it: [{petition_id, number, verdict, position}]. Append-only."""

    __tablename__ = "agenda_version"

    meeting_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    items: Mapped[list[Any]]
    reason: Mapped[str] = mapped_column(default="")
    by: Mapped[UUID | None]
    by_name: Mapped[str]
    at: Mapped[datetime]

    __table_args__ = (
        tenant_key("meeting_id", "meeting"),
        tenant_key("by", "person"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("number = 1 or reason <> ''", name="changes_have_reasons"),
        {"info": {"append_only": True}},
    )
