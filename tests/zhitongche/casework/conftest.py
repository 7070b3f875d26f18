"""Cases of the two real packs, on a real database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.support.database import Database
from tests.support.stage import Play
from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel.settings import Settings
from zhitongche.persistence import db, tenant_scope
from zhitongche.tenancy import current, packs

TENANTS = Path(__file__).parents[3] / "tenants"


@pytest.fixture(scope="session")
def case_app(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The rooms up to casework, with the real packs."""
    app = Flask("casework")
    app.config.update(
        TESTING=True, SQLALCHEMY_DATABASE_URI=database.url, SQLALCHEMY_ENGINE_OPTIONS={"pool_size": 10},
        SETTINGS=Settings(), DATA_DIR=str(tmp_path_factory.mktemp("data")),
    )  # fmt: skip
    db.init_app(app)
    current.init_app(app, packs.load([TENANTS]))
    return app


@pytest.fixture
def raoping(case_app: Flask, tenant_db: Database, clock: kernel_clock.Simulated) -> Iterator[Play]:
    """The monthly-session county."""
    yield from _play(case_app, "raoping")


@pytest.fixture
def shantou(case_app: Flask, tenant_db: Database, clock: kernel_clock.Simulated) -> Iterator[Play]:
    """The task-force city."""
    yield from _play(case_app, "shantou")


@pytest.fixture
def chaozhou(case_app: Flask, tenant_db: Database, clock: kernel_clock.Simulated) -> Iterator[Play]:
    """The city above the county."""
    yield from _play(case_app, "chaozhou")


@pytest.fixture
def chenghai(case_app: Flask, tenant_db: Database, clock: kernel_clock.Simulated) -> Iterator[Play]:
    """The district below the task-force city."""
    yield from _play(case_app, "chenghai")


@pytest.fixture
def huanggang(case_app: Flask, tenant_db: Database, clock: kernel_clock.Simulated) -> Iterator[Play]:
    """The town under the county's portal."""
    yield from _play(case_app, "huanggang")


def _play(app: Flask, code: str) -> Iterator[Play]:
    with app.app_context(), tenant_scope(code):
        yield Play.open(current.registry()[code])
