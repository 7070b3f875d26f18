from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from flask import Flask

from tests.support.threads import start
from tests.zhitongche.outbox.conftest import Rows
from zhitongche import outbox
from zhitongche.kernel.clock import Simulated
from zhitongche.outbox.claims import LEASE, LONGEST_PAUSE, pause
from zhitongche.persistence import TenantSession, db, tenant_scope, unit_of_work


def promised(count: int, topic: str = "notice") -> None:
    with unit_of_work():
        for number in range(count):
            outbox.promise(topic, {"number": number})


def claimed(limit: int = 10) -> list[outbox.Message]:
    with unit_of_work():
        return outbox.claim(["notice"], limit)


def test_two_workers_at_once_claim_disjoint_promises_without_waiting(
    bare_app: Flask, session: TenantSession
) -> None:
    promised(20)
    both_hold = Barrier(2, timeout=120)

    def work() -> list[outbox.Message]:
        with unit_of_work():
            mine = outbox.claim(["notice"], 10)
            both_hold.wait()
            return mine

    with ThreadPoolExecutor(2) as pool:
        first, second = (
            future.result() for future in [start(pool, bare_app, "alpha", work) for _ in range(2)]
        )
    assert len({message.id for message in (*first, *second)}) == len(first) + len(second) == 20


def test_the_oldest_promise_comes_first_and_only_of_the_topics_asked_for(
    session: TenantSession, clock: Simulated
) -> None:
    promised(2)
    promised(1, topic="other")
    clock.advance(timedelta(seconds=1))
    promised(1)
    assert [message.payload["number"] for message in claimed()] == [0, 1, 0]


def test_of_more_than_can_be_taken_the_longest_due_comes_first(
    session: TenantSession, clock: Simulated
) -> None:
    with unit_of_work():
        for hours in (1, 3, 2):
            outbox.promise("notice", {"hours": hours}, due_at=clock.now() - timedelta(hours=hours))
    assert [claimed(1)[0].payload["hours"] for _ in range(3)] == [3, 2, 1]


def test_another_tenants_promises_cannot_be_claimed(session: TenantSession) -> None:
    promised(1)
    with tenant_scope("beta"):
        assert claimed() == []


def test_a_promise_whose_worker_died_comes_back_when_the_lease_ends(
    session: TenantSession, clock: Simulated
) -> None:
    promised(1)
    (lost,) = claimed()
    clock.advance(LEASE - timedelta(seconds=1))
    assert claimed() == []
    clock.advance(timedelta(seconds=1))
    (again,) = claimed()
    assert (again.id, again.tries) == (lost.id, 2)


def test_a_worker_that_lost_its_lease_can_record_nothing(
    session: TenantSession, clock: Simulated, rows: Rows
) -> None:
    promised(1)
    (lost,) = claimed()
    clock.advance(LEASE)
    (again,) = claimed()
    with unit_of_work():
        assert not outbox.done(lost)
        assert not outbox.failed(lost, RuntimeError("late"))
    assert rows()[0]["done_at"] is None
    assert rows()[0]["lease_until"] is not None
    with unit_of_work():
        assert outbox.done(again)
    assert rows()[0]["done_at"] == clock.now()


def test_a_promise_kept_never_comes_back(session: TenantSession, clock: Simulated) -> None:
    promised(1)
    (message,) = claimed()
    with unit_of_work():
        outbox.done(message)
    clock.advance(timedelta(days=30))
    assert claimed() == []


def test_pauses_double_to_an_hour_with_jitter() -> None:
    for tries, full in [(1, 10), (2, 20), (3, 40), (9, 2560), (10, 3600), (11, 3600), (5000, 3600)]:
        pauses = {pause(tries) for _ in range(200)}
        assert min(pauses) >= timedelta(seconds=full / 2)
        assert max(pauses) <= timedelta(seconds=full) <= LONGEST_PAUSE
        assert len(pauses) > 100


def test_a_failing_promise_is_tried_for_ever_at_least_every_hour(
    session: TenantSession, clock: Simulated, rows: Rows
) -> None:
    promised(1)
    for tries in range(1, 60):
        (message,) = claimed()
        assert message.tries == tries
        with unit_of_work():
            outbox.failed(message, ConnectionError("短信通道无应答"))
        assert claimed() == []
        clock.advance(LONGEST_PAUSE)
    assert rows()[0]["last_error"] == "ConnectionError: 短信通道无应答"
    db.session.rollback()
