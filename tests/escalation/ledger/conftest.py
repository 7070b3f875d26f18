"""The books of `alpha`, which writes to `beta`, in PostgreSQL, with connections that race."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from escalation.ledger.books import SqlBooks
from tests.escalation.protocol import sides
from tests.escalation.protocol.sides import Side
from tests.support.processes import PATIENCE
from zhitongche.persistence import tenant_scope, unit_of_work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from escalation.protocol.books import Books
    from tests.support.database import Database
    from zhitongche.kernel.clock import Simulated
    from zhitongche.persistence import TenantSession

_WAITING = text("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")


@pytest.fixture
def below(session: TenantSession, clock: Simulated) -> Side:
    """Sends."""
    return _side("alpha")


@pytest.fixture
def above(session: TenantSession, clock: Simulated) -> Side:
    """Receives."""
    return _side("beta")


@pytest.fixture
def until_waiting(tenant_db: Database) -> Callable[[], None]:
    """Returns when another connection stands before a lock: the race is on."""

    def wait() -> None:
        until = time.monotonic() + PATIENCE
        with tenant_db.superuser.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            while not connection.scalar(_WAITING):
                assert time.monotonic() < until, "nobody waits for a lock"
                time.sleep(0.02)

    return wait


def _side(code: str) -> Side:
    @contextmanager
    def act() -> Iterator[Books]:
        with tenant_scope(code), unit_of_work():
            yield SqlBooks()

    def backup() -> Callable[[], None]:
        raise NotImplementedError

    return sides.side(code, act, backup)
