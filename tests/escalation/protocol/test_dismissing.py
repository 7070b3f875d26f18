"""A person decides that a message that stands still is not to be applied."""

from escalation.protocol import dismissing
from escalation.protocol.rows import Held
from tests.escalation.protocol.sides import SUBJECT, Side
from zhitongche.kernel import clock as clocks


def test_its_stream_goes_on_behind_it_and_it_is_never_applied(below: Side, above: Side) -> None:
    above.app.refused = {"a"}
    for text in "abc":
        above.receive(below.emit("beta", text).envelope)
    assert above.app.applied == []

    (held,) = _held(above)
    assert _dismiss(above, held)
    assert above.app.applied == ["b", "c"]
    assert not _dismiss(above, held)
    above.app.refused = set()
    above.receive(below.emit("beta", "d").envelope)
    assert above.app.applied == ["b", "c", "d"]
    with above.act() as books:
        stream = books.stream("alpha", SUBJECT, "in")
    assert (stream.applied, stream.placed, stream.stopped) == (4, 4, False)


def test_the_next_that_cannot_be_applied_is_held_in_its_turn(below: Side, above: Side) -> None:
    above.app.refused = {"a", "b"}
    for text in "abc":
        above.receive(below.emit("beta", text).envelope)
    _dismiss(above, _held(above)[0])
    assert above.app.applied == []
    _dismiss(above, _held(above)[0])
    assert above.app.applied == ["c"]


def _held(side: Side) -> list[Held]:
    with side.act() as books:
        return [one for one in books.open_held(10) if one.released_at is None]


def _dismiss(side: Side, held: Held) -> Held | None:
    with side.act() as books:
        return dismissing.dismiss(books, side.gate, side.app, held.id, "管理员", clocks.now())
