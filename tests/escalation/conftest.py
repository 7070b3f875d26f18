"""Levels of government on one installation, with the bridge between them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.escalation import far as fars
from tests.escalation.far import Far
from tests.escalation.levels import Levels
from tests.support import database as databases
from tests.support.database import Database
from zhitongche.kernel import clock as kernel_clock


@pytest.fixture
def bridge_app(served_app: Flask, tenant_db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The whole application with keys and a trust list of its own, made by this test's clock."""
    monkeypatch.setitem(served_app.config, "DATA_DIR", str(tmp_path))
    with served_app.app_context():
        yield served_app


@pytest.fixture
def levels(bridge_app: Flask, clock: kernel_clock.Simulated) -> Levels:
    """The monthly-session county and the city above it."""
    return Levels.open("raoping", "chaozhou")


@pytest.fixture(scope="session")
def blank(server: str) -> str:
    """A database with every table and no row, which nobody is connected to."""
    databases.build(server, "bridge_blank")
    return "bridge_blank"


@pytest.fixture
def far(server: str, blank: str, tmp_path: Path, clock: kernel_clock.Simulated) -> Iterator[Far]:
    """The same two on two installations, each with its own database, HTTP between them."""
    with fars.between(server, blank, tmp_path, clock, "raoping", "chaozhou") as both:
        yield both
