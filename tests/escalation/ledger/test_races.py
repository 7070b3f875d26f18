"""What only a database can prove: two at once, on connections of their own, with the first one's transaction still open."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import func, select

from escalation.ledger import nonces
from escalation.ledger.tables import BridgeIncoming, BridgeNonce, BridgeStream
from escalation.protocol import sending
from tests.escalation.protocol.sides import Notes
from tests.support import threads
from tests.support.processes import PATIENCE
from zhitongche.kernel import clock as kernel_clock
from zhitongche.persistence import db, tenant_scope, unit_of_work

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from escalation.protocol.reply import Reply
    from escalation.protocol.rows import Outgoing
    from escalation.wire.event import Event
    from tests.escalation.protocol.sides import Side


class Slow(Notes):
    """The first message's transaction stays open until another stands before a lock."""

    meanwhile: Callable[[], None] | None = None

    def apply(self, peer: str, event: Event) -> None:
        super().apply(peer, event)
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile:
            meanwhile()


def both(app: Flask, above: Side, first: Outgoing, second: Outgoing, until_waiting: Callable[[], None]) -> tuple[Reply, Reply]:
    """Hand in the second message while the first one is applied and not committed."""
    above.app = slow = Slow()
    with ThreadPoolExecutor(1) as pool:
        started = []

        def meanwhile() -> None:
            started.append(threads.start(pool, app, above.code, lambda: above.receive(second.envelope)))
            until_waiting()

        slow.meanwhile = meanwhile
        reply = above.receive(first.envelope)
        return reply, started[0].result(PATIENCE)


def test_two_workers_claim_different_messages_and_neither_waits_for_the_other(below: Side, bare_app: Flask) -> None:
    rows = [below.emit("beta", str(number), UUID(int=number << 120)) for number in range(10)]
    with ThreadPoolExecutor(1) as pool, below.act() as books:
        mine = sending.claim(books, kernel_clock.now(), 5)
        # Still locked by us: with a wait this would never come back.
        theirs = threads.start(pool, bare_app, below.code, lambda: below.claim(10)).result(PATIENCE)
    assert (len(mine), len(theirs)) == (5, 5)
    assert {row.id for row in (*mine, *theirs)} == {row.id for row in rows}
    assert below.claim() == []


def test_a_claim_that_was_rolled_back_leaves_the_messages_to_the_next(below: Side) -> None:
    below.emit("beta", "a")
    try:
        with below.act() as books:
            assert len(sending.claim(books, kernel_clock.now(), 5)) == 1
            raise ConnectionError
    except ConnectionError:
        pass
    assert [row.tries for row in below.claim()] == [1]


def test_the_same_message_by_two_connections_at_once_is_one_message_with_one_receipt(
    below: Side, above: Side, bare_app: Flask, until_waiting: Callable[[], None]
) -> None:
    row = below.emit("beta", "a")
    first, second = both(bare_app, above, row, row, until_waiting)
    assert (first, first.kind) == (second, "receipt")
    assert above.app.applied == ["a"]
    with tenant_scope("beta"):
        assert db.session.scalar(select(func.count()).select_from(BridgeIncoming)) == 1


def test_a_stream_known_already_takes_the_same_message_twice_at_once_as_well(
    below: Side, above: Side, bare_app: Flask, until_waiting: Callable[[], None]
) -> None:
    below.emit("beta", "a")
    below.deliver(above)
    row = below.emit("beta", "b")
    first, second = both(bare_app, above, row, row, until_waiting)
    assert (first, first.kind) == (second, "receipt")
    assert above.app.applied == ["b"]


def test_two_messages_of_one_stream_at_once_are_applied_in_their_order(
    below: Side, above: Side, bare_app: Flask, until_waiting: Callable[[], None]
) -> None:
    one, two = (below.emit("beta", each) for each in "ab")
    first, second = both(bare_app, above, one, two, until_waiting)
    assert (first.kind, second.kind) == ("receipt", "receipt")
    assert first.body != second.body
    assert above.app.applied == ["a", "b"]
    with tenant_scope("beta"):
        stream = db.session.scalars(select(BridgeStream)).one()
        assert (stream.placed, stream.applied, stream.waiting) == (2, 2, 0)


def test_two_who_number_a_message_of_one_stream_at_once_give_two_numbers(
    below: Side, bare_app: Flask, until_waiting: Callable[[], None]
) -> None:
    with ThreadPoolExecutor(1) as pool:
        with below.act() as books:
            first = sending.emit(books, below.pen, "beta", UUID(int=1), "case.escalate.v1", {"text": "a"}, kernel_clock.now())
            other = threads.start(pool, bare_app, below.code, lambda: below.emit("beta", "b", UUID(int=1)))
            until_waiting()
        assert (first.sequence, other.result(PATIENCE).sequence) == (1, 2)


def test_a_nonce_counts_for_one_of_two_who_use_it_at_once(below: Side, bare_app: Flask, until_waiting: Callable[[], None]) -> None:
    until = kernel_clock.now() + timedelta(minutes=5)

    def use() -> bool:
        with unit_of_work():
            return nonces.keep("key", "nonce", until)

    with ThreadPoolExecutor(1) as pool:
        with unit_of_work():
            mine = nonces.keep("key", "nonce", until)
            other = threads.start(pool, bare_app, "alpha", use)
            until_waiting()
        assert (mine, other.result(PATIENCE)) == (True, False)
    assert db.session.scalar(select(func.count()).select_from(BridgeNonce)) == 1
