from contextlib import suppress
from datetime import timedelta
from uuid import UUID

import pytest

from escalation.protocol import sending
from escalation.protocol.reply import Reply
from escalation.protocol.rows import Outgoing
from escalation.wire.reasons import Rejected
from tests.escalation.protocol.conftest import Make
from tests.escalation.protocol.sides import OTHER, SUBJECT, Side
from zhitongche.kernel import clock as clocks
from zhitongche.kernel.clock import Simulated


def numbers(rows: list[Outgoing]) -> list[int]:
    return [row.sequence for row in rows]


def test_messages_of_a_stream_are_numbered_without_a_gap_and_streams_on_their_own(below: Side) -> None:
    first, second, other = below.emit("beta", "a"), below.emit("beta", "b"), below.emit("beta", "c", OTHER)
    assert numbers([first, second, other]) == [1, 2, 1]
    assert {row.since for row in (first, second, other)} == {1}
    assert len({row.epoch for row in (first, second, other)}) == 1


def test_what_is_undone_takes_no_number(below: Side) -> None:
    with suppress(RuntimeError), below.act() as books:
        sending.emit(books, below.pen, "beta", SUBJECT, "case.escalate.v1", {"text": "a"}, clocks.now())
        raise RuntimeError
    assert below.emit("beta", "b").sequence == 1


def test_of_a_stream_only_the_first_that_waits_is_sent(below: Side, above: Side) -> None:
    for text in "ab":
        below.emit("beta", text)
    below.emit("beta", "c", OTHER)
    claimed = below.claim()
    assert sorted((row.subject, row.sequence) for row in claimed) == [(SUBJECT, 1), (OTHER, 1)]
    assert below.claim() == []
    first = next(row for row in claimed if row.subject == SUBJECT)
    below.take(first, above.receive(first.envelope))
    assert numbers(below.claim()) == [2]


def test_a_claim_whose_worker_died_comes_back_when_its_lease_ends(below: Side, clock: Simulated) -> None:
    below.emit("beta", "a")
    (lost,) = below.claim()
    clock.advance(sending.LEASE - timedelta(seconds=1))
    assert below.claim() == []
    clock.advance(timedelta(seconds=1))
    (again,) = below.claim()
    assert (again.id, again.envelope, again.tries) == (lost.id, lost.envelope, 2)


def test_a_message_is_tried_without_end_at_pauses_of_up_to_an_hour(below: Side, clock: Simulated) -> None:
    row = below.emit("beta", "a")
    for _ in range(60):
        (claimed,) = below.claim()
        below.take(claimed, Reply("refused", b"trust_expired"))
        assert below.claim() == []
        assert below.row(row).last_error == "trust_expired"
        clock.advance(sending.LONGEST_PAUSE)
    assert below.row(row).tries == 60


def test_a_failure_that_comes_late_does_not_take_the_lease_of_another_worker(below: Side, clock: Simulated) -> None:
    below.emit("beta", "a")
    (first,) = below.claim()
    clock.advance(sending.LEASE)
    (second,) = below.claim()
    below.take(first, Reply("refused", b"malformed"))
    assert below.row(first).lease_until == second.lease_until


def test_a_receipt_ends_it_and_the_first_one_is_kept(below: Side, above: Side, clock: Simulated) -> None:
    below.emit("beta", "a")
    (row,) = below.claim()
    first = above.receive(row.envelope)
    below.take(row, first)
    at = clock.now()
    clock.advance(timedelta(days=1, minutes=1))
    below.pen.now = above.pen.now = clock.now()
    second = above.receive(below.pen.fresh(row.envelope))
    assert second.kind == "receipt"
    assert second.body != first.body
    below.take(row, second)
    settled = below.row(row)
    assert (settled.receipt, settled.receipted_at, settled.receipts, settled.pending) == (first.body, at, 2, False)


def test_a_receipt_for_another_message_settles_nothing(below: Side, above: Side) -> None:
    below.emit("beta", "a")
    below.emit("beta", "b", OTHER)
    one, two = below.claim()
    reply = above.receive(one.envelope)
    with pytest.raises(Rejected) as error:
        below.take(two, reply)
    assert error.value.reason == "receipt_mismatch"
    assert below.row(two).receipt is None
    assert below.row(two).pending


def test_a_peer_that_does_not_answer_is_paused_and_holds_up_nobody(below: Side, clock: Simulated) -> None:
    for number in range(5):
        below.emit("beta", f"b{number}", _subject(number))
        below.emit("gamma", f"c{number}", _subject(number))
    silent = [row for row in below.claim() if row.peer == "beta"]
    with below.act() as books:
        sending.unreachable(books, silent, "connection refused", clock.now())
        assert books.peer("beta").failures == 1
    clock.advance(timedelta(seconds=3))
    assert {row.peer for row in below.claim()} <= {"gamma"}
    assert below.row(silent[0]).last_error == "connection refused"
    clock.advance(timedelta(seconds=3))
    probe = [row for row in below.claim() if row.peer == "beta"]
    assert len(probe) == 1


def test_a_peer_that_answers_again_is_asked_with_all(below: Side, above: Side, clock: Simulated) -> None:
    for number in range(4):
        below.emit("beta", str(number), _subject(number))
    with below.act() as books:
        sending.unreachable(books, sending.claim(books, clock.now(), 10), "timeout", clock.now())
    clock.advance(timedelta(minutes=1))
    (probe,) = below.claim()
    below.take(probe, above.receive(probe.envelope))
    assert len(below.claim()) == 3


def test_the_peers_share_what_is_claimed(below: Side) -> None:
    for number in range(20):
        below.emit("beta", str(number), _subject(number))
    below.emit("gamma", "x")
    claimed = below.claim(8)
    assert len(claimed) <= 8
    assert "gamma" in {row.peer for row in claimed}


def test_another_tenants_messages_are_not_claimed(below: Side, make: Make) -> None:
    below.emit("beta", "a")
    assert make("delta").claim() == []


def test_stored_bytes_are_sent_under_the_present_key(below: Side, above: Side, clock: Simulated) -> None:
    below.emit("beta", "a")
    clock.advance(timedelta(days=5))
    below.pen.now = above.pen.now = clock.now()
    (row,) = below.claim()
    assert above.receive(row.envelope).body == b"key_retired"
    assert above.receive(sending.bytes_of(below.pen, row)).kind == "receipt"
    assert above.app.applied == ["a"]


def _subject(number: int) -> UUID:
    return UUID(int=number << 120)
