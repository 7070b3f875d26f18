"""The handle on the database that every room uses."""

from zhitongche.persistence import belt
from zhitongche.persistence.owned import Base, TenantOwned, is_tenant_owned
from zhitongche.persistence.pool import WatchfulPool
from zhitongche.persistence.session import TenantDatabase, TenantSession, scope_key

belt.put_on()
db = TenantDatabase(
    metadata=Base.metadata,
    disable_autonaming=True,
    session_options={"class_": TenantSession, "scopefunc": scope_key},
    engine_options={"poolclass": WatchfulPool},
)

__all__ = ["Base", "TenantOwned", "db", "is_tenant_owned"]
