"""The units of a tenant."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from zhitongche.identity.tables import checks
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import Base, TenantOwned


class Unit(TenantOwned, Base):
    """A body that handles petitions (单位): a department, a town, an office. ST-1.2, ST-1.3.

    Name, kind and roles come from the pack; the contact (联络人) is the unit's own once it has
    confirmed it (`contact_confirmed_at`, UTC). RP-2.3.n.
    """

    __tablename__ = "unit"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str]
    name: Mapped[str]
    short: Mapped[str]
    kind: Mapped[str]
    level: Mapped[str | None]
    area: Mapped[str | None]
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    contact_name: Mapped[str | None]
    contact_mobile: Mapped[str | None]
    contact_phone: Mapped[str | None]
    contact_confirmed_at: Mapped[datetime | None]
    active: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        UniqueConstraint("tenant_id", "code"),
        Index("ix_unit_position", "tenant_id", "position"),
        checks.filled("name"),
        checks.known_roles(),
        checks.mobile("contact_mobile"),
        CheckConstraint(
            "contact_confirmed_at is null or contact_mobile is not null", name="confirmed_contact"
        ),
    )
