"""With 20,000 rows of each kind the bridge's standing questions go by their indexes."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from sqlalchemy import event, text

from escalation.ledger import nonces, watching
from escalation.ledger.books import SqlBooks
from zhitongche.kernel import clock as kernel_clock
from zhitongche.persistence import db, tenant_scope, unit_of_work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask

    from tests.support.database import Database

ROWS = 20_000
_SUBJECT = "(lpad(to_hex(n % 256), 2, '0') || lpad(to_hex(n), 30, '0'))::uuid"
# Few wait: of 20,000 messages every 500th has no receipt yet, every 100th stream has a gap.
_FILL = (
    f"""insert into bridge_outgoing (tenant_id, id, peer, subject, epoch, sequence, since, type, digest, envelope, emitted_at, due_at,
        pending, tries, receipt, receipted_at, receipts)
        select tenant, gen_random_uuid(), 'beta', {_SUBJECT}, 1, 1, 1, 'case.status.v1', sha256(n::text::bytea), repeat('x', 900)::bytea,
               :now - interval '2 days', :now - interval '1 hour', n % 500 = 0, 1,
               case when n % 500 > 0 then 'r'::bytea end, case when n % 500 > 0 then :now end, 1
        from generate_series(1, :rows) n, unnest(array['alpha', 'gamma']) tenant""",
    f"""insert into bridge_stream (tenant_id, peer, subject, direction, runs, last, placed, applied, waiting, gap_at, stopped, bucket, mark)
        select tenant, 'beta', {_SUBJECT}, direction, jsonb_build_array(jsonb_build_array(1, 1, 1, encode(sha256(n::text::bytea), 'hex'))), 0, 1, 1, (n % 100 = 0)::int,
               case when n % 100 = 0 then :now - interval '1 hour' end, false, n % 256, n
        from generate_series(1, :rows) n, unnest(array['alpha', 'gamma', 'delta', 'epsilon']) tenant,
             unnest(array['in', 'out']) direction""",
    """insert into bridge_peer (tenant_id, code, failures, seen_epoch) select 'alpha', 'peer' || n, 0, 0 from generate_series(1, 20) n""",
    """insert into bridge_peer (tenant_id, code, failures, seen_epoch) values ('alpha', 'beta', 0, 0)""",
    """insert into bridge_nonce (tenant_id, keyid, nonce, expires_at)
        select 'alpha', 'key', n::text, :now + n * interval '1 second' - interval '60 seconds' from generate_series(1, :rows) n""",
)
# As autovacuum does: or no index alone answers.
_TIDY = text("vacuum analyze bridge_outgoing, bridge_stream, bridge_peer, bridge_nonce")

QUESTIONS: dict[str, tuple[Callable[[SqlBooks, Any], object], str]] = {
    "due_peers": (lambda books, now: books.due_peers(now), "ix_bridge_outgoing_"),
    "claim": (lambda books, now: books.claim("beta", now, now + timedelta(minutes=2), 32), "ix_bridge_outgoing_"),
    "only the first of a stream": (lambda books, now: books.claim("beta", now, now + timedelta(minutes=2), 32), "ix_bridge_outgoing_first"),
    "pending": (lambda books, _: books.pending("beta", UUID(int=7)), "ix_bridge_outgoing_first"),
    "unreceipted": (lambda _, now: watching.unreceipted(now - timedelta(hours=24)), "ix_bridge_outgoing_unreceipted"),
    "gaps": (lambda books, now: books.gaps(now - timedelta(minutes=10), 50), "ix_bridge_stream_gap"),
    "buckets": (lambda books, _: books.buckets("beta", "in"), "ix_bridge_stream_compared"),
    "streams": (lambda books, _: books.streams("beta", "in", [7], None, 500), "ix_bridge_stream_compared"),
    "stream": (lambda books, _: books.stream("beta", UUID("07" + "0" * 29 + "7"), "in"), "pk_bridge_stream"),
    "forget": (lambda _, now: nonces.forget(now), "ix_bridge_nonce_expires"),
}


@pytest.fixture(scope="module")
def filled(database: Database) -> Iterator[None]:
    """A tenant's books of some years; those of others on the same installation beside it."""
    moment = kernel_clock.utc(kernel_clock.now())
    with database.superuser.begin() as connection:
        for statement in _FILL:
            connection.execute(text(statement), {"now": moment, "rows": ROWS})
    with database.superuser.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(_TIDY)
        yield
        database.wipe()
        # Or the plans of later tests would be made for the rows that were.
        connection.execute(_TIDY)


@pytest.fixture
def alpha(filled: None, bare_app: Flask) -> Iterator[None]:
    """In the scope of the tenant; nothing that is asked here stays."""
    with bare_app.app_context(), tenant_scope("alpha"):
        yield


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_standing_question_goes_by_its_index(alpha: None, question: str) -> None:
    ask, index = QUESTIONS[question]
    plans = explained(lambda: ask(SqlBooks(), kernel_clock.now()))
    assert plans
    used = {node["Index Name"] for plan in plans for node in nodes(plan) if "Index Name" in node}
    scanned = {node["Relation Name"] for plan in plans for node in nodes(plan) if node["Node Type"] == "Seq Scan"}
    assert any(name.startswith(index) for name in used), (used, scanned)
    # Of 21 peers no index is asked.
    assert scanned <= {"bridge_peer"}


def explained(ask: Callable[[], object]) -> list[dict[str, Any]]:
    """The plans of the statements that the question needs, as PostgreSQL makes them for just these values."""
    with asked() as statements, unit_of_work():
        ask()
        db.session.rollback()
    with unit_of_work():
        connection = db.session.connection()
        return [connection.exec_driver_sql(f"explain (format json) {sql}", values).scalar_one()[0]["Plan"] for sql, values in statements]


@contextmanager
def asked() -> Iterator[list[tuple[str, Any]]]:
    """The statements of the bridge's tables that are executed meanwhile."""
    found: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, sql: str, values: Any, *_more: Any) -> None:
        if "bridge_" in sql:
            found.append((sql, values))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The plan's nodes, all the way down."""
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)
