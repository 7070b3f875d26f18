"""What one request asks of the database: counted in this process, on the same application and data."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from flask import Flask
from sqlalchemy import Engine, event, text

from tests.bench.client import AGENT
from tests.bench.visitors import Ask, Visitor
from zhitongche.persistence import db


@dataclass
class Statement:
    """One SQL statement as it was sent, and the seconds until its answer."""

    sql: str
    values: Any
    seconds: float = 0.0
    before: tuple[str, ...] = ()
    """What its transaction said first that decides what may be seen: another role."""


@dataclass
class Count:
    """One request: its statements by transaction, its seconds in all."""

    transactions: list[list[Statement]] = field(default_factory=list)
    seconds: float = 0.0
    reads: bool = True

    @property
    def shape(self) -> str:
        """How many statements each transaction has, as the bare view takes it."""
        return ",".join(str(len(one)) for one in self.transactions if one)

    @property
    def reading(self) -> list[list[tuple[str, Any]]]:
        """The statements that can be sent again and again: a read log or a mark on a notice is not written twice."""
        return [[(one.sql, one.values) for one in some if one.sql.lstrip()[:6].lower().startswith(("select", "set"))] for some in self.transactions if some]

    @property
    def statements(self) -> list[Statement]:
        return [one for some in self.transactions for one in some]

    @property
    def in_database(self) -> float:
        """Seconds spent waiting for statements."""
        return sum(one.seconds for one in self.statements)


def count(app: Flask, who: Visitor, ask: Ask) -> Count:
    """Send the request in this process and count."""
    client = app.test_client(use_cookies=False)
    with app.app_context():
        engine = db.engine
    body = who.body(ask)
    with _counted(engine) as found:
        began = time.perf_counter()
        answer = client.open(
            ask.path, method="GET" if body is None else "POST", data=body, base_url=f"http://{who.host}",
            headers={"Cookie": who.cookie, "User-Agent": AGENT}, content_type="application/x-www-form-urlencoded",
        )  # fmt: skip
        answer.get_data()
        found.seconds = time.perf_counter() - began
    found.reads = body is None
    assert answer.status_code in {200, 302, 303}, (ask.path, answer.status_code, answer.text[:1000])
    return found


@contextmanager
def counted() -> Iterator[Count]:
    """Count what is sent within the block, in the application's context."""
    db.session.rollback()
    with _counted(db.engine) as found:
        yield found


@contextmanager
def _counted(engine: Engine) -> Iterator[Count]:
    found, started = Count(), [0.0]
    # Who looks from above does so beside the session, on a connection of its own.
    running: dict[int, list[Statement]] = {}

    def begin(connection: object) -> None:
        running[id(connection)] = []
        found.transactions.append(running[id(connection)])

    def before(connection: object, _cursor: object, sql: str, values: Any, _context: object, _many: bool) -> None:
        mine = running[id(connection)]
        roles = tuple(one.sql for one in mine if one.sql.lower().startswith("set local role"))
        mine.append(Statement(sql, values, before=roles))
        started[0] = time.perf_counter()

    def after(connection: object, *_: object) -> None:
        running[id(connection)][-1].seconds = time.perf_counter() - started[0]

    listeners = (("begin", begin), ("before_cursor_execute", before), ("after_cursor_execute", after))
    for name, listener in listeners:
        event.listen(engine, name, listener)
    try:
        yield found
    finally:
        for name, listener in listeners:
            event.remove(engine, name, listener)


def explained(app: Flask, statement: Statement, tenant: str) -> list[dict[str, Any]]:
    """The nodes of the statement's plan, run as the product's own role under row-level security, and undone."""
    with app.app_context(), db.engine.connect() as connection, connection.begin() as transaction:
        connection.execute(text("select set_config('app.tenant', :tenant, true)"), {"tenant": tenant})
        for role in statement.before:
            connection.execute(text(role))
        raw = connection.connection.dbapi_connection
        assert isinstance(raw, psycopg.Connection)
        row = raw.execute(f"explain (analyze, format json) {statement.sql}", statement.values).fetchone()
        transaction.rollback()
    assert row
    return list(_nodes(row[0][0]["Plan"]))


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)
