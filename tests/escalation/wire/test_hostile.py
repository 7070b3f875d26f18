"""No hostile message comes in, each is refused for its own reason, and what is honest comes in."""

import pytest

from escalation.wire import kinds
from escalation.wire.reasons import REASONS, Rejected
from tests.escalation.wire import gates, hostile, world
from tests.escalation.wire.hostile import Hostile

WORLD = world.make()


@pytest.mark.parametrize("kind", hostile.KINDS, ids=lambda kind: kind.name)
def test_what_is_hostile_is_refused_for_its_reason(kind: Hostile) -> None:
    with pytest.raises(Rejected) as refused:
        gates.send(kind, WORLD)
    assert (refused.value.reason, refused.value.message) == (kind.reason, f"{REASONS[kind.reason]}。")


@pytest.mark.parametrize("kind", hostile.KINDS, ids=lambda kind: kind.name)
def test_the_log_learns_no_contents(kind: Hostile) -> None:
    with pytest.raises(Rejected) as refused:
        gates.send(kind, WORLD)
    detail = refused.value.detail
    assert len(detail) < 200
    assert not any("\u3400" <= character <= "\u9fff" for character in detail)


def test_there_are_as_many_kinds_as_were_asked_for() -> None:
    assert len({kind.name for kind in hostile.KINDS}) == len(hostile.KINDS) > 100
    assert {kind.reason for kind in hostile.KINDS} | {"algorithm_unknown", "receiver_unknown", "trust_older", "trust_fork"} == set(REASONS)


@pytest.mark.parametrize("kind", sorted(kinds.UP | kinds.CONTROL))
def test_what_goes_up_honestly_comes_in(kind: str) -> None:
    message = WORLD.message(kind)
    found = gates.pass_through("message", WORLD.sent(message), WORLD, WORLD.now)
    assert found.event == message  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", sorted(kinds.DOWN | kinds.CONTROL))
def test_what_comes_down_honestly_comes_in(kind: str) -> None:
    below = world.World(**{**vars(WORLD), "me": WORLD.peer, "peer": WORLD.me})
    message = below.message(kind)
    assert gates.pass_through("message", below.sent(message), below, below.now).event == message  # type: ignore[attr-defined]


@pytest.mark.parametrize("gate", ["receipt", "hop", "list"])
def test_what_is_honest_passes_the_other_gates(gate: str) -> None:
    honest = {"receipt": WORLD.receipt, "hop": WORLD.request, "list": WORLD.list}[gate]()
    assert gates.pass_through(gate, honest, WORLD, WORLD.now)  # type: ignore[arg-type]
