"""The declarative base, and the mark of what belongs to a tenant."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import LargeBinary, MetaData, Table, Text, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from zhitongche.persistence.scope import current_tenant
from zhitongche.persistence.types import Json, UtcDateTime

NAMES = {
    "pk": "pk_%(table_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


class Base(DeclarativeBase):
    """Every table. `__table_args__ = {"info": …}` may say `append_only` (insert and read only)
    or `shared` (why the table belongs to no tenant), `upward` what those above all tenants may read of it."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text,
        bytes: LargeBinary,
        datetime: UtcDateTime,
        UUID: Uuid,
        dict[str, Any]: Json,
        list[Any]: Json,
        list[str]: Json,
    }


class TenantOwned:
    """Belongs to one tenant: `tenant_id` (the pack's code) comes first, in the primary key too."""

    # Filled from the session's own tenant; the default serves inserts that bypass the ORM.
    tenant_id: Mapped[str] = mapped_column(primary_key=True, sort_order=-100, default=current_tenant)


def is_tenant_owned(table: Table) -> bool:
    """Whether the table's rows belong to tenants."""
    return "tenant_id" in table.columns
