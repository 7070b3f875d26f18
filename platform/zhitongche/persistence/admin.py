"""Connections for administration: never those of the running program."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.engine import URL, make_url

from zhitongche.persistence.roles import OWNER


def address(url: str, database: str | None = None) -> URL:
    """The URL for psycopg 3, pointing at `database` where one is named."""
    plain = make_url(url).set(drivername="postgresql")
    return plain.set(database=database) if database else plain


def connect(url: str, database: str | None = None) -> psycopg.Connection:
    """A connection that commits each statement: roles and databases are not made in transactions."""
    return psycopg.connect(address(url, database).render_as_string(hide_password=False), autocommit=True)


@contextmanager
def as_owner(url: str, database: str | None = None) -> Iterator[Connection]:
    """A connection that acts as the owner of the tables; the caller commits."""
    engine = create_engine(address(url, database), poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(f"set role {OWNER}"))
        connection.commit()
        yield connection
