"""Raoping's way from the form to the rating, as its own rules tell it."""

from datetime import timedelta

import pytest

from tests.support.stage import Play
from zhitongche.casework import replay
from zhitongche.kernel import clock as kernel_clock


def accepted(play: Play, lead: str = "housing", co: tuple[str, ...] = ()) -> None:
    """Handed in and assigned to a unit."""
    play.hand_in()
    ground = next(iter(play.pack.grounds_accept))
    play.act("accept", "triage", accept_ground=ground, lead=play.unit(lead), co=[play.unit(c) for c in co])


@pytest.mark.clause("RP-2.10.a")
def test_a_satisfied_enterprise_closes_its_petition(raoping: Play, clock: kernel_clock.Simulated) -> None:
    units = [u.code for u in raoping.pack.units if "handler" in u.roles]
    lead = units[3]
    accepted(raoping, lead)
    raoping.act("receive", lead)
    raoping.act("contact", lead, how="phone", happened=clock.now(), text="已与企业电话沟通")
    assert set(raoping.running()) == {"reply"}
    raoping.act("reply", lead, reply="已安排修复，月底前完成。", resolution="resolved")
    raoping.act("answer", "triage", reply="已安排修复，月底前完成。")
    assert set(raoping.running()) == {"rating"}
    raoping.act("rate", "enterprise", satisfaction="satisfied", text="谢谢")
    assert raoping.petition.outcome == "resolved"
    assert replay.broken(raoping.id) == []


@pytest.mark.clause("RP-2.10.b")
def test_silence_for_five_days_counts_as_satisfied_and_is_marked_as_default(raoping: Play, clock: kernel_clock.Simulated) -> None:
    lead = next(u.code for u in raoping.pack.units if "handler" in u.roles)
    accepted(raoping, lead)
    raoping.act("receive", lead)
    raoping.act("reply", lead, reply="已安排修复。", resolution="resolved")
    raoping.act("answer", "triage", reply="已安排修复。")
    clock.advance(timedelta(days=6))
    raoping.sweep()
    assert raoping.petition.outcome == "resolved"
    assert replay.broken(raoping.id) == []
