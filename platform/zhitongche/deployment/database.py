"""The database that a command works on: the given server, a running product's, or ours for the while."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from zhitongche.deployment import queue
from zhitongche.deployment.cluster import Cluster
from zhitongche.deployment.errors import ClusterBusy
from zhitongche.kernel.settings import Settings
from zhitongche.persistence import bootstrap, migrate
from zhitongche.persistence.roles import APP

DATABASE = "zhitongche"


def cluster_of(settings: Settings) -> Cluster:
    """The embedded database of this installation, not started."""
    return Cluster(settings.data_dir / "postgres", bindir=settings.pg_bindir)


@contextmanager
def database(settings: Settings) -> Iterator[Settings]:
    """The same settings with addresses that answer, up to date; raises ClusterError."""
    if settings.database_url:
        yield settings
        return
    cluster = cluster_of(settings)
    try:
        cluster.start()
    except ClusterBusy:
        yield _running(settings, cluster)
        return
    try:
        yield equip(settings, cluster)
    finally:
        cluster.stop()


def equip(settings: Settings, cluster: Cluster) -> Settings:
    """Roles, databases, tables and queue on a started cluster; the settings with its addresses."""
    bootstrap.prepare(cluster.url(), DATABASE, cluster.password(APP))
    broker = queue.prepare(cluster)
    migrate.upgrade(cluster.url(DATABASE))
    addresses: dict[str, Any] = {
        "database_url": cluster.url(DATABASE, APP),
        "admin_database_url": cluster.url(DATABASE),
        "broker_url": broker,
    }
    _write_privately(cluster.path / "addresses.json", json.dumps(addresses))
    return replace(settings, **addresses)


def bring_up_to_date(settings: Settings) -> None:
    """Roles, database and tables on a given server, where an administrator's address was given too."""
    if settings.admin_database_url and settings.database_url:
        app = make_url(settings.database_url)
        bootstrap.prepare(settings.admin_database_url, app.database or DATABASE, app.password or "")
        migrate.upgrade(settings.admin_database_url, app.database)


def _running(settings: Settings, cluster: Cluster) -> Settings:
    file = cluster.path / "addresses.json"
    if not file.exists():
        raise ClusterBusy("“直通车”正在启动，请稍候再试。")
    return replace(settings, **json.loads(file.read_text()))


def _write_privately(file: Path, text: str) -> None:
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(text)
