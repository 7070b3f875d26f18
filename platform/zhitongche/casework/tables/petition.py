"""The petition 诉求件 itself, and the draft that it grows from."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from zhitongche.kernel.ids import new_id
from zhitongche.persistence import Base, TenantOwned
from zhitongche.persistence.keys import tenant_key

REGISTERED = frozenset({"matched", "confirmed"})
"""States of `registration` in which the enterprise is who it says (RP-2.2.b)."""

BRIDGE = "bridge"
"""The source of what came from the tenant below."""


class Petition(TenantOwned, Base):
    """One petition. `stage` moves only in `casework.door`; `rises` counts how often it went up; moments are aware, in UTC."""

    __tablename__ = "petition"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    pack_version: Mapped[str]

    source: Mapped[str]
    source_facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    enterprise_id: Mapped[UUID]
    submitted_by: Mapped[UUID | None]
    entered_by: Mapped[UUID | None]
    contact_name: Mapped[str]
    contact_mobile: Mapped[str]
    area: Mapped[str] = mapped_column(default="")
    title: Mapped[str]
    content: Mapped[str]
    wish: Mapped[str] = mapped_column(default="")
    category: Mapped[str]
    matter: Mapped[str] = mapped_column(default="")
    received_at: Mapped[datetime]

    stage: Mapped[str]
    outcome: Mapped[str | None]
    level: Mapped[str] = mapped_column(default="unit")
    registration: Mapped[str] = mapped_column(default="matched")
    match_note: Mapped[str] = mapped_column(default="")
    accept_ground: Mapped[str | None]
    refusal_ground: Mapped[str | None]
    refusal_reason: Mapped[str | None]
    proposed_unit_id: Mapped[UUID | None]
    lead_unit_id: Mapped[UUID | None]
    transfer_opinion: Mapped[str | None]
    leader_needed: Mapped[bool] = mapped_column(default=False)
    letter_number: Mapped[str | None]
    letter_text: Mapped[str | None]
    handed_at: Mapped[datetime | None]
    contacted: Mapped[bool] = mapped_column(default=False)
    opinion_due: Mapped[date | None]
    meeting_on: Mapped[date | None]
    keeps_off: Mapped[bool] = mapped_column(default=False)
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    resolution: Mapped[str | None]
    reconsidered: Mapped[bool] = mapped_column(default=False)
    key_state: Mapped[str | None]
    commended: Mapped[bool] = mapped_column(default=False)
    faulted: Mapped[bool] = mapped_column(default=False)
    joined_into: Mapped[UUID | None]
    rises: Mapped[int] = mapped_column(default=0)
    closed_at: Mapped[datetime | None]
    next_due_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("tenant_id", "number"),
        tenant_key("enterprise_id", "enterprise"),
        tenant_key("submitted_by", "person"),
        tenant_key("entered_by", "person"),
        tenant_key("proposed_unit_id", "unit"),
        tenant_key("lead_unit_id", "unit"),
        tenant_key("joined_into", "petition"),
        CheckConstraint("(outcome is null) = (closed_at is null)", name="closed_has_outcome"),
        CheckConstraint("outcome is null or next_due_at is null", name="closed_owes_nothing"),
        CheckConstraint("(outcome = 'refused') = (refusal_ground is not null) or outcome is null", name="refused_has_ground"),
        CheckConstraint("(outcome = 'joined') = (joined_into is not null) or outcome is null", name="joined_into_something"),
        CheckConstraint("joined_into is null or joined_into <> id", name="not_into_itself"),
        CheckConstraint("level in ('unit', 'town', 'county', 'city', 'province')", name="level"),
        CheckConstraint("source in ('web', 'window', 'hotline', 'visit', 'bridge')", name="source"),
        CheckConstraint("key_state in ('proposed', 'approved', 'declined')", name="key_state"),
        CheckConstraint("registration in ('matched', 'mismatched', 'confirmed', 'denied')", name="registration"),
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("rises >= 0", name="rises"),
        Index("ix_petition_open_due", "tenant_id", "next_due_at", "id", postgresql_where=text("outcome is null")),
        Index("ix_petition_handed_due", "tenant_id", "next_due_at", "id", postgresql_where=text("outcome is null and (handed_at is not null or lead_unit_id is not null)")),
        Index("ix_petition_open_stage", "tenant_id", "stage", "next_due_at", "id", postgresql_where=text("outcome is null")),
        Index("ix_petition_lead", "tenant_id", "lead_unit_id", "next_due_at", "id", postgresql_where=text("outcome is null")),
        Index("ix_petition_proposed", "tenant_id", "proposed_unit_id", postgresql_where=text("outcome is null")),
        Index("ix_petition_enterprise", "tenant_id", "enterprise_id", "id"),
        Index("ix_petition_lead_received", "tenant_id", "lead_unit_id", "received_at", "id"),
        Index("ix_petition_received", "tenant_id", "received_at", "id"),
        Index("ix_petition_updated", "tenant_id", "updated_at", "id"),
        Index("ix_petition_joined_into", "tenant_id", "joined_into", postgresql_where=text("joined_into is not null")),
    )


class Draft(TenantOwned, Base):
    """What an enterprise has typed so far; its id becomes the petition's, so that sending twice makes one."""

    __tablename__ = "draft"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID]
    enterprise_id: Mapped[UUID | None]
    body: Mapped[dict[str, Any]] = mapped_column(default=dict)
    updated_at: Mapped[datetime]

    __table_args__ = (
        tenant_key("person_id", "person"),
        tenant_key("enterprise_id", "enterprise"),
        Index("ix_draft_person", "tenant_id", "person_id"),
    )
