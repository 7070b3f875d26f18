"""Rows as COPY writes and reads them: texts, whatever their type. Text columns hold ids, moments, JSON alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from psycopg import sql

if TYPE_CHECKING:
    import psycopg

NULL: Final = r"\N"
Line = list[str]
"""One row: its values, escaped."""


def columns(connection: psycopg.Connection, table: str) -> list[str]:
    """The table's columns in their order."""
    query = "select column_name from information_schema.columns where table_schema = 'public' and table_name = %s order by ordinal_position"
    return [name for (name,) in connection.execute(query, [table])]


def read(connection: psycopg.Connection, table: str, tenant: str) -> list[Line]:
    """A tenant's rows. By the administrator, whom no policy binds."""
    query = sql.SQL("copy (select * from {} where tenant_id = {}) to stdout").format(sql.Identifier(table), sql.Literal(tenant))
    with connection.cursor() as cursor, cursor.copy(query) as stream:
        text = b"".join(bytes(part) for part in stream).decode()
    return [line.split("\t") for line in text.split("\n")[:-1]]


def write(connection: psycopg.Connection, table: str, text: str) -> None:
    """Add rows, each a line with its end."""
    with connection.cursor() as cursor, cursor.copy(sql.SQL("copy {} from stdin").format(sql.Identifier(table))) as stream:
        stream.write(text.encode())


def plain(value: str) -> str:
    """A value as it is, from the way that COPY writes it."""
    if "\\" not in value:
        return value
    return value.replace("\\\\", "\0").replace("\\n", "\n").replace("\\t", "\t").replace("\\r", "\r").replace("\0", "\\")


def escaped(value: str) -> str:
    """A value the way that COPY reads it."""
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
