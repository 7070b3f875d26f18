"""Seals 存证: our own roots over the journal, what each covers, and the neighbours' that we keep. Evidence; moments in UTC."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from zhitongche.persistence import Base, TenantOwned


class BridgeSeal(TenantOwned, Base):
    """A seal of ours over `entries` new entries; `digest` is by what the next one names it, `kept_by` who has taken it."""

    __tablename__ = "bridge_seal"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[bytes]
    previous: Mapped[bytes]
    root: Mapped[bytes]
    entries: Mapped[int]
    since: Mapped[datetime | None]
    sealed_at: Mapped[datetime]
    envelope: Mapped[bytes]
    kept_by: Mapped[list[str]]

    __table_args__ = (
        CheckConstraint("number > 0 and entries > 0", name="numbers"),
        CheckConstraint("octet_length(root) = 32 and octet_length(digest) = 32 and octet_length(previous) = 32", name="hashes"),
    )


class BridgeSealSpan(TenantOwned, Base):
    """Which entries of a petition a seal covers: `first` to `last`, whose last hash is `head`."""

    __tablename__ = "bridge_seal_span"

    petition_id: Mapped[UUID] = mapped_column(primary_key=True)
    first: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]
    number: Mapped[int]
    head: Mapped[bytes]

    __table_args__ = (
        CheckConstraint("first > 0 and last >= first", name="span"),
        CheckConstraint("octet_length(head) = 32", name="head"),
        Index("ix_bridge_seal_span_number", "tenant_id", "number", "petition_id"),
    )


class BridgeKeptSeal(TenantOwned, Base):
    """A neighbour's seal, as it came; nothing takes its place."""

    __tablename__ = "bridge_kept_seal"

    peer: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[bytes]
    envelope: Mapped[bytes]
    received_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("octet_length(digest) = 32", name="digest"),
        {"info": {"append_only": True}},
    )
