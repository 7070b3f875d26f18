"""Shantou's way from the form to the call-back, as its own rules tell it."""

from datetime import timedelta

import pytest

from tests.support.stage import Play
from zhitongche.casework import replay
from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel.errors import Refused

LEAD, CO = "zhujian", "gongxin"


def transferred(play: Play, category: str = "complaint", lead: str = LEAD, co: tuple[str, ...] = ()) -> None:
    """Analysed, confirmed, fixed and transferred to the lead unit."""
    play.hand_in(category=category)
    ground = next(iter(play.pack.grounds_accept))
    play.act("propose", "triage", accept_ground=ground, category=category, proposed=play.unit(lead))
    play.act("confirm", lead)
    play.act("fix", "triage", lead=play.unit(lead), co=[play.unit(c) for c in co], opinion="请按职责办理")
    play.act("issue", "triage")


def contacted(play: Play, clock: kernel_clock.Simulated, lead: str = LEAD) -> None:
    """The lead unit has spoken with the enterprise."""
    play.act("contact", lead, how="phone", happened=clock.now(), text="已告知承办人员并了解情况")


@pytest.mark.clause("ST-3.6.a")
def test_a_satisfied_call_back_closes_the_petition(shantou: Play, clock: kernel_clock.Simulated) -> None:
    transferred(shantou)
    contacted(shantou, clock)
    shantou.act("reply", LEAD, reply="已完成整改。", resolution="resolved")
    shantou.act("call_back", "triage", how="phone", happened=clock.now(), with_whom="陈静", satisfaction="satisfied")
    assert shantou.petition.outcome == "resolved"
    assert replay.broken(shantou.id) == []


@pytest.mark.clause("ST-3.3.a")
def test_no_reply_before_the_enterprise_was_contacted(shantou: Play) -> None:
    transferred(shantou)
    with pytest.raises(Refused) as refused:
        shantou.act("reply", LEAD, reply="已完成整改。", resolution="resolved")
    assert refused.value.clause == "ST-3.3.b"


@pytest.mark.clause("ST-3.3.c")
def test_a_difficult_matter_goes_by_its_own_plan_and_milestones(shantou: Play, clock: kernel_clock.Simulated) -> None:
    transferred(shantou, "difficulty")
    contacted(shantou, clock)
    today = clock.now().date()
    shantou.act("plan", LEAD, text="分两步修复道路", due=(today + timedelta(days=40)).isoformat(),
                milestones=[{"text": "现场勘测", "due": (today + timedelta(days=10)).isoformat()},
                            {"text": "施工完成", "due": (today + timedelta(days=35)).isoformat()}])  # fmt: skip
    shantou.act("settle_plan", "triage", verdict="agree")
    running = shantou.running()
    assert {"plan", "milestone", "progress"} <= set(running)
    steps = [str(m) for m in shantou.facts.open_milestones]
    shantou.act("milestone", LEAD, milestone=steps[0], text="已勘测")
    shantou.act("milestone", LEAD, milestone=steps[1], text="已完工")
    shantou.act("reply", LEAD, reply="道路已修复。", resolution="resolved")
    shantou.act("call_back", "triage", how="visit", happened=clock.now(), with_whom="陈静", satisfaction="satisfied")
    assert replay.broken(shantou.id) == []


@pytest.mark.clause("ST-3.4.b")
def test_a_missed_thursday_report_stays_missed_and_the_next_is_owed(shantou: Play, clock: kernel_clock.Simulated) -> None:
    transferred(shantou)
    first = shantou.clock("progress")
    assert kernel_clock.local(first.due_at).strftime("%Y-%m-%d") == "2026-03-12"
    clock.advance(timedelta(days=8))
    shantou.sweep()
    assert shantou.running()["progress"].id != first.id
    assert kernel_clock.local(shantou.running()["progress"].due_at).strftime("%Y-%m-%d") == "2026-03-19"
    shantou.act("progress", LEAD, text="正在推进")
    assert kernel_clock.local(shantou.running()["progress"].due_at).strftime("%Y-%m-%d") == "2026-03-26"
