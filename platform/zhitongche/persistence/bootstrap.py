"""Roles and the database, made before any migration. Needs no superuser: CREATEROLE and CREATEDB are enough."""

import psycopg
from psycopg import sql

from zhitongche.persistence import admin
from zhitongche.persistence.roles import APP, OWNER, PROVINCE, SEARCH

_ROLES = {
    # NOINHERIT: whoever may become the owner must say so.
    OWNER: "nologin noinherit",
    SEARCH: "nologin noinherit",
    PROVINCE: "nologin noinherit",
    APP: "login noinherit",
}
EXTENSIONS = ("btree_gin", "pg_trgm")


def prepare(admin_url: str, database: str, app_password: str) -> None:
    """Make the roles, the database owned by zt_owner, its extensions and rights; may be run again."""
    with admin.connect(admin_url) as connection:
        for role, options in _ROLES.items():
            _make_role(connection, role, options)
        _let_become(connection)
        _set_password(connection, app_password)
        _make_database(connection, database)
    with admin.connect(admin_url, database) as connection:
        connection.execute(f"set role {OWNER}")
        for extension in EXTENSIONS:
            connection.execute(f"create extension if not exists {extension}")
        connection.execute("revoke all on schema public from public")
        connection.execute(f"grant usage on schema public to {APP}, {SEARCH}, {PROVINCE}")


def _make_role(connection: psycopg.Connection, role: str, options: str) -> None:
    if not _exists(connection, "select 1 from pg_roles where rolname = %s", role):
        connection.execute(sql.SQL("create role {} " + options).format(sql.Identifier(role)))
    superuser = _exists(connection, "select 1 from pg_roles where rolname = current_user and rolsuper")
    if role not in (APP, PROVINCE) and not superuser:
        # Since PostgreSQL 16 the maker of a role may grant it, but not yet become it.
        connection.execute(sql.SQL("grant {} to current_user").format(sql.Identifier(role)))


def _let_become(connection: psycopg.Connection) -> None:
    # The program has none of the province's rights until it says so, for one transaction.
    member = "select from pg_auth_members where (roleid, member) = (%s::regrole, %s::regrole)"
    if not _exists(connection, member, PROVINCE, APP):
        connection.execute(sql.SQL("grant {} to {}").format(sql.Identifier(PROVINCE), sql.Identifier(APP)))


def _set_password(connection: psycopg.Connection, password: str) -> None:
    # Sent as a SCRAM verifier: the server's log must not hold the password.
    verifier = connection.pgconn.encrypt_password(password.encode(), APP.encode(), b"scram-sha-256")
    statement = sql.SQL("alter role {} password {}")
    connection.execute(statement.format(sql.Identifier(APP), sql.Literal(verifier.decode())))


def _make_database(connection: psycopg.Connection, database: str) -> None:
    name, owner = sql.Identifier(database), sql.Identifier(OWNER)
    if not _exists(connection, "select 1 from pg_database where datname = %s", database):
        make = sql.SQL("create database {} owner {} encoding 'UTF8' template template0")
        connection.execute(make.format(name, owner))
    connection.execute(sql.SQL("revoke all on database {} from public").format(name))
    connection.execute(sql.SQL("grant connect on database {} to {}").format(name, sql.Identifier(APP)))


def _exists(connection: psycopg.Connection, query: sql.SQL | str, *values: str) -> bool:
    return connection.execute(query, values).fetchone() is not None
