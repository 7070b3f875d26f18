"""Repeated problems 共性问题 (ST-1.1.4): what the machine proposes, the finding written on it, and everything that was done."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from zhitongche.kernel.ids import new_id
from zhitongche.persistence import Base, TenantOwned
from zhitongche.persistence.keys import tenant_key

PROBLEM_STATES = ("open", "aside", "taken")
FINDING_STATES = ("drafted", "sent", "answered", "closed")
VERDICTS = ("effective", "partly", "ineffective")


class ProblemScan(TenantOwned, Base):
    """One search for repeated problems: nightly once a day (`by` is empty), or asked for by an officer."""

    __tablename__ = "problem_scan"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    day: Mapped[date]
    at: Mapped[datetime]
    by: Mapped[UUID | None]
    name: Mapped[str]
    proposed: Mapped[int] = mapped_column(default=0)
    grown: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        tenant_key("by", "person"),
        Index("uq_problem_scan_night", "tenant_id", "day", unique=True, postgresql_where=sql("by is null")),
        Index("ix_problem_scan_at", "tenant_id", "at"),
    )


class Problem(TenantOwned, Base):
    """A group of similar petitions of one unit or area on one subject (`key`), and on what ground it was proposed."""

    __tablename__ = "problem"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str]
    unit_id: Mapped[UUID | None]
    area: Mapped[str] = mapped_column(default="")
    subject: Mapped[str]
    state: Mapped[str] = mapped_column(default="open")
    ground: Mapped[str]
    size: Mapped[int]
    aside_size: Mapped[int | None]
    proposed_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    __table_args__ = (
        tenant_key("unit_id", "unit"),
        CheckConstraint(f"state in {PROBLEM_STATES}", name="state"),
        CheckConstraint("(unit_id is null) <> (area = '')", name="of_unit_or_area"),
        CheckConstraint("(state = 'aside') = (aside_size is not null)", name="aside_whole"),
        Index("uq_problem_waiting", "tenant_id", "key", unique=True, postgresql_where=sql("state <> 'taken'")),
        Index("ix_problem_updated", "tenant_id", "updated_at"),
    )


class ProblemPetition(TenantOwned, Base):
    """A petition of the group; one that an officer has taken out stays out."""

    __tablename__ = "problem_petition"

    problem_id: Mapped[UUID] = mapped_column(primary_key=True)
    petition_id: Mapped[UUID] = mapped_column(primary_key=True)
    kept: Mapped[bool] = mapped_column(default=True)
    by_hand: Mapped[bool] = mapped_column(default=False)
    added_at: Mapped[datetime]

    __table_args__ = (
        tenant_key("problem_id", "problem"),
        tenant_key("petition_id", "petition"),
        Index("ix_problem_petition_petition", "tenant_id", "petition_id"),
    )


class Finding(TenantOwned, Base):
    """The finding on a problem 共性问题整改建议: to whom it went, what was answered, whether it helped. Moments in UTC."""

    __tablename__ = "finding"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    problem_id: Mapped[UUID]
    addressee_id: Mapped[UUID]
    text: Mapped[str]
    suggestion: Mapped[str]
    state: Mapped[str] = mapped_column(default="drafted")
    letter_id: Mapped[UUID | None]
    report_id: Mapped[UUID | None]
    reported_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    near_at: Mapped[datetime | None]
    near_told_at: Mapped[datetime | None]
    missed_at: Mapped[datetime | None]
    measures: Mapped[str] = mapped_column(default="")
    person: Mapped[str] = mapped_column(default="")
    done_by: Mapped[date | None]
    answered_at: Mapped[datetime | None]
    verdict: Mapped[str | None]
    closed_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("tenant_id", "problem_id"),
        tenant_key("problem_id", "problem"),
        tenant_key("addressee_id", "unit"),
        tenant_key("letter_id", "paper"),
        tenant_key("report_id", "paper"),
        CheckConstraint(f"state in {FINDING_STATES}", name="state"),
        CheckConstraint("(state = 'drafted') = (sent_at is null)", name="sent_whole"),
        CheckConstraint("(sent_at is null) = (due_at is null)", name="due_whole"),
        CheckConstraint("(state = 'closed') = (closed_at is not null and verdict is not null)", name="closed_whole"),
        CheckConstraint(f"verdict in {VERDICTS}", name="verdict"),
        Index("ix_finding_addressee", "tenant_id", "addressee_id", "state"),
        Index("ix_finding_due", "tenant_id", "due_at", postgresql_where=sql("state = 'sent'")),
    )


class ProblemEvent(TenantOwned, Base):
    """Who did what about a problem or its finding, when, in what words."""

    __tablename__ = "problem_event"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    problem_id: Mapped[UUID]
    what: Mapped[str]
    person_id: Mapped[UUID | None]
    name: Mapped[str]
    at: Mapped[datetime]
    text: Mapped[str] = mapped_column(default="")
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)

    __table_args__ = (
        tenant_key("problem_id", "problem"),
        tenant_key("person_id", "person"),
        Index("ix_problem_event_problem", "tenant_id", "problem_id", "id"),
        {"info": {"append_only": True}},
    )
