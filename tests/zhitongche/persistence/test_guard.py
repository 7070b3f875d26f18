from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, create_engine, text

from tests.support.database import Database
from zhitongche.persistence import guard
from zhitongche.persistence.guard import UnsafeDatabase


@contextmanager
def planted(database: Database, fault: str, remedy: str) -> Iterator[Engine]:
    with database.superuser.begin() as connection:
        connection.execute(text(fault))
    engine = create_engine(database.url)
    try:
        yield engine
    finally:
        engine.dispose()
        with database.superuser.begin() as connection:
            connection.execute(text(remedy))


def test_the_programs_own_role_may_serve(database: Database) -> None:
    guard.check(database.application)


def test_a_superuser_may_not_serve(database: Database) -> None:
    with pytest.raises(UnsafeDatabase, match=r"超级用户.*zt_app"):
        guard.check(database.superuser)


@pytest.mark.parametrize(
    ("fault", "remedy", "said"),
    [
        ("alter role zt_app bypassrls", "alter role zt_app nobypassrls", "BYPASSRLS"),
        ("alter role zt_app createrole", "alter role zt_app nocreaterole", "新建角色"),
        ("alter role zt_app createdb", "alter role zt_app nocreatedb", "新建角色或数据库"),
        ("grant zt_owner to zt_app", "revoke zt_owner from zt_app", "其他角色的成员"),
        ("grant zt_search to zt_app", "revoke zt_search from zt_app", "其他角色的成员"),
        ("grant zt_province to zt_app with admin option", "revoke admin option for zt_province from zt_app", "其他角色的成员"),
        ("revoke zt_province from zt_app", "grant zt_province to zt_app", "省级统计角色"),
        (
            "revoke zt_province from zt_app; alter role zt_app inherit; grant zt_province to zt_app",
            "revoke zt_province from zt_app; alter role zt_app noinherit; grant zt_province to zt_app",
            "自动继承",
        ),
        ("create table mine (); alter table mine owner to zt_app", "drop table mine", "所有者"),
        ("grant create on schema public to zt_app", "revoke create on schema public from zt_app", "CREATE"),
        ("grant truncate on outbox to zt_app", "revoke truncate on outbox from zt_app", "TRUNCATE"),
        (
            "alter table outbox no force row level security",
            "alter table outbox force row level security",
            "强制行级安全",
        ),
    ],
)
def test_a_database_that_does_not_keep_tenants_apart_is_refused(
    database: Database, fault: str, remedy: str, said: str
) -> None:
    with planted(database, fault, remedy) as engine, pytest.raises(UnsafeDatabase, match=said):
        guard.check(engine)


@pytest.mark.parametrize("version", [140_019, 150_013, 160_009, 170_005])
def test_a_server_with_known_row_security_holes_is_refused(version: int) -> None:
    with pytest.raises(UnsafeDatabase, match=r"15\.14"):
        guard.refuse_old(version)


@pytest.mark.parametrize("version", [150_014, 160_010, 170_006, 180_000, 190_001])
def test_a_server_without_them_may_serve(version: int) -> None:
    guard.refuse_old(version)
