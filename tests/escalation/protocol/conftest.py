"""The protocol's tests run twice: on books in dictionaries and on books in PostgreSQL."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import delete, insert, select

from escalation.ledger import tables
from escalation.ledger.books import SqlBooks
from escalation.protocol.books import Books
from tests.escalation.protocol import sides
from tests.escalation.protocol.sides import Side
from zhitongche.kernel.clock import Simulated
from zhitongche.persistence import Base, db, tenant_scope, unit_of_work

Make = Callable[[str], Side]
# Those that the protocol keeps: its books.
BOOKS = (tables.BridgeStream, tables.BridgeOutgoing, tables.BridgeIncoming, tables.BridgeHeld, tables.BridgePeer, tables.BridgeEpoch)
TABLES = [Base.metadata.tables[book.__tablename__] for book in BOOKS]


@pytest.fixture(params=["memory", "postgresql"])
def make(request: pytest.FixtureRequest, clock: Simulated) -> Make:
    """Makes a tenant by its code."""
    if request.param == "memory":
        return sides.memory
    request.getfixturevalue("session")
    return _in_postgresql


@pytest.fixture
def below(make: Make) -> Side:
    """Sends."""
    return make("alpha")


@pytest.fixture
def above(make: Make) -> Side:
    """Receives."""
    return make("beta")


def _in_postgresql(code: str) -> Side:
    @contextmanager
    def act() -> Iterator[Books]:
        with tenant_scope(code), unit_of_work():
            yield SqlBooks()

    def backup() -> Callable[[], None]:
        with tenant_scope(code), unit_of_work():
            kept = [(table, [dict(row) for row in db.session.execute(select(table)).mappings()]) for table in TABLES]

        def restore() -> None:
            with tenant_scope(code), unit_of_work():
                for table, rows in kept:
                    db.session.execute(delete(table))
                    if rows:
                        db.session.execute(insert(table), rows)

        return restore

    return sides.side(code, act, backup)
