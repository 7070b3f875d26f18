from contextlib import suppress

from escalation.protocol import receiving
from escalation.protocol.books import Draft
from escalation.protocol.rows import Held, Outgoing
from escalation.simulation.signing import forged
from tests.escalation.protocol.sides import OTHER, SUBJECT, Side
from zhitongche.kernel import clock as clocks
from zhitongche.kernel.ids import new_id


def some(below: Side, texts: str) -> list[Outgoing]:
    return [below.emit("beta", text) for text in texts]


def test_a_message_is_applied_once_and_a_duplicate_gets_the_same_receipt(below: Side, above: Side) -> None:
    (row,) = some(below, "a")
    first, second = above.receive(row.envelope), above.receive(row.envelope)
    assert first == second
    assert first.kind == "receipt"
    assert above.app.applied == ["a"]


def test_what_comes_too_early_waits_and_has_its_receipt(below: Side, above: Side) -> None:
    a, b, c = some(below, "abc")
    assert above.receive(c.envelope).kind == "receipt"
    assert above.receive(b.envelope).kind == "receipt"
    assert above.app.applied == []
    above.receive(a.envelope)
    assert above.app.applied == ["a", "b", "c"]


def test_one_stream_waits_for_no_other(below: Side, above: Side) -> None:
    _, b = some(below, "ab")
    other = below.emit("beta", "x", OTHER)
    above.receive(b.envelope)
    above.receive(other.envelope)
    assert above.app.applied == ["x"]


def test_the_same_id_with_other_bytes_is_refused_and_kept_as_an_alarm(below: Side, above: Side) -> None:
    (row,) = some(below, "a")
    above.receive(row.envelope)
    reply = above.receive(forged(row.envelope, below.gate.open(row.envelope)))
    assert (reply.kind, reply.body) == ("refused", b"other_bytes")
    assert above.app.applied == ["a"]


def test_what_the_gate_refuses_is_kept_and_answered_with_the_reason(below: Side, above: Side) -> None:
    (row,) = some(below, "a")
    reply = above.receive(row.envelope + b" ")
    assert (reply.kind, reply.body) == ("refused", b"signature")
    assert above.app.applied == []


def test_what_fails_in_the_middle_leaves_nothing_behind(below: Side, above: Side) -> None:
    (row,) = some(below, "a")
    with suppress(RuntimeError), above.act() as books:
        receiving.receive(books, above.gate, above.pen, above.app, row.envelope, clocks.now())
        raise RuntimeError
    above.receive(row.envelope)
    # The application of this test is outside of the transaction: it was asked twice, and the message was new twice.
    assert above.app.applied == ["a", "a"]


def test_a_message_that_cannot_be_applied_stops_its_stream_only_until_a_person_releases_it(below: Side, above: Side) -> None:
    above.app.refused = {"a"}
    a, b = some(below, "ab")
    for row in (a, b):
        assert above.receive(row.envelope).kind == "receipt"
    above.receive(below.emit("beta", "x", OTHER).envelope)
    assert above.app.applied == ["x"]

    held = _held(above, a)
    assert (held.reason, held.message) == ("须人工核对", a.id)
    assert _release(above, held)
    assert above.app.applied == ["x"]
    above.app.refused = set()
    assert _release(above, _held(above, a))
    assert above.app.applied == ["x", "a", "b"]
    assert not _release(above, held)
    above.receive(below.emit("beta", "c").envelope)
    assert above.app.applied == ["x", "a", "b", "c"]


def test_the_same_refusal_again_only_counts_up(below: Side, above: Side) -> None:
    with above.act() as books:
        held = Held(new_id(), "alpha", "signature", b"d" * 32, b"bytes", clocks.now())
        books.hold(held)
        books.hold(Held(new_id(), "alpha", "signature", b"d" * 32, b"bytes", clocks.now()))
    with above.act() as books:
        found = books.held(held.id)
    assert found is not None
    assert found.times == 2


def test_a_numbered_control_message_or_an_unnumbered_case_is_refused(below: Side, above: Side) -> None:
    for kind, sequence in (("resync.v1", 1), ("case.escalate.v1", 0), ("receipt.v1", 0)):
        draft = Draft("beta", kind, SUBJECT, sequence, sequence, 1, clocks.now(), {"text": "a", "step": "buckets"})
        assert above.receive(below.pen.sign(draft).envelope).kind == "refused"
    assert above.app.applied == []


def test_a_seal_goes_to_the_application(below: Side, above: Side) -> None:
    draft = Draft("beta", "seal.v1", SUBJECT, 0, 0, 1, clocks.now(), {})
    reply = above.receive(below.pen.sign(draft).envelope)
    assert (reply.kind, reply.body) == ("answer", b"noted")


def _held(side: Side, row: Outgoing) -> Held:
    with side.act() as books:
        found = books.open_held(10)
    return next(one for one in found if one.message == row.id and one.released_at is None)


def _release(side: Side, held: Held) -> Held | None:
    with side.act() as books:
        return receiving.release(books, side.gate, side.app, held.id, "管理员", clocks.now())
