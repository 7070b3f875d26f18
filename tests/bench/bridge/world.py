"""A throw-away server with three databases: a county and its city in one, and each of them in one of its own."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from flask import Flask

from escalation.federation.notary import Notary
from escalation.federation.plan import Site
from tests.support import database as databases
from tests.support.database import Database
from zhitongche.app.factory import create_app
from zhitongche.deployment import queue
from zhitongche.deployment.cluster import Cluster
from zhitongche.kernel.settings import Settings
from zhitongche.tenancy import current
from zhitongche.tenancy.pack import Pack

COUNTY, CITY = "raoping", "chaozhou"
SERVED = {"both": frozenset({COUNTY, CITY}), "below": frozenset({COUNTY}), "above": frozenset({CITY})}


@dataclass(frozen=True)
class Installation:
    """An installation: its settings with live addresses, its database, its application in this process."""

    settings: Settings
    database: Database
    app: Flask


@dataclass(frozen=True)
class World:
    """The installations by code, and the database server that all share."""

    place: Path
    database_pid: int
    sites: dict[str, Installation]

    def introduce(self, ports: dict[str, int]) -> None:
        """Issue the trust list between county and city, which are reached at these ports."""
        packs = {code: pack for name in ("below", "above") for code, pack in _packs(self.sites[name].app).items()}
        sites = [Site(name, tuple(SERVED[name]), self.sites[name].settings.data_dir, 0) for name in ("below", "above")]
        Notary(self.place, sites, packs, "localhost", {"below": 9, "above": 9} | ports).issue()


def random_id() -> UUID:
    """As a bridge id is: evenly spread, which an id by its time is not."""
    return UUID(bytes=secrets.token_bytes(16))


def _packs(app: Flask) -> dict[str, Pack]:
    with app.app_context():
        return dict(current.registry().items())


@contextmanager
def world(folder: Path | None) -> Iterator[World]:
    """As durable as the product's; gone afterwards unless a folder is named."""
    place = folder or Path(tempfile.mkdtemp(prefix="zhitongche-bench-bridge-"))
    try:
        with Cluster(place / "postgres") as cluster:
            fresh = Settings(secret_key="for benchmarks only, forty characters or more", broker_url=queue.prepare(cluster))
            yield World(place, cluster.pid or 0, {name: _site(cluster, place / name, fresh, name) for name in SERVED})
    finally:
        if folder is None:
            shutil.rmtree(place, ignore_errors=True)


def _site(cluster: Cluster, home: Path, fresh: Settings, name: str) -> Installation:
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    database = databases.build(cluster.url(), f"bench_{name}")
    settings = replace(fresh, database_url=database.url, data_dir=home, served=SERVED[name], deployment=name)
    return Installation(settings, database, create_app(settings))
