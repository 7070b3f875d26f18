"""Foreign keys that cannot leave the tenant: `tenant_id` comes first in every one."""

from sqlalchemy import ForeignKeyConstraint


def tenant_key(column: str, table: str, *, target: str = "id") -> ForeignKeyConstraint:
    """A foreign key from `(tenant_id, column)` to `(tenant_id, target)` of the table."""
    return ForeignKeyConstraint(["tenant_id", column], [f"{table}.tenant_id", f"{table}.{target}"])
