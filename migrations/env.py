"""Alembic's environment: online only, over the connection that `persistence.migrate` hands in."""

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy.dialects.postgresql import JSONB

from zhitongche.persistence import models
from zhitongche.persistence.types import UtcDateTime


def render_item(kind: str, thing: object, autogen: AutogenContext) -> str | bool:
    """Write our column types as plain ones: an old migration must not depend on present code."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, JSONB):
        autogen.imports.add("from sqlalchemy.dialects import postgresql")
        return "postgresql.JSONB()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=models.load(),
    render_item=render_item,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
