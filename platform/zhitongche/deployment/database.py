"""The database that a command works on: the given server, a running product's, or ours for the while."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from zhitongche.deployment import addresses
from zhitongche.deployment.cluster import Cluster
from zhitongche.deployment.errors import ClusterBusy
from zhitongche.kernel.settings import Settings

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
    # Here, since the ORM and Alembic take a second to load and a second start needs neither.
    from zhitongche.deployment import queue
    from zhitongche.persistence import bootstrap, migrate
    from zhitongche.persistence.roles import APP

    bootstrap.prepare(cluster.url(), DATABASE, cluster.password(APP))
    broker = queue.prepare(cluster)
    migrate.upgrade(cluster.url(DATABASE))
    live: dict[str, Any] = {
        "database_url": cluster.url(DATABASE, APP),
        "admin_database_url": cluster.url(DATABASE),
        "broker_url": broker,
    }
    addresses.keep(cluster, live)
    return replace(settings, **live)


def bring_up_to_date(settings: Settings) -> None:
    """Roles, database and tables on a given server, where an administrator's address was given too."""
    if settings.admin_database_url and settings.database_url:
        from sqlalchemy import make_url

        from zhitongche.persistence import bootstrap, migrate

        app = make_url(settings.database_url)
        bootstrap.prepare(settings.admin_database_url, app.database or DATABASE, app.password or "")
        migrate.upgrade(settings.admin_database_url, app.database)


def _running(settings: Settings, cluster: Cluster) -> Settings:
    kept = addresses.kept(cluster)
    if kept is None:
        raise ClusterBusy("“直通车”正在启动，请稍候再试。")
    return replace(settings, **kept)
