"""Tables of this room; no other room touches them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhitongche.persistence import Base, TenantOwned


class DossierKey(TenantOwned, Base):
    """The key of a petition's dossier 案卷密钥, and the tail of its chain; erasing the key erases the content."""

    __tablename__ = "dossier_key"
    __table_args__ = (
        CheckConstraint("octet_length(key) = 32", "length"),
        CheckConstraint("(key is null) = (erased_at is not null)", "erased"),
        CheckConstraint("tail_seq >= 0 and octet_length(tail_hash) = 32", "tail"),
    )

    petition_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[bytes | None]
    erased_at: Mapped[datetime | None]
    tail_seq: Mapped[int]
    tail_hash: Mapped[bytes]


class JournalEntry(TenantOwned, Base):
    """One step of a petition 办理记录: who did what, by which clause; insert and read only."""

    __tablename__ = "journal_entry"
    __table_args__ = (
        UniqueConstraint("tenant_id", "id"),
        Index(None, "tenant_id", "at"),
        CheckConstraint("seq > 0", "seq"),
        CheckConstraint("actor_kind in ('enterprise', 'official', 'system')", "actor_kind"),
        CheckConstraint("octet_length(prev_hash) = 32 and octet_length(hash) = 32", "hashes"),
        {"info": {"append_only": True}},
    )

    petition_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[UUID]
    at: Mapped[datetime]
    action: Mapped[str]
    actor_kind: Mapped[str]
    actor_id: Mapped[UUID | None]
    unit_id: Mapped[UUID | None]
    on_behalf_of: Mapped[UUID | None]
    clause: Mapped[str | None]
    from_stage: Mapped[str | None]
    to_stage: Mapped[str | None]
    body: Mapped[bytes]
    prev_hash: Mapped[bytes]
    hash: Mapped[bytes]
