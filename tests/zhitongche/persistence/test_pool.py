import pytest
from flask import Flask
from sqlalchemy import Connection, text

from tests.support.database import Database
from zhitongche.persistence import db, pool


@pytest.fixture
def own_app(other_process, tenant_db: Database) -> Flask:
    """An application with connections of its own, so that nobody else's are ended."""
    return other_process()


def backend(connection: Connection) -> int:
    return connection.execute(text("select pg_backend_pid()")).scalar_one()


def several(count: int = 3) -> list[int]:
    """The processes behind so many connections, all given back to the pool."""
    held = [db.engine.connect() for _ in range(count)]
    found = [backend(connection) for connection in held]
    for connection in held:
        connection.close()
    return found


def end(database: Database, backends: list[int]) -> None:
    with database.superuser.connect() as connection:
        connection.execute(text("select pg_terminate_backend(pid, 5000) from unnest(cast(:all as int[])) pid"), {"all": backends})


def test_connections_that_died_with_the_server_are_replaced_before_anybody_notices(own_app: Flask, tenant_db: Database) -> None:
    with own_app.app_context():
        before = several()
        end(tenant_db, before)
        after = several()
    assert not set(before) & set(after)


def test_a_connection_that_has_just_been_used_is_handed_out_without_a_question(own_app: Flask, tenant_db: Database) -> None:
    with own_app.app_context():
        mine = several(1)
        with tenant_db.superuser.connect() as other:
            query = text("select query_start from pg_stat_activity where pid = :pid")
            before = other.execute(query, {"pid": mine[0]}).scalar_one()
            with db.engine.connect():
                assert other.execute(query, {"pid": mine[0]}).scalar_one() == before


def test_one_that_has_rested_for_long_is_asked_and_replaced_where_it_does_not_answer(
    own_app: Flask, tenant_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As where a firewall dropped the line: nothing came in that could be seen.
    monkeypatch.setattr(pool, "_was_told", lambda _connection: False)
    monkeypatch.setattr(pool, "ASKED_AFTER", 0.0)
    with own_app.app_context():
        before = several()
        end(tenant_db, before)
        assert not set(before) & set(several())
