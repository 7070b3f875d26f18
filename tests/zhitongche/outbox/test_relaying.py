import os
import signal
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import text

from tests.support.database import Database
from tests.support.processes import PATIENCE
from tests.support.threads import start
from tests.zhitongche.outbox.conftest import Rows
from zhitongche import outbox
from zhitongche.kernel.clock import Simulated
from zhitongche.outbox.claims import LEASE
from zhitongche.persistence import TenantSession, db, unit_of_work
from zhitongche.persistence.numbers import next_number

NO_TIME = timedelta()
SOURCES = str(Path(outbox.__file__).parents[2])


def promised(*topics: str) -> None:
    with unit_of_work():
        for topic in topics:
            outbox.promise(topic, {})


def deed(message: outbox.Message) -> None:
    """An effect in the database that can be counted."""
    next_number("deed", 2026)


def deeds() -> int:
    count = next_number("deed", 2026) - 1
    db.session.rollback()
    return count


def test_every_due_promise_is_handled_once(session: TenantSession, rows: Rows) -> None:
    promised(*["a"] * 25)
    assert outbox.relay({"a": deed}) == (25, 0)
    assert outbox.relay({"a": deed}) == (0, 0)
    assert deeds() == 25
    assert all(row["done_at"] and row["lease_until"] is None for row in rows())


def test_effect_and_record_are_one_transaction(
    session: TenantSession, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    promised("a")

    def torn(message: outbox.Message) -> bool:
        raise ConnectionError("died before the record")

    with monkeypatch.context() as patch:
        patch.setattr("zhitongche.outbox.claims.done", torn)
        assert outbox.relay({"a": deed}) == (0, 1)
    assert deeds() == 0
    assert rows()[0]["done_at"] is None


def test_one_that_fails_does_not_hold_up_the_others(
    session: TenantSession, rows: Rows, clock: Simulated
) -> None:
    promised("bad", "good", "bad", "good")

    def bad(message: outbox.Message) -> None:
        deed(message)
        raise ValueError("no")

    assert outbox.relay({"bad": bad, "good": deed}) == (2, 2)
    assert deeds() == 2
    failed = [row for row in rows() if row["topic"] == "bad"]
    assert all(row["due_at"] > clock.now() and row["last_error"] == "ValueError: no" for row in failed)


def test_a_statement_the_database_refuses_is_a_failure_like_any_other(
    session: TenantSession, rows: Rows
) -> None:
    promised("bad", "good")

    def bad(message: outbox.Message) -> None:
        next_number("deed", None)  # type: ignore[arg-type]

    assert outbox.relay({"bad": bad, "good": deed}) == (1, 1)


def test_a_topic_without_a_handler_is_left_in_peace(session: TenantSession, rows: Rows) -> None:
    promised("unknown")
    assert outbox.relay({"a": deed}) == (0, 0)
    assert rows()[0]["tries"] == 0


def test_no_time_left_means_nothing_claimed(session: TenantSession, rows: Rows) -> None:
    promised("a")
    assert outbox.relay({"a": deed}, NO_TIME) == (0, 0)
    assert rows()[0]["lease_until"] is None


def test_what_the_budget_does_not_reach_is_given_back_at_once(
    session: TenantSession, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    promised("a", "a", "a")
    seconds = iter([0.0, 1.0, 2.0, 21.0, 21.0, 21.0])
    # The module's own name only: other threads ask the real clock meanwhile.
    monkeypatch.setattr("zhitongche.outbox.relaying.time", SimpleNamespace(monotonic=lambda: next(seconds)))
    assert outbox.relay({"a": deed}, timedelta(seconds=20)) == (1, 0)
    waiting = [row for row in rows() if row["done_at"] is None]
    assert [(row["lease_until"], row["tries"]) for row in waiting] == [(None, 0), (None, 0)]


def test_a_handler_that_outlives_its_lease_is_not_doubled(
    bare_app: Flask, session: TenantSession, clock: Simulated
) -> None:
    promised("a")
    inside, leave = Event(), Event()

    def long(message: outbox.Message) -> None:
        deed(message)
        inside.set()
        assert leave.wait(PATIENCE)

    with ThreadPoolExecutor(1) as pool:
        first = start(pool, bare_app, "alpha", lambda: outbox.relay({"a": long}))
        assert inside.wait(PATIENCE)
        clock.advance(LEASE * 2)
        assert outbox.relay({"a": deed}) == (0, 0)
        leave.set()
        assert first.result() == (1, 0)
    assert deeds() == 1


def test_a_slow_handler_waits_outside_of_any_transaction(session: TenantSession, rows: Rows) -> None:
    promised("sms")
    seen = []

    @outbox.slow
    def send(message: outbox.Message) -> None:
        seen.append(db.session().in_transaction())

    assert outbox.relay({"sms": send}) == (1, 0)
    assert seen == [False]
    assert rows()[0]["done_at"] is not None


def test_a_slow_handler_that_leaves_a_broken_transaction_is_recorded_as_failed(
    session: TenantSession, rows: Rows
) -> None:
    promised("sms")

    @outbox.slow
    def send(message: outbox.Message) -> None:
        try:
            db.session.execute(text("select 1 / 0"))
        finally:
            raise TimeoutError

    assert outbox.relay({"sms": send}) == (0, 1)
    assert rows()[0]["last_error"] == "TimeoutError: "


def test_a_worker_killed_between_claim_and_record_loses_nothing(
    session: TenantSession, tenant_db: Database, rows: Rows, clock: Simulated
) -> None:
    with unit_of_work():
        outbox.promise("a", {}, due_at=clock.now())
    worker = subprocess.Popen(
        [sys.executable, "-c", DYING_WORKER],
        env={**os.environ, "URL": tenant_db.url, "NOW": clock.now().isoformat(), "PYTHONPATH": SOURCES},
        stdout=subprocess.PIPE,
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == b"working\n"
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    worker.stdout.close()

    assert rows()[0]["tries"] == 1
    assert deeds() == 0
    assert outbox.relay({"a": deed}) == (0, 0)
    clock.advance(LEASE)
    assert outbox.relay({"a": deed}) == (1, 0)
    assert deeds() == 1


DYING_WORKER = textwrap.dedent("""
    import os, time
    from datetime import datetime
    from flask import Flask
    from zhitongche import outbox
    from zhitongche.kernel import clock
    from zhitongche.persistence import db, tenant_scope
    from zhitongche.persistence.numbers import next_number

    app = Flask("worker")
    app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["URL"]
    db.init_app(app)

    def handler(message):
        next_number("deed", 2026)
        print("working", flush=True)
        time.sleep(600)

    with clock.at(datetime.fromisoformat(os.environ["NOW"])), app.app_context(), tenant_scope("alpha"):
        outbox.relay({"a": handler})
""")
