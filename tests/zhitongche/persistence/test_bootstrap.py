"""Roles and database, also where the administrator is no superuser, as on managed servers."""

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import create_engine

from zhitongche.deployment.cluster import throwaway
from zhitongche.persistence import admin, bootstrap, guard, lint, migrate, models

NAME = "managed_test"


@pytest.fixture(scope="module")
def manager() -> Iterator[str]:
    """An administrator with CREATEROLE and CREATEDB only, on a server of his own that knows none of our roles."""
    with throwaway() as cluster:
        with admin.connect(cluster.url()) as connection:
            connection.execute("create role manager login createrole createdb password 'manager'")
            connection.execute("create role stranger login password 'stranger'")
        yield address(cluster.url(), "postgres", "manager", "manager")


def address(url: str, database: str, user: str, password: str) -> str:
    changed = admin.address(url, database).set(username=user, password=password)
    return changed.render_as_string(hide_password=False)


def test_no_superuser_is_needed_and_the_result_is_sound(manager: str) -> None:
    bootstrap.prepare(manager, NAME, "secret")
    for _ in range(2):
        with admin.as_owner(manager, NAME) as owner:
            models.load().create_all(owner)
            migrate.finish(owner)
            assert lint.findings(owner, models.load()) == []
    engine = create_engine(address(manager, NAME, "zt_app", "secret"))
    guard.check(engine)
    engine.dispose()


def test_preparing_again_sets_the_password_anew(manager: str) -> None:
    for password in ("first", "second"):
        bootstrap.prepare(manager, NAME, password)
    psycopg.connect(address(manager, NAME, "zt_app", "second")).close()
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(address(manager, NAME, "zt_app", "first"))


def test_a_stranger_cannot_even_connect(manager: str) -> None:
    bootstrap.prepare(manager, NAME, "secret")
    with pytest.raises(psycopg.OperationalError, match="CONNECT"):
        psycopg.connect(address(manager, NAME, "stranger", "stranger"))


def test_nobody_logs_in_but_the_program(manager: str) -> None:
    bootstrap.prepare(manager, NAME, "secret")
    with admin.connect(manager) as connection:
        roles = dict(
            connection.execute("select rolname, rolcanlogin from pg_roles where rolname ~ '^zt_'").fetchall()
        )
    assert roles == {"zt_owner": False, "zt_search": False, "zt_province": False, "zt_app": True}
