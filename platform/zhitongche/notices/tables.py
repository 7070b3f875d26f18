"""The table of notices."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from zhitongche.kernel import clock
from zhitongche.kernel.ids import new_id
from zhitongche.notices.words import STATES
from zhitongche.persistence import Base, TenantOwned
from zhitongche.persistence.keys import tenant_key

_STATES = ", ".join(f"'{state}'" for state in STATES)


class Notice(TenantOwned, Base):
    """One message to one recipient by one channel. Moments in UTC.

    `recipient` is the mobile (sms) or the person's id (site): with `key` it keeps a promise that is relayed
    twice from being told twice. `promised_for` is when it was first due; `due_at` moves with each failure.
    """

    __tablename__ = "notice"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str]
    recipient: Mapped[str]
    channel: Mapped[str]
    petition_id: Mapped[UUID | None]
    paper_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None]
    unit_id: Mapped[UUID | None]
    name: Mapped[str]
    mobile: Mapped[str | None]
    message: Mapped[str]
    text: Mapped[str]
    urgent: Mapped[bool] = mapped_column(default=False)
    digest: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    promised_for: Mapped[datetime]
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    provider: Mapped[str | None]
    receipt: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
    alarmed_at: Mapped[datetime | None]
    merged_into: Mapped[UUID | None]

    __table_args__ = (
        UniqueConstraint("tenant_id", "key", "channel", "recipient"),
        tenant_key("petition_id", "petition"),
        tenant_key("paper_id", "paper"),
        tenant_key("person_id", "person"),
        tenant_key("unit_id", "unit"),
        tenant_key("merged_into", "notice"),
        Index(
            "ix_notice_due",
            "tenant_id",
            "due_at",
            postgresql_where=sql("state in ('queued', 'held', 'sending')"),
        ),
        Index("ix_notice_state", "tenant_id", "state", "created_at"),
        Index("ix_notice_petition", "tenant_id", "petition_id"),
        Index(
            "ix_notice_inbox",
            "tenant_id",
            "person_id",
            "created_at",
            postgresql_where=sql("channel = 'site'"),
        ),
        CheckConstraint("channel in ('sms', 'site')", name="channel"),
        CheckConstraint(f"state in ({_STATES})", name="state"),
        CheckConstraint("channel = 'site' or mobile is not null", name="sms_has_mobile"),
        CheckConstraint(
            "channel = 'sms' or (person_id is not null and state = 'sent')", name="site_has_person"
        ),
        CheckConstraint("channel = 'site' or read_at is null", name="only_site_is_read"),
        CheckConstraint("mobile ~ '^1[3-9][0-9]{9}$'", name="mobile"),
        CheckConstraint("(state = 'sending') = (lease_until is not null)", name="lease_while_sending"),
        CheckConstraint("(state = 'sent') = (sent_at is not null)", name="sent_at"),
        CheckConstraint("(state = 'merged') = (merged_into is not null)", name="merged_into"),
        CheckConstraint("tries >= 0", name="tries"),
    )


class TextOverride(TenantOwned, Base):
    """The administrator's wording of a message, instead of the pack's; every wording ever set is kept.

    The newest of a message counts; `text` None is the return to the pack's own words.
    """

    __tablename__ = "text_override"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    message: Mapped[str]
    text: Mapped[str | None]
    set_by: Mapped[UUID | None]
    set_at: Mapped[datetime] = mapped_column(default=clock.now)

    __table_args__ = (
        tenant_key("set_by", "person"),
        Index("ix_text_override_message", "tenant_id", "message", "id"),
        CheckConstraint("text <> ''", name="text"),
        {"info": {"append_only": True}},
    )
