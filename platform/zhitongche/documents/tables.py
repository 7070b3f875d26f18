"""Papers in hand, what was done to them, and what was issued; the last two only grow."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from zhitongche.documents.dossier.tables import DossierItem, DossierJob
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import Base, TenantOwned
from zhitongche.persistence.keys import tenant_key

__all__ = ["STATES", "DossierItem", "DossierJob", "Paper", "PaperEvent", "PaperFile", "PaperIssue"]

STATES = ("draft", "reviewing", "approving", "approved", "issued")


class Paper(TenantOwned, Base):
    """A paper 公文 on its way. What it says moves to `paper_issue` when it is issued, and is here no more."""

    __tablename__ = "paper"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    about_kind: Mapped[str]
    about_id: Mapped[str]
    petition_id: Mapped[UUID | None]
    key: Mapped[str | None]
    pack_version: Mapped[str]
    state: Mapped[str] = mapped_column(default="draft")
    content: Mapped[dict[str, Any] | None]
    number: Mapped[str | None]
    replaces: Mapped[UUID | None]
    drafted_by: Mapped[UUID | None]
    drafted_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("tenant_id", "key"),
        tenant_key("petition_id", "petition"),
        tenant_key("drafted_by", "person"),
        tenant_key("replaces", "paper"),
        CheckConstraint(f"state in {STATES}", name="state"),
        CheckConstraint("(state = 'issued') = (content is null)", name="issued_says_it_elsewhere"),
        CheckConstraint("about_kind in ('petition', 'meeting', 'month', 'week', 'urging', 'finding')", name="about_kind"),
        CheckConstraint("(about_kind = 'petition') = (petition_id is not null)", name="about_petition"),
        Index("ix_paper_about", "tenant_id", "about_kind", "about_id", "id"),
        Index("ix_paper_open", "tenant_id", "kind", "state", postgresql_where=text("state <> 'issued'")),
    )


class PaperEvent(TenantOwned, Base):
    """One step of a paper: who did what when, with what opinion."""

    __tablename__ = "paper_event"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    paper_id: Mapped[UUID]
    what: Mapped[str]
    person_id: Mapped[UUID | None]
    name: Mapped[str]
    at: Mapped[datetime]
    opinion: Mapped[str] = mapped_column(default="")

    __table_args__ = (
        tenant_key("paper_id", "paper"),
        tenant_key("person_id", "person"),
        Index("ix_paper_event_paper", "tenant_id", "paper_id", "id"),
        {"info": {"append_only": True}},
    )


class PaperIssue(TenantOwned, Base):
    """An issued paper: it never changes, the program has no right to; another paper may supersede it, once."""

    __tablename__ = "paper_issue"

    paper_id: Mapped[UUID] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]
    number: Mapped[str | None]
    supersedes: Mapped[UUID | None]
    issued_by: Mapped[UUID | None]
    issued_at: Mapped[datetime]

    __table_args__ = (
        tenant_key("paper_id", "paper"),
        tenant_key("supersedes", "paper"),
        tenant_key("issued_by", "person"),
        UniqueConstraint("tenant_id", "supersedes"),
        UniqueConstraint("tenant_id", "number"),
        CheckConstraint("supersedes is null or supersedes <> paper_id", name="another"),
        {"info": {"append_only": True}},
    )


class PaperFile(TenantOwned, Base):
    """The archived original of an issued paper in one format; the bytes lie under the tenant's folder by id."""

    __tablename__ = "paper_file"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    paper_id: Mapped[UUID]
    form: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    at: Mapped[datetime]

    __table_args__ = (
        tenant_key("paper_id", "paper"),
        UniqueConstraint("tenant_id", "paper_id", "form"),
        CheckConstraint("form in ('pdf', 'docx')", name="form"),
        CheckConstraint("size > 0", name="size"),
        {"info": {"append_only": True}},
    )
