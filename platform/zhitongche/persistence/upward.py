"""Reading above all tenants: sums only, as the role zt_province, for one transaction."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import text

from zhitongche.persistence.base import db
from zhitongche.persistence.roles import PROVINCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

# Read only as well: whoever looks from above changes nothing below.
_BECOME = (text("set transaction read only"), text(f"set local role {PROVINCE}"))


@contextmanager
def as_province() -> Iterator[Connection]:
    """A connection of its own that can read every tenant's sums and nothing else; the role ends with the transaction."""
    with db.engine.begin() as connection:
        for statement in _BECOME:
            connection.execute(statement)
        yield connection
