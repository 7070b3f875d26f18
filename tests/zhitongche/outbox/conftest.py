from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from tests.support.database import Database

Rows = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def rows(tenant_db: Database) -> Rows:
    """What stands in the table, seen from outside any transaction of the test."""
    query = text("select * from outbox order by created_at, id")

    def look() -> list[dict[str, Any]]:
        with tenant_db.superuser.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    return look
