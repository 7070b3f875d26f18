"""Row-level security 行级安全: the database itself keeps the tenants apart."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, MetaData, Table, text

from zhitongche.persistence.owned import is_tenant_owned
from zhitongche.persistence.roles import APP, PROVINCE, TENANT
from zhitongche.persistence.search import search_function

_ALL = "select, insert, update, delete"


def upward(*columns: str, rows: str = "true") -> dict[str, Any]:
    """What those above all tenants may read of a table, as its `info`: which columns, of which rows."""
    # Plain values: a migration writes them out.
    return {"upward": {"columns": columns, "rows": rows}}


def protect(table: str, *, append_only: bool = False) -> list[str]:
    """The statements that lock a tenant-owned table; may be run again.

    Once `set local` has ended, the setting is '' and not NULL, hence the nullif in the policy.
    No subquery in it: Citus refuses those. FORCE, so that even the owner sees only a chosen tenant.
    """
    rule = f"tenant_id = {TENANT}"
    return [
        f'alter table public."{table}" enable row level security',
        f'alter table public."{table}" force row level security',
        f'drop policy if exists tenant on public."{table}"',
        f'create policy tenant on public."{table}" using ({rule}) with check ({rule})',
        *allow(table, append_only=append_only),
    ]


def allow(table: str, *, append_only: bool = False) -> list[str]:
    """The statements that grant the program its rights on a table: never TRUNCATE, which bypasses policies."""
    rights = "select, insert" if append_only else _ALL
    return [
        f'revoke all on public."{table}" from public, {APP}, {PROVINCE}',
        f'grant {rights} on public."{table}" to {APP}',
    ]


def show_upward(table: str, columns: Iterable[str], rows: str) -> list[str]:
    """The statements that let those above all tenants read what is theirs to see of a table; may be run again."""
    return [
        f'drop policy if exists province on public."{table}"',
        f'create policy province on public."{table}" for select to {PROVINCE} using ({rows})',
        f'grant select ({", ".join(columns)}) on public."{table}" to {PROVINCE}',
    ]


def secure(connection: Connection, metadata: MetaData) -> None:
    """Protect every table of the metadata, as the owner; may be run again. Nothing is committed."""
    for table in metadata.sorted_tables:
        for statement in _statements(table):
            connection.execute(text(statement))


def _statements(table: Table) -> Iterator[str]:
    append_only = bool(table.info.get("append_only"))
    yield from (protect if is_tenant_owned(table) else allow)(table.name, append_only=append_only)
    if table.info.get("search"):
        yield from search_function(table.name)
    if shown := table.info.get("upward"):
        yield from show_upward(table.name, **shown)
