"""Rows of the protocol to and from rows of the tables: the fields have the same names."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import Insert, insert

from escalation.protocol import runs
from escalation.protocol.rows import Run, Stream
from zhitongche.persistence import current_tenant, db

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, ColumnExpressionArgument, Select

    from zhitongche.persistence import Base

R = TypeVar("R")


def columns(table: type[Base], kind: type[Any]) -> list[Any]:
    """The table's columns, in the order of the dataclass's fields."""
    return [getattr(table, one.name) for one in fields(kind)]


def chosen(table: type[Base], kind: type[Any], *where: ColumnExpressionArgument[bool]) -> Select[Any]:
    """A select of whole rows."""
    return select(*columns(table, kind)).where(*where)


def all_of(kind: type[R], query: Select[Any]) -> list[R]:
    """The rows that the query finds."""
    return [kind(*row) for row in db.session.execute(query)]


def first_of(kind: type[R], query: Select[Any]) -> R | None:
    """The first row that the query finds."""
    row = db.session.execute(query).first()
    return None if row is None else kind(*row)


def values(row: Any, only: Sequence[str] = ()) -> dict[str, Any]:
    """What is written of a row: these fields, or all."""
    return {name: getattr(row, name) for name in only or type(row).__slots__}


def inserted(table: type[Base], row: Any) -> Insert:
    """An insert of the row for the present tenant."""
    return insert(table).values(tenant_id=current_tenant(), **values(row))


def change(table: type[Base], row: Any, only: Sequence[str], *where: ColumnElement[bool]) -> None:
    """Write these fields of the row."""
    query = update(table).where(*where).values({name: getattr(row, name) for name in only})
    db.session.execute(query.execution_options(synchronize_session=False))


def stream_values(stream: Stream) -> dict[str, Any]:
    """What is written of a stream: its runs as JSON, its bucket and fingerprint for the comparison."""
    plain = [[run.epoch, run.since, run.known, run.chain.hex()] for run in stream.runs]
    return {**values(stream), "runs": plain, "bucket": stream.bucket, "mark": runs.mark(stream)}


def stream_of(*row: Any) -> Stream:
    """A stream as it was written."""
    peer, subject, direction, plain, *rest = row
    told = tuple(Run(epoch, since, known, bytes.fromhex(chain)) for epoch, since, known, chain in cast("list[Any]", plain))
    return Stream(peer, subject, direction, told, *rest)
