"""Acts through the real door fill facts, increments and sums."""

from datetime import timedelta

from tests.support.stage import Play
from tests.zhitongche.statistics import counted


def _lead(play: Play) -> str:
    return next(unit.code for unit in play.pack.units if "handler" in unit.roles)


def _accept(play: Play) -> str:
    lead = _lead(play)
    play.act("accept", "triage", accept_ground=next(iter(play.pack.grounds_accept)), lead=play.unit(lead))
    return lead


def test_a_petition_from_receipt_to_rating_is_counted_once_at_each_step(raoping: Play, clock) -> None:
    raoping.hand_in()
    lead = _accept(raoping)
    clock.advance(timedelta(minutes=30))
    raoping.act("receive", lead)
    raoping.act("reply", lead, reply="已安排修复。", resolution="resolved")
    raoping.act("answer", "triage", reply="已安排修复。")
    raoping.act("rate", "enterprise", satisfaction="satisfied")
    found = counted.facts()
    for kind in ("received", "accepted", "handed", "assigned_right", "response_kept", "solved", "concluded", "satisfied", "rated", "took_part", "finished", "handled"):
        assert found[kind] == 1, kind
    assert found["on_hand"] == found["overdue"] == 0
    assert not counted.tallied()
    counted.fold()
    assert counted.waiting() == 0
    assert {kind: n for kind, n in counted.tallied().items() if n} == {kind: n for kind, n in found.items() if n}
    assert counted.differences() == []
