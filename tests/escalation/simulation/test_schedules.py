"""Hundreds of schedules hold every promise; each planted fault of the protocol is found by a few of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from escalation.protocol import forks, healing, order, receiving, sending, settling
from escalation.protocol.memory import MemoryBooks
from escalation.protocol.reply import Reply
from escalation.protocol.rows import Incoming, Outgoing, Stream
from escalation.simulation.house import Crash, House
from escalation.simulation.schedule import run

MANY = 120


def test_every_promise_holds_under_every_schedule() -> None:
    outcomes = [run(seed) for seed in range(MANY)]
    broken = {outcome.seed: outcome.faults for outcome in outcomes if outcome.faults}
    assert not broken, broken
    assert sum(outcome.applied for outcome in outcomes) > 5 * MANY
    assert sum(outcome.crashes for outcome in outcomes) > MANY
    assert sum(outcome.restores for outcome in outcomes) > MANY / 2


def test_the_same_seed_is_the_same_schedule() -> None:
    assert [run(seed) for seed in range(5)] == [run(seed) for seed in range(5)]


def no_duplicate_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MemoryBooks, "arrived", lambda *_: [])
    monkeypatch.setattr(MemoryBooks, "add_incoming", MemoryBooks.change_incoming)
    monkeypatch.setattr(order, "is_next", lambda stream, row: stream.run is None or row.sequence <= stream.run.known + 1)


def what_comes_first_is_applied_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(order, "is_next", lambda stream, row: True)


def tries_are_finite(monkeypatch: pytest.MonkeyPatch) -> None:
    due = MemoryBooks._due
    monkeypatch.setattr(MemoryBooks, "_due", lambda books, now: [row for row in due(books, now) if row.tries < 5])


def the_receipt_goes_before_the_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    def receive(house: House, envelope: bytes, now: datetime) -> Reply:
        house.pen.now = now
        reply = None
        try:
            with house.act() as books:
                reply = receiving.receive(books, house.gate, house.pen, house.bureau, envelope, now)
        except Crash:
            if reply is None:
                raise
        assert reply is not None
        return reply

    monkeypatch.setattr(House, "receive", receive)


def a_lease_never_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "LEASE", timedelta(days=365))


def epochs_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    def is_next(stream: Stream, row: Incoming) -> bool:
        return row.sequence == (stream.run.known if stream.run else 0) + 1

    monkeypatch.setattr(order, "is_next", is_next)
    monkeypatch.setattr(order, "is_overtaken", lambda stream, row: False)


def proof_of_a_fork_is_not_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    def forked(books: Any, gate: Any, pen: Any, app: Any, row: Outgoing, envelope: bytes, now: datetime) -> None:
        sending.failed(books, row, "fork", now)

    monkeypatch.setattr(forks, "forked", forked)


def what_was_lost_does_not_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forks, "recover", lambda *_: False)


def nobody_compares(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(healing, "begin", lambda *_: [])


def what_waited_stays_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling, "settle", lambda books, gate, app, stream, now, told=None: stream)


FAULTS = (
    no_duplicate_is_known, what_comes_first_is_applied_first, tries_are_finite, the_receipt_goes_before_the_commit,
    a_lease_never_ends, epochs_do_not_count, proof_of_a_fork_is_not_heard, what_was_lost_does_not_come_back,
    nobody_compares, what_waited_stays_behind,
)  # fmt: skip


@pytest.mark.parametrize("plant", FAULTS, ids=lambda plant: plant.__name__)
def test_a_planted_fault_is_found(plant: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    assert _found(), f"{plant.__name__} went unnoticed"


def _found() -> bool:
    """Whether one of the seeds shows it that hold every promise without the fault."""
    for seed in range(MANY):
        try:
            if run(seed).faults:
                return True
        except ValueError:
            # The books themselves refuse what is numbered or taken twice.
            return True
    return False
