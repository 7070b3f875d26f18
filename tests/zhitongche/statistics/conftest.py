"""Cases of the real packs whose every act is counted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.support.database import Database
from tests.support.stage import Play
from zhitongche.app import figures
from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel.settings import Settings
from zhitongche.persistence import db, tenant_scope
from zhitongche.tenancy import current, packs

TENANTS = Path(__file__).parents[3] / "tenants"


@pytest.fixture(scope="session")
def counting_app(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The rooms up to casework, with the real packs, counting."""
    app = Flask("counting")
    app.config.update(
        TESTING=True, SQLALCHEMY_DATABASE_URI=database.url, SQLALCHEMY_ENGINE_OPTIONS={"pool_size": 10},
        SETTINGS=Settings(), DATA_DIR=str(tmp_path_factory.mktemp("data")),
    )  # fmt: skip
    db.init_app(app)
    current.init_app(app, packs.load([TENANTS]))
    figures.init_app(app)
    return app


@pytest.fixture
def raoping(counting_app: Flask, tenant_db: Database, clock: kernel_clock.Simulated) -> Iterator[Play]:
    """The monthly-session county, counting."""
    yield from _play(counting_app, "raoping")


@pytest.fixture
def shantou(counting_app: Flask, tenant_db: Database, clock: kernel_clock.Simulated) -> Iterator[Play]:
    """The task-force city, counting."""
    yield from _play(counting_app, "shantou")


def _play(app: Flask, code: str) -> Iterator[Play]:
    with app.app_context(), tenant_scope(code):
        yield Play.open(current.registry()[code])
