"""People, and who stands in for whom."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from zhitongche.identity.tables import checks
from zhitongche.kernel import clock
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import Base, TenantOwned
from zhitongche.persistence.keys import tenant_key


class Person(TenantOwned, Base):
    """An account: an official (经办人员) with a login, or an enterprise's person (企业人员) with a mobile.

    `session_epoch` counts up to end every session at once; `notices_digest` asks for one SMS a day;
    `calendar_key` is what the secret address of the own calendar is signed with, None where there is no address.
    """

    __tablename__ = "person"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    login: Mapped[str | None]
    name: Mapped[str]
    mobile: Mapped[str | None]
    password_hash: Mapped[str | None]
    unit_id: Mapped[UUID | None]
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    title: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    must_change_password: Mapped[bool] = mapped_column(default=False)
    notices_digest: Mapped[bool] = mapped_column(default=True)
    calendar_key: Mapped[str | None]
    session_epoch: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    __table_args__ = (
        UniqueConstraint("tenant_id", "login"),
        tenant_key("unit_id", "unit"),
        Index("ix_person_unit", "tenant_id", "unit_id"),
        Index(
            "uq_person_mobile",
            "tenant_id",
            "mobile",
            unique=True,
            postgresql_where=text("kind = 'enterprise'"),
        ),
        checks.one_of("kind", ("official", "enterprise")),
        checks.filled("name"),
        checks.known_roles(),
        checks.mobile("mobile"),
        CheckConstraint("login ~ '^[a-z0-9][a-z0-9._-]{1,31}$'", name="login"),
        CheckConstraint("password_hash like '$argon2id$%'", name="password_hash"),
        CheckConstraint("(kind = 'official') = (login is not null)", name="official_has_login"),
        CheckConstraint(
            "kind = 'official' or (mobile is not null and unit_id is null and roles = '{}')",
            name="enterprise_has_mobile",
        ),
        CheckConstraint("unit_id is not null or not 'handler' = any(roles)", name="handler_has_unit"),
    )


class StandIn(TenantOwned, Base):
    """One person stands in for another (代理) from `since` until `until` or `ended_at`, all UTC; kept for ever."""

    __tablename__ = "stand_in"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    absent_id: Mapped[UUID]
    stand_in_id: Mapped[UUID]
    since: Mapped[datetime]
    until: Mapped[datetime]
    reason: Mapped[str]
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[UUID | None]

    __table_args__ = (
        tenant_key("absent_id", "person"),
        tenant_key("stand_in_id", "person"),
        tenant_key("created_by", "person"),
        tenant_key("ended_by", "person"),
        Index("ix_stand_in_absent", "tenant_id", "absent_id", "until"),
        Index("ix_stand_in_stand_in", "tenant_id", "stand_in_id", "until"),
        checks.filled("reason"),
        CheckConstraint("until > since", name="until_after_since"),
        CheckConstraint("absent_id <> stand_in_id", name="two_people"),
        CheckConstraint("(ended_at is null) = (ended_by is null)", name="ended_by_someone"),
    )
