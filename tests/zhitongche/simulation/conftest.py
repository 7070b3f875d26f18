"""A place that no tenant is, and chance that repeats itself."""

import shutil
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from flask import Flask

from tests.support import database as databases
from tests.support.database import Database
from zhitongche.kernel.settings import Settings
from zhitongche.persistence import db
from zhitongche.simulation import isolation
from zhitongche.simulation.enterprises import Place
from zhitongche.simulation.grammar import load
from zhitongche.simulation.isolation import Fingerprint
from zhitongche.simulation.run import Ran, period, simulate
from zhitongche.tenancy import current, new, packs


@pytest.fixture
def rng() -> Random:
    return Random(20260101)


@pytest.fixture(scope="session")
def place() -> Place:
    return Place(
        "东岭县",
        "449922",
        tuple(load("trades")),
        ("浮山镇", "清溪镇", "城南街道", "北寨乡", "临港区"),
        {"临港区": "449923"},
    )


TENANTS = Path(__file__).parents[3] / "tenants"
THIRD = "nanling"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real packs and a third county of a few lines."""
    folder = tmp_path_factory.mktemp("packs") / "tenants"
    shutil.copytree(TENANTS, folder)
    new.create(THIRD, "raoping", "南岭县", folder)
    return folder


def app_on(database: Database, folder: Path) -> Flask:
    """What a simulation needs of the application, up to the worker."""
    app = Flask("simulated")
    app.config.update(
        TESTING=True, SQLALCHEMY_DATABASE_URI=database.url, SQLALCHEMY_ENGINE_OPTIONS={"pool_size": 10},
        DATA_DIR=str(folder.parent), SETTINGS=Settings(tenants_dirs=(folder,)), SECRET_KEY="only for tests",
    )  # fmt: skip
    db.init_app(app)
    current.init_app(app, packs.load([folder]))
    return app


@pytest.fixture(scope="session")
def sim_database(server: str) -> Database:
    """A database of its own, so that what was simulated once serves many tests."""
    return databases.build(server, "zhitongche_simulated")


@pytest.fixture(scope="session")
def sim_app(sim_database: Database, folder: Path) -> Flask:
    """The application of the simulations that many tests look at; they change nothing, or put it right again."""
    return app_on(sim_database, folder)


@pytest.fixture
def empty_app(tenant_db: Database, folder: Path) -> Flask:
    """The application on an empty database."""
    return app_on(tenant_db, folder)


@dataclass(frozen=True)
class Lived:
    """A tenant that was simulated, its last moment, and the others as they were before."""

    tenant: str
    last: datetime
    ran: Ran
    before: Fingerprint


def live(app: Flask, tenant: str, petitions: int, days: int, seed: int = 7) -> Lived:
    """A small simulation in the spring of 2026."""
    first, last = period(date(2026, 3, 2), date(2026, 3, 2) + timedelta(days=days))
    with app.app_context():
        before = isolation.fingerprint(tenant)
        ran = simulate(app, tenant, first, last, petitions=petitions, seed=seed)
    return Lived(tenant, last, ran, before)


@pytest.fixture(scope="session")
def lived(sim_app: Flask) -> dict[str, Lived]:
    """All three tenants, one after the other; each finds the others there already."""
    return {code: live(sim_app, code, count, days) for code, count, days in (("raoping", 12, 45), ("shantou", 7, 28), (THIRD, 4, 20))}
