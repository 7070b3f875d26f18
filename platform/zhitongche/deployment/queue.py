"""The message queue inside the embedded PostgreSQL: a database of its own, whose owner is nobody else."""

import psycopg
from pgmq.install import get_embedded_install_sql, get_embedded_sql_version, install_pgmq_sql
from psycopg import sql

from zhitongche.deployment.cluster import Cluster

ROLE = "zt_broker"
DATABASE = "zhitongche_queue"


def prepare(cluster: Cluster) -> str:
    """Make the queue's role, database and functions where they are missing; the broker's address."""
    with psycopg.connect(cluster.url(), autocommit=True) as admin:
        _make_role(admin, cluster.password(ROLE))
        _make_database(admin)
    address = cluster.url(DATABASE, ROLE)
    _install(address)
    return address.replace("postgresql://", "pgmq://", 1)


def _make_role(admin: psycopg.Connection, password: str) -> None:
    if not admin.execute("select 1 from pg_roles where rolname = %s", [ROLE]).fetchone():
        make = sql.SQL("create role {} login password {}")
        # A verifier instead of the password itself, which the server's log might keep.
        verifier = admin.pgconn.encrypt_password(password.encode(), ROLE.encode(), b"scram-sha-256").decode()
        admin.execute(make.format(sql.Identifier(ROLE), sql.Literal(verifier)))


def _make_database(admin: psycopg.Connection) -> None:
    name, owner = sql.Identifier(DATABASE), sql.Identifier(ROLE)
    if not admin.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
        admin.execute(sql.SQL("create database {} owner {}").format(name, owner))
    admin.execute(sql.SQL("revoke all on database {} from public").format(name))


def _install(address: str) -> None:
    version = get_embedded_sql_version()
    with psycopg.connect(address) as owner:
        found = owner.execute(
            "select obj_description(oid, 'pg_namespace') from pg_namespace where nspname = 'pgmq'"
        ).fetchone()
        if found == (version,):
            return
        # Another version is dropped with what it holds: the rows of the outbox are the queue, messages only wake.
        owner.execute("drop schema if exists pgmq cascade")
        install_pgmq_sql(get_embedded_install_sql(), conn=owner)
        owner.execute(sql.SQL("comment on schema pgmq is {}").format(sql.Literal(version)))
