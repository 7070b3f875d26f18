"""The database: base, tenant scope, row-level security, unit of work. Floor 2."""

from zhitongche.persistence.base import Base, TenantOwned, db
from zhitongche.persistence.scope import NoTenant, current_tenant, tenant_or_none, tenant_scope
from zhitongche.persistence.session import ForeignTenant, TenantSession
from zhitongche.persistence.types import Json, UtcDateTime
from zhitongche.persistence.unit_of_work import unit_of_work

__all__ = [
    "Base",
    "ForeignTenant",
    "Json",
    "NoTenant",
    "TenantOwned",
    "TenantSession",
    "UtcDateTime",
    "current_tenant",
    "db",
    "tenant_or_none",
    "tenant_scope",
    "unit_of_work",
]
