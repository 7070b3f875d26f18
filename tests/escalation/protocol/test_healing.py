"""Lost by the receiver, lost by the sender, numbered twice: what differs is found and made good."""

from datetime import timedelta
from uuid import UUID

import pytest

from escalation.protocol import forks, healing, sending
from escalation.protocol.reply import Reply
from escalation.protocol.rows import Outgoing
from escalation.wire.reasons import Rejected
from tests.escalation.protocol.conftest import Make
from tests.escalation.protocol.sides import OTHER, Side
from zhitongche.kernel import clock as clocks
from zhitongche.kernel.clock import Simulated


def said(below: Side, above: Side, texts: str) -> list[Outgoing]:
    rows = [below.emit(above.code, text) for text in texts]
    below.deliver(above)
    return rows


def epoch(side: Side) -> int:
    with side.act() as books:
        return books.epoch()


@pytest.fixture(autouse=True)
def _time_passes(clock: Simulated) -> None:
    clock.advance(timedelta(days=1))


def test_books_that_agree_have_no_difference(below: Side, above: Side) -> None:
    assert below.compare(above) == 0
    said(below, above, "ab")
    assert below.compare(above) == 0
    assert above.compare(below) == 0


def test_what_the_receiver_lost_is_sent_again_as_the_same_bytes(below: Side, above: Side) -> None:
    said(below, above, "a")
    restore = above.backup()
    lost = said(below, above, "bc")
    first = below.row(lost[0])
    restore()
    above.app.applied = ["a"]

    assert below.compare(above) == 1
    assert below.deliver(above) == 2
    assert above.app.applied == ["a", "b", "c"]
    again = below.row(lost[0])
    assert (again.receipt, again.receipted_at, again.receipts) == (first.receipt, first.receipted_at, 2)
    assert below.compare(above) == 0


def test_a_gap_is_asked_for_after_ten_minutes(below: Side, above: Side, clock: Simulated) -> None:
    restore = above.backup()
    said(below, above, "ab")
    restore()
    above.app.applied = []
    said(below, above, "c")
    assert above.app.applied == []
    assert above.ask_for_gaps(below) == 0
    clock.advance(healing.PATIENCE)
    assert above.ask_for_gaps(below) == 1
    assert above.ask_for_gaps(below) == 0
    below.deliver(above)
    assert above.app.applied == ["a", "b", "c"]


def test_what_the_sender_lost_comes_back_as_the_bytes_that_it_signed(below: Side, above: Side) -> None:
    said(below, above, "a")
    restore, before = below.backup(), epoch(below)
    lost = said(below, above, "bc")
    below.emit("beta", "x", OTHER)
    below.deliver(above)
    restore()

    assert below.compare(above) == 2
    assert below.app.recovered_texts == ["b", "c", "x"]
    assert epoch(below) > before
    assert below.row(lost[0]).envelope == lost[0].envelope
    below.deliver(above)
    assert below.row(lost[0]).receipt is not None
    assert below.compare(above) == 0
    new = below.emit("beta", "d")
    assert (new.sequence, new.since) == (4, 4)
    below.deliver(above)
    assert above.app.applied == ["a", "b", "c", "x", "d"]


def test_a_number_given_twice_is_proved_by_the_senders_own_signature_and_issued_anew(below: Side, above: Side) -> None:
    said(below, above, "a")
    restore, before = below.backup(), epoch(below)
    said(below, above, "bc")
    restore()

    ours = [below.emit("beta", text) for text in "BC"]
    below.deliver(above)
    assert epoch(below) > before
    assert above.app.applied == ["a", "b", "c", "B", "C"]
    for row in map(below.row, ours):
        assert row.reissued_as is not None
        assert not row.pending
    assert below.compare(above) in (0, 1)
    below.deliver(above)
    assert below.compare(above) == 0
    assert sorted(below.app.recovered_texts) == ["b", "c"]


def test_a_sender_that_lost_an_epoch_too_learns_of_it(below: Side, above: Side) -> None:
    said(below, above, "a")
    restore = below.backup()
    said(below, above, "b")
    restore()
    said(below, above, "B")
    second = epoch(below)
    restore()
    said(below, above, "y")
    assert epoch(below) > second
    assert above.app.applied == ["a", "b", "B", "y"]
    below.compare(above)
    below.deliver(above)
    assert below.compare(above) == 0


def test_a_receiver_behind_the_first_of_an_epoch_waits_for_what_came_before(below: Side, above: Side, clock: Simulated) -> None:
    restore = above.backup()
    said(below, above, "ab")
    with below.act() as books:
        books.take_epoch(books.epoch() + 1, "test", clocks.now())
    restore()
    above.app.applied = []
    said(below, above, "c")
    assert above.app.applied == []
    below.compare(above)
    below.deliver(above)
    assert above.app.applied == ["a", "b", "c"]


def test_a_late_message_of_an_epoch_that_is_over_is_not_applied(below: Side, above: Side) -> None:
    said(below, above, "a")
    restore = below.backup()
    late = below.emit("beta", "lost with the backup, still on its way")
    restore()
    with below.act() as books:
        books.take_epoch(books.epoch() + 1, "test", clocks.now())
    said(below, above, "b")
    assert above.receive(late.envelope).kind == "fork"
    assert above.app.applied == ["a", "b"]


def test_a_fork_that_is_not_proved_changes_nothing(below: Side, above: Side, make: Make) -> None:
    said(below, above, "a")
    row = below.emit("beta", "b")
    (claimed,) = below.claim()
    elsewhere = below.emit("beta", "x", OTHER)
    foreign = make("gamma").emit("beta", "b")
    for envelope in (row.envelope, elsewhere.envelope, foreign.envelope, b"rubbish"):
        try:
            below.take(claimed, Reply("fork", envelope))
        except (Rejected, ValueError, IndexError):
            continue
    assert below.row(row).reissued_as is None
    assert below.row(row).pending


def test_what_is_not_ours_is_not_taken_back(below: Side, above: Side, make: Make) -> None:
    foreign = make("gamma").emit("beta", "x")
    with below.act() as books, pytest.raises(Rejected):
        forks.recover(books, below.gate, below.pen, below.app, foreign.envelope, clocks.now())
    assert below.app.recovered_texts == []


def test_an_answer_to_another_question_is_refused(below: Side, above: Side) -> None:
    with below.act() as books:
        one, two = (healing.begin(books, below.pen, "beta", clocks.now())[0] for _ in range(2))
    reply = above.receive(one.envelope)
    with pytest.raises(Rejected), below.act() as books:
        healing.answered(books, below.gate, below.pen, below.app, two, reply, clocks.now())


def test_a_comparison_of_more_streams_than_one_answer_holds_goes_on(
    below: Side, above: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("escalation.protocol.resync.PAGE", 3)
    restore = above.backup()
    for number in range(10):
        below.emit("beta", str(number), _subject(number))
    below.deliver(above)
    restore()
    above.app.applied = []
    assert below.compare(above) == 10
    below.deliver(above)
    assert sorted(above.app.applied) == [str(number) for number in range(10)]
    back = below.backup()
    for number in range(10, 20):
        below.emit("beta", str(number), _subject(number))
    below.deliver(above)
    back()
    assert below.compare(above) == 10
    below.deliver(above)
    assert below.compare(above) == 0


def test_what_came_back_is_not_issued_anew_with_what_was_numbered_twice(below: Side, above: Side) -> None:
    said(below, above, "a")
    restore = below.backup()
    said(below, above, "bc")
    restore()
    below.emit("beta", "B")
    # Found first: "c", behind the number that was given twice.
    assert below.compare(above) == 1
    assert below.app.recovered_texts == ["c"]
    below.deliver(above)
    assert above.app.applied == ["a", "b", "c", "B"]
    assert below.compare(above) == 0


def test_what_came_back_counts_in_whatever_order_it_came(below: Side, above: Side) -> None:
    restore = below.backup()
    a, b, c = said(below, above, "abc")
    restore()
    with below.act() as books:
        books.take_epoch(c.epoch + 10**9, "test", clocks.now())
    said(below, above, "d")
    for row in (b, c, a):
        with below.act() as books:
            assert forks.recover(books, below.gate, below.pen, below.app, row.envelope, clocks.now())
        below.deliver(above)
    assert above.app.applied == ["a", "b", "c", "d"]
    with below.act() as books:
        mine = books.buckets("beta", "out")
    with above.act() as books:
        assert books.buckets("alpha", "in") == mine


def test_what_stands_behind_messages_lost_on_both_sides_is_told_to_a_person(below: Side, above: Side, clock: Simulated) -> None:
    said(below, above, "a")
    back_below, back_above = below.backup(), above.backup()
    said(below, above, "b")
    late = below.emit("beta", "c")
    back_below()
    back_above()
    assert above.receive(late.envelope).kind == "receipt"
    clock.advance(healing.PATIENCE)
    assert above.ask_for_gaps(below) == 1
    with above.act() as books:
        assert [(held.reason, held.message) for held in books.open_held(10)] == [("overtaken", late.id)]
    clock.advance(healing.PATIENCE)
    assert above.ask_for_gaps(below) == 0
    above.app.applied = ["a"]
    said(below, above, "xyz")
    assert above.app.applied == ["a", "x", "c", "y", "z"]


def test_a_message_in_flight_is_no_difference(below: Side, above: Side) -> None:
    below.emit("beta", "a")
    (row,) = below.claim()
    above.receive(row.envelope)
    assert below.compare(above) == 0
    assert sending.bytes_of(below.pen, row) == row.envelope


def _subject(number: int) -> UUID:
    return UUID(int=number << 120)
