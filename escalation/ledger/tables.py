"""Tables of this room. Envelopes and receipts are evidence: nothing deletes them. Moments in UTC."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from zhitongche.persistence import Base, TenantOwned

_PENDING = text("pending")
_UNRELEASED = text("released_at is null")


class BridgeStream(TenantOwned, Base):
    """One case in one direction with one peer; see `protocol.rows.Stream`. Locked by whoever numbers or applies."""

    __tablename__ = "bridge_stream"

    peer: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[UUID] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(primary_key=True)
    runs: Mapped[list[Any]]
    last: Mapped[int]
    placed: Mapped[int]
    applied: Mapped[int]
    waiting: Mapped[int]
    gap_at: Mapped[datetime | None]
    stopped: Mapped[bool]
    bucket: Mapped[int]
    # Written with the runs, so that a comparison adds up one index.
    mark: Mapped[int | None] = mapped_column(BigInteger)

    __table_args__ = (
        CheckConstraint("direction in ('out', 'in')", name="direction"),
        CheckConstraint("bucket between 0 and 255", name="bucket"),
        CheckConstraint("applied <= placed and waiting >= 0", name="counts"),
        CheckConstraint("(waiting > 0) = (gap_at is not null)", name="gap_whole"),
        Index("ix_bridge_stream_compared", "tenant_id", "peer", "direction", "bucket", "subject", postgresql_include=["mark"], postgresql_where=text("mark is not null")),
        Index("ix_bridge_stream_gap", "tenant_id", "gap_at", postgresql_where=text("gap_at is not null")),
        Index("ix_bridge_stream_stopped", "tenant_id", "peer", postgresql_where=text("stopped")),
    )  # fmt: skip


class BridgeOutgoing(TenantOwned, Base):
    """A message of ours and its receipt; see `protocol.rows.Outgoing`."""

    __tablename__ = "bridge_outgoing"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    peer: Mapped[str]
    subject: Mapped[UUID]
    epoch: Mapped[int] = mapped_column(BigInteger)
    sequence: Mapped[int]
    since: Mapped[int]
    type: Mapped[str]
    digest: Mapped[bytes]
    envelope: Mapped[bytes]
    emitted_at: Mapped[datetime]
    due_at: Mapped[datetime]
    pending: Mapped[bool]
    tries: Mapped[int]
    lease_until: Mapped[datetime | None]
    last_error: Mapped[str | None]
    receipt: Mapped[bytes | None]
    receipted_at: Mapped[datetime | None]
    receipts: Mapped[int]
    reissued_as: Mapped[UUID | None]
    recovered_at: Mapped[datetime | None]
    # When a person was told that it has no receipt.
    alarmed_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("sequence >= since and since > 0 and tries >= 0", name="numbers"),
        CheckConstraint("(receipt is null) = (receipted_at is null)", name="receipted_whole"),
        CheckConstraint("pending or receipt is not null or reissued_as is not null", name="never_given_up"),
        Index("uq_bridge_outgoing_number", "tenant_id", "peer", "subject", "epoch", "sequence", unique=True, postgresql_where=text("reissued_as is null")),
        Index("ix_bridge_outgoing_due", "tenant_id", "peer", "due_at", postgresql_where=_PENDING),
        Index("ix_bridge_outgoing_first", "tenant_id", "peer", "subject", "epoch", "sequence", postgresql_where=_PENDING),
        Index("ix_bridge_outgoing_receipted", "tenant_id", "receipted_at", postgresql_where=text("receipted_at is not null")),
        Index("ix_bridge_outgoing_unreceipted", "tenant_id", "emitted_at", postgresql_where=text("receipted_at is null and reissued_as is null")),
    )  # fmt: skip


class BridgeIncoming(TenantOwned, Base):
    """A message of a peer and the receipt given for it; see `protocol.rows.Incoming`."""

    __tablename__ = "bridge_incoming"

    peer: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    subject: Mapped[UUID]
    epoch: Mapped[int] = mapped_column(BigInteger)
    sequence: Mapped[int]
    since: Mapped[int]
    type: Mapped[str]
    digest: Mapped[bytes]
    envelope: Mapped[bytes]
    receipt: Mapped[bytes]
    received_at: Mapped[datetime]
    place: Mapped[int | None]
    applied_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("applied_at is null or coalesce(place, 0) > 0", name="applied_in_place"),
        Index("uq_bridge_incoming_number", "tenant_id", "peer", "subject", "epoch", "sequence", unique=True),
        Index("uq_bridge_incoming_place", "tenant_id", "peer", "subject", "place", unique=True, postgresql_where=text("place > 0")),
        Index("ix_bridge_incoming_waiting", "tenant_id", "peer", "subject", postgresql_where=text("place is null")),
        Index("ix_bridge_incoming_unapplied", "tenant_id", "peer", "subject", "place", postgresql_where=text("place > 0 and applied_at is null")),
    )  # fmt: skip


class BridgeHeld(TenantOwned, Base):
    """Quarantine 隔离; see `protocol.rows.Held`."""

    __tablename__ = "bridge_held"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    peer: Mapped[str]
    reason: Mapped[str]
    digest: Mapped[bytes]
    content: Mapped[bytes]
    at: Mapped[datetime]
    message: Mapped[UUID | None]
    detail: Mapped[str]
    times: Mapped[int]
    released_at: Mapped[datetime | None]
    released_by: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("octet_length(content) <= 65536", name="content_size"),
        CheckConstraint("(released_at is null) = (released_by is null)", name="released_whole"),
        Index("uq_bridge_held_once", "tenant_id", "peer", "reason", "digest", unique=True, postgresql_where=_UNRELEASED),
        Index("ix_bridge_held_open", "tenant_id", "at", postgresql_where=_UNRELEASED),
    )  # fmt: skip


class BridgePeer(TenantOwned, Base):
    """How it stands with a neighbour; see `protocol.rows.Peer`."""

    __tablename__ = "bridge_peer"

    code: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    paused_until: Mapped[datetime | None]
    last_contact: Mapped[datetime | None]
    last_error: Mapped[str | None]
    compared_at: Mapped[datetime | None]
    differences: Mapped[int | None]
    seen_epoch: Mapped[int] = mapped_column(BigInteger)


class BridgeEpoch(TenantOwned, Base):
    """An epoch of this tenant's database: first, or taken after it was found to be restored."""

    __tablename__ = "bridge_epoch"

    epoch: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    why: Mapped[str]
    taken_at: Mapped[datetime]


class BridgeNonce(TenantOwned, Base):
    """A nonce of a hop's signature that was used; may go when it has expired."""

    __tablename__ = "bridge_nonce"

    keyid: Mapped[str] = mapped_column(primary_key=True)
    nonce: Mapped[str] = mapped_column(primary_key=True)
    expires_at: Mapped[datetime]

    __table_args__ = (Index("ix_bridge_nonce_expires", "tenant_id", "expires_at"),)


class BridgeAct(TenantOwned, Base):
    """What a person decided at the bridge's desk, and why; insert and read only. No person where it was done on the command line."""

    __tablename__ = "bridge_act"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    person_id: Mapped[UUID | None]
    name: Mapped[str]
    deed: Mapped[str]
    peer: Mapped[str]
    # The id of what it was done to: a message, something in quarantine, a key.
    about: Mapped[str]
    reason: Mapped[str]

    __table_args__ = ({"info": {"append_only": True}},)
