"""Fixtures that every room's tests may ask for."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from hypothesis import settings

from tests.support import database as databases
from tests.support.database import Database
from tests.support.processes import PATIENCE
from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel.settings import Settings, bundled
from zhitongche.persistence import TenantSession, db, tenant_scope

# No test is a stopwatch, and CI's verdict must not depend on luck; everywhere else each run explores anew.
settings.register_profile("zhitongche", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("zhitongche")

FIRST = "escalation/federation"
"""One file of minutes: begun last it would keep one process waiting for the other."""
LAST = ("reliability/test_kills", "e2e/test_month", "reliability", "e2e")
"""Whole products and browsers: not beside the first, which starts three products; the longest of them first."""
ALPHA = "alpha"
BETA = "beta"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In an order that keeps two processes busy to the end without asking too much of two cores at once."""
    root = Path(__file__).parent

    def turn(item: pytest.Item) -> int:
        place = item.path.relative_to(root).as_posix()
        if place.startswith(FIRST):
            return -1
        return next((number for number, last in enumerate(LAST, 1) if place.startswith(last)), 0)

    items.sort(key=turn)


@pytest.fixture(scope="session", autouse=True)
def shipped_hasher() -> Iterator[PasswordHasher]:
    """What hashes passwords outside of tests; in every test the same algorithm does it at the least cost."""
    from zhitongche.identity import passwords

    shipped = passwords._hasher
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    yield shipped
    passwords._hasher = shipped


@pytest.fixture(scope="session", autouse=True)
def patient_relay() -> None:
    """Where a test relays by hand, it goes on until nothing is left: a busy machine sets papers for longer than the worker's turn."""
    from zhitongche.outbox import relaying

    relaying.relay.__defaults__ = (timedelta(seconds=PATIENCE),)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The administrator's URL of a real PostgreSQL server, one per test process."""
    with databases.server() as url:
        yield url


@pytest.fixture(scope="session")
def database(server: str) -> Database:
    """The database of this test process, with all tables; its rows outlive a test: ask for `tenant_db`."""
    return databases.build(server)


@pytest.fixture
def tenant_db(database: Database) -> Iterator[Database]:
    """The database, emptied after the test: commit, start threads and workers as you like."""
    yield database
    database.wipe()


@pytest.fixture(scope="session")
def bare_app(database: Database) -> Flask:
    """The least application that has the database: for the rooms below the screens."""
    return _bare_app(database.url)


@pytest.fixture
def session(bare_app: Flask, tenant_db: Database) -> Iterator[TenantSession]:
    """The session of tenant `alpha`, inside an application context; may commit."""
    with bare_app.app_context(), tenant_scope(ALPHA):
        yield db.session()


@pytest.fixture(scope="session")
def served_app(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application as it is served, with the real packs."""
    # Here, since the ground floor's tests need not wait for all of it.
    from zhitongche.app.factory import create_app

    settings = Settings(
        database_url=database.url, secret_key="for tests only, forty characters or more",
        data_dir=tmp_path_factory.mktemp("data"), tenants_dirs=(bundled("tenants"),), environment="test",
    )  # fmt: skip
    return create_app(settings)


@pytest.fixture
def clock() -> Iterator[kernel_clock.Simulated]:
    """A simulated clock, standing at Friday 2026-03-06 10:00 in China until moved."""
    with kernel_clock.at(datetime(2026, 3, 6, 2, tzinfo=UTC)) as simulated:
        yield simulated


@pytest.fixture
def other_process(database: Database) -> Callable[[], Flask]:
    """Another application on the same database, with connections of its own."""
    return lambda: _bare_app(database.url)


def _bare_app(url: str) -> Flask:
    app = Flask("bare")
    app.config.update(TESTING=True, SQLALCHEMY_DATABASE_URI=url, SQLALCHEMY_ENGINE_OPTIONS={"pool_size": 20})
    db.init_app(app)
    return app
