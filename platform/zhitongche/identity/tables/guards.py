"""What guards the doors: codes by SMS, counters, and the log of sign-ins."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from zhitongche.identity.tables import checks
from zhitongche.kernel import clock
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import Base, TenantOwned
from zhitongche.persistence.keys import tenant_key

PURPOSES = ("register", "sign_in", "reset", "change")
MAX_TRIES = 5


class SmsCode(TenantOwned, Base):
    """A code sent by SMS (短信验证码), kept as a hash, good for one use within minutes. Moments in UTC."""

    __tablename__ = "sms_code"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    mobile: Mapped[str]
    purpose: Mapped[str]
    code_hash: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_sms_code_mobile", "tenant_id", "mobile", "purpose", "created_at"),
        checks.mobile("mobile"),
        checks.one_of("purpose", PURPOSES),
        CheckConstraint("expires_at > created_at", name="expires_later"),
        CheckConstraint(f"tries between 0 and {MAX_TRIES}", name="tries"),
    )


class RateCounter(TenantOwned, Base):
    """How often something was tried within one window; `key` is a hash, so that no name or number is kept."""

    __tablename__ = "rate_counter"

    kind: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    window_start: Mapped[datetime] = mapped_column(primary_key=True)
    count: Mapped[int]

    __table_args__ = (
        Index("ix_rate_counter_window_start", "tenant_id", "window_start"),
        CheckConstraint("count > 0", name="count"),
    )


class SignInLog(TenantOwned, Base):
    """What happened at the door (登录日志), never changed: who, if known, from which address, when (UTC)."""

    __tablename__ = "sign_in_log"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    event: Mapped[str]
    person_id: Mapped[UUID | None]
    by_id: Mapped[UUID | None]
    address: Mapped[str | None]

    __table_args__ = (
        tenant_key("person_id", "person"),
        tenant_key("by_id", "person"),
        Index("ix_sign_in_log_at", "tenant_id", "at"),
        Index("ix_sign_in_log_person", "tenant_id", "person_id", "at"),
        checks.one_of(
            "event",
            (
                "signed_in",
                "denied",
                "limited",
                "password_changed",
                "password_reset",
                "deactivated",
                "activated",
                "calendar_opened",
                "calendar_closed",
            ),
        ),
        {"info": {"append_only": True}},
    )
