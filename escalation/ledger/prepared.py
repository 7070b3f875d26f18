"""Statements that every message needs, built once over the tables themselves: built anew each cost more than the database.

The ORM's belt is not laid over them, so each names the tenant; row-level security holds as everywhere.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from zhitongche.persistence import current_tenant, db

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, CursorResult, Row, Select
    from sqlalchemy.dialects.postgresql import Insert

    from zhitongche.persistence import Base


def table_of(kind: type[Base]) -> Table:
    """The table itself."""
    return cast(Table, kind.__table__)


def chosen(kind: type[Base], row: type[Any], *keys: str) -> Select[Any]:
    """The fields of a row of the protocol, by these columns of the tenant's."""
    table = table_of(kind)
    return select(*(table.c[one.name] for one in fields(row))).where(*_these(table, keys))


def changed(kind: type[Base], only: Sequence[str], *keys: str) -> Any:
    """An update of these columns, by those of the tenant's."""
    table = table_of(kind)
    return update(table).where(*_these(table, keys)).values({name: bindparam(f"new_{name}", type_=table.c[name].type) for name in only})


def inserted(kind: type[Base]) -> Insert:
    """An insert of a whole row."""
    return insert(table_of(kind))


def first(query: Any, **keys: Any) -> Row[*tuple[Any, ...]] | None:
    """The first row by these keys."""
    return db.session.execute(query, _named(keys)).first()


def rows(query: Any, **keys: Any) -> Sequence[Row[*tuple[Any, ...]]]:
    """All rows by these keys."""
    return db.session.execute(query, _named(keys)).all()


def put(query: Any, values: dict[str, Any]) -> bool:
    """Insert a row for the present tenant; whether it was, for a query that answers what it inserted."""
    done = cast("CursorResult[Any]", db.session.execute(query, {"tenant_id": current_tenant(), **values}))
    return done.returns_rows and done.first() is not None


def change(query: Any, values: dict[str, Any], **keys: Any) -> None:
    """Write the values by these keys."""
    db.session.execute(query, {**{f"new_{name}": value for name, value in values.items()}, **_named(keys)})


def key(table: Table, name: str) -> Any:
    """The parameter that stands for a key's value."""
    return bindparam(f"key_{name}", type_=table.c[name].type)


def _these(table: Table, keys: Sequence[str]) -> list[ColumnElement[bool]]:
    return [table.c[name] == key(table, name) for name in ("tenant_id", *keys)]


def _named(keys: dict[str, Any]) -> dict[str, Any]:
    return {"key_tenant_id": current_tenant(), **{f"key_{name}": value for name, value in keys.items()}}
