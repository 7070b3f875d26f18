"""What the database keeps up at each row, taken off for a great load and put back: indexes and foreign keys.

Primary keys and checks stay in force throughout. What was taken off stands in a file until it is back, so that a
load that was killed can be mended by the next one.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

import psycopg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

_FOREIGN: Final = "select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint where contype = 'f' and conrelid::regclass::text = any(%s)"
_INDEXES: Final = """
    select i.indrelid::regclass::text, c.relname, pg_get_indexdef(i.indexrelid), k.contype = 'u', pg_get_constraintdef(k.oid)
    from pg_index i join pg_class c on c.oid = i.indexrelid left join pg_constraint k on k.conindid = i.indexrelid and k.contype in ('p', 'u')
    where not i.indisprimary and i.indrelid::regclass::text = any(%s)
"""
_TOGETHER: Final = 2
"""So many are built at once."""


def take_off(connection: psycopg.Connection, tables: Iterable[str], kept: Path) -> None:
    """Drop them, and keep in a file how they are put back. The administrator's connection, committing."""
    named = [list(tables)]
    foreign = connection.execute(_FOREIGN, named).fetchall()
    indexes = connection.execute(_INDEXES, named).fetchall()
    later = [f'alter table {table} add constraint "{name}" {rule} not valid' for table, name, rule in foreign]
    proofs = [f'alter table {table} validate constraint "{name}"' for table, name, _ in foreign]
    first = [f'alter table {table} add constraint "{name}" {rule}' if unique else made for table, name, made, unique, rule in indexes]
    kept.write_text(json.dumps([first, later, proofs], ensure_ascii=False), encoding="utf-8")
    for table, name, _ in foreign:
        connection.execute(f'alter table {table} drop constraint "{name}"')
    for table, name, _, unique, _ in indexes:
        connection.execute(f'alter table {table} drop constraint "{name}"' if unique else f'drop index "{name}"')
    connection.commit()


def put_back(url: str, kept: Path, say: Callable[[str], None]) -> None:
    """Build the indexes, then declare and prove the foreign keys; nothing where nothing was taken off. May be run again."""
    if not kept.exists():
        return
    first, later, proofs = json.loads(kept.read_text(encoding="utf-8"))
    for what, statements in (("建索引", first), ("加外键", later), ("验证外键", proofs)):
        with ThreadPoolExecutor(_TOGETHER if statements is not later else 1) as pool:
            list(pool.map(lambda statement: _run(url, statement), statements))
        say(f"{what} {len(statements)} 项")
    kept.unlink()


def _run(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("set maintenance_work_mem = '1GB'")
        try:
            connection.execute(statement)
        except (psycopg.errors.DuplicateTable, psycopg.errors.DuplicateObject):
            # Put back already, before the last attempt was broken off.
            return
