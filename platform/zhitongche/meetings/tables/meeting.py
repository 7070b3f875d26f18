"""The meeting 会议, the steps that somebody owes for it, its leaders, its log."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from zhitongche.kernel import clock
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import Base, TenantOwned
from zhitongche.persistence.keys import tenant_key


class Meeting(TenantOwned, Base):
    """One meeting. `month` (its first day) where a rule of the calendar calls it, None where it is called when fit.

    `theme` narrows a special session (专项专场): some of matter, category, area. Days are China's, moments UTC.
    """

    __tablename__ = "meeting"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    pack_version: Mapped[str]
    title: Mapped[str]
    month: Mapped[date | None]
    theme: Mapped[dict[str, Any]] = mapped_column(default=dict)
    planned_day: Mapped[date]
    day: Mapped[date]
    previous_day: Mapped[date | None]
    place: Mapped[str] = mapped_column(default="")
    leader_name: Mapped[str] = mapped_column(default="")
    leader_title: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="preparing")
    called_on: Mapped[date]
    called_by: Mapped[UUID | None]
    reason: Mapped[str] = mapped_column(default="")
    held_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        tenant_key("called_by", "person"),
        CheckConstraint("state in ('preparing', 'fixed', 'held', 'decided', 'archived')", name="state"),
        CheckConstraint("(held_at is not null) = (state in ('held', 'decided', 'archived'))", name="held"),
        CheckConstraint("(archived_at is not null) = (state = 'archived')", name="archived"),
        CheckConstraint("month is null or extract(day from month) = 1", name="month"),
        Index("uq_meeting_month", "tenant_id", "kind", "month", unique=True, postgresql_where=text("month is not null")),
        Index("ix_meeting_day", "tenant_id", "day"),
        Index("ix_meeting_open", "tenant_id", "kind", "day", postgresql_where=text("state <> 'archived'")),
    )


class MeetingStep(TenantOwned, Base):
    """What somebody owes for a meeting, and by when: a clock. `unit_id` where each unit owes its own part."""

    __tablename__ = "meeting_step"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    meeting_id: Mapped[UUID]
    position: Mapped[int]
    code: Mapped[str]
    name: Mapped[str]
    does: Mapped[str]
    owes: Mapped[str]
    unit_id: Mapped[UUID | None]
    clause: Mapped[str]
    is_setting: Mapped[bool] = mapped_column(default=False)
    opens_on: Mapped[date]
    due_at: Mapped[datetime]
    near_at: Mapped[datetime]
    provisional: Mapped[bool] = mapped_column(default=False)
    met_at: Mapped[datetime | None]
    met_by: Mapped[UUID | None]
    met_by_name: Mapped[str] = mapped_column(default="")
    missed_at: Mapped[datetime | None]
    near_told_at: Mapped[datetime | None]

    __table_args__ = (
        tenant_key("meeting_id", "meeting"),
        tenant_key("unit_id", "unit"),
        tenant_key("met_by", "person"),
        UniqueConstraint("tenant_id", "meeting_id", "code", "unit_id", postgresql_nulls_not_distinct=True),
        CheckConstraint("unit_id is null or owes = 'units'", name="only_units_have_parts"),
        Index("ix_meeting_step_open", "tenant_id", "due_at", postgresql_where=text("met_at is null")),
    )


    def late(self, now: datetime) -> bool:
        """Past its moment; what the machine does at that very moment is late only on another day."""
        if self.owes == "system":
            return clock.local_date(now) > clock.local_date(self.due_at)
        return now > self.due_at


class LeaderTurn(TenantOwned, Base):
    """Who was to attend, from when on: the first row is the rotation's, each later one a change with its reason."""

    __tablename__ = "leader_turn"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    meeting_id: Mapped[UUID]
    name: Mapped[str]
    title: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    swapped_with: Mapped[UUID | None]
    by: Mapped[UUID | None]
    by_name: Mapped[str]
    at: Mapped[datetime]

    __table_args__ = (
        tenant_key("meeting_id", "meeting"),
        tenant_key("swapped_with", "meeting"),
        tenant_key("by", "person"),
        Index("ix_leader_turn_meeting", "tenant_id", "meeting_id", "id"),
        {"info": {"append_only": True}},
    )


class MeetingEvent(TenantOwned, Base):
    """What was done for a meeting, by whom, on what clause. Append-only; `body` holds codes, dates and reasons."""

    __tablename__ = "meeting_event"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    meeting_id: Mapped[UUID]
    act: Mapped[str]
    clause: Mapped[str]
    by: Mapped[UUID | None]
    by_name: Mapped[str]
    at: Mapped[datetime]
    body: Mapped[dict[str, Any]] = mapped_column(default=dict)

    __table_args__ = (
        tenant_key("meeting_id", "meeting"),
        tenant_key("by", "person"),
        Index("ix_meeting_event_meeting", "tenant_id", "meeting_id", "id"),
        {"info": {"append_only": True}},
    )
