"""A real PostgreSQL for the tests: one cluster and one database per test process, emptied between tests."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import URL, Engine, create_engine, text

from zhitongche.deployment.cluster import throwaway
from zhitongche.persistence import admin, bootstrap, migrate, models
from zhitongche.persistence.roles import OWNER

NAME = "zhitongche_test"
# One for all databases of a server: roles are the server's.
_PASSWORD = secrets.token_urlsafe(16)

# Empties only what was written: a TRUNCATE of every table costs tens of milliseconds a test.
_WIPE = text("""
do $$
declare t regclass; filled boolean;
begin
    set local session_replication_role = replica;
    for t in select c.oid from pg_class c where relkind = 'r' and relnamespace = 'public'::regnamespace
             and relname <> 'alembic_version'
    loop
        execute format('select exists (select from %s)', t) into filled;
        if filled then execute format('delete from %s', t); end if;
    end loop;
end $$
""")


@dataclass(frozen=True)
class Database:
    """Addresses of a test database: `admin_url` as superuser, `url` as the program's own role."""

    admin_url: str
    url: str

    @cached_property
    def superuser(self) -> Engine:
        """Bypasses row-level security: for planting faults and looking behind the scenes."""
        return create_engine(self.admin_url, pool_size=1)

    @cached_property
    def application(self) -> Engine:
        """Connects as the program does."""
        return create_engine(self.url)

    def wipe(self) -> None:
        """Empty every table."""
        with self.superuser.begin() as connection:
            connection.execute(_WIPE)


@contextmanager
def server() -> Iterator[str]:
    """The administrator's URL of a server: TEST_DATABASE_ADMIN_URL, or a throw-away cluster of our own."""
    if given := os.environ.get("TEST_DATABASE_ADMIN_URL"):
        yield given
    else:
        with throwaway() as cluster:
            yield cluster.url()


def empty(admin_url: str, name: str) -> Database:
    """A new database with roles and rights but no table yet; one of that name is dropped first."""
    with admin.connect(admin_url) as connection:
        connection.execute(f"drop database if exists {name} with (force)")
    bootstrap.prepare(admin_url, name, _PASSWORD)
    return _database(admin_url, name)


def build(admin_url: str, name: str = NAME) -> Database:
    """A new database with every table that the code declares, protected and proved sound."""
    database = empty(admin_url, name)
    with admin.as_owner(database.admin_url) as owner:
        models.load().create_all(owner)
        migrate.finish(owner)
    return database


def copy(admin_url: str, source: str, name: str) -> Database:
    """The database `source` once more as `name`, as a backup is put back: one of that name goes, whoever is connected."""
    with admin.connect(admin_url) as connection:
        connection.execute(f"drop database if exists {name} with (force)")
        connection.execute(f"create database {name} owner {OWNER} template {source}")
    # Who may connect is not copied.
    bootstrap.prepare(admin_url, name, _PASSWORD)
    return _database(admin_url, name)


def _database(admin_url: str, name: str) -> Database:
    url = admin.address(admin_url, name)
    return Database(_full(url), _full(url.set(username="zt_app", password=_PASSWORD)))


def _full(url: URL) -> str:
    return url.render_as_string(hide_password=False)
