"""RP-2.2 and RP-2.3: ways in, screening, assignment, objection, refusal, the way to county level."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.support.stage import Play
from zhitongche import journal
from zhitongche.casework import replay
from zhitongche.casework.tables import Record
from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel.errors import Forbidden, Invalid, NotFound, Refused
from zhitongche.outbox.tables import Outbox
from zhitongche.persistence import db

LEAD, OTHER, TOWN = "zhujian", "jiaotong", "huanggang"


def accept(play: Play, lead: str = LEAD, *co: str) -> None:
    """The bureau accepts and assigns."""
    ground = next(iter(play.pack.grounds_accept))
    play.act("accept", "triage", accept_ground=ground, lead=play.unit(lead), co=[play.unit(c) for c in co])


def local(moment) -> str:
    """As a person in China reads it."""
    return f"{kernel_clock.local(moment):%Y-%m-%d %H:%M}"


@pytest.mark.clause("RP-1.b")
def test_the_county_is_below_the_city_that_its_own_text_names(raoping: Play) -> None:
    assert raoping.pack.parent == "chaozhou"
    raoping.hand_in()
    assert raoping.petition.stage == "screening"


@pytest.mark.clause("RP-2.2.a")
@pytest.mark.parametrize(
    ("who", "source", "facts"),
    [
        ("enterprise", "web", {}),
        ("window", "window", {"window_note": "企业到大厅反映"}),
        ("hotline", "hotline", {"order_number": "GD20260306001", "first_received": "2026-03-06T09:00"}),
    ],
)
def test_all_three_ways_lead_to_the_same_inbox(raoping: Play, who: str, source: str, facts: dict[str, str]) -> None:
    raoping.hand_in(who, source=source, **facts)
    petition = raoping.petition
    assert (petition.stage, petition.source) == ("screening", source)
    assert set(petition.source_facts) >= set(facts)


@pytest.mark.clause("RP-2.2.a")
def test_a_hotline_entry_without_its_order_number_is_refused_beside_the_field(raoping: Play) -> None:
    with pytest.raises(Invalid) as refused:
        raoping.hand_in("hotline", source="hotline", first_received="2026-03-06T09:00")
    assert set(refused.value.errors) == {"order_number"}


@pytest.mark.clause("RP-2.2.b")
def test_a_mismatch_goes_to_market_supervision_before_the_bureau(raoping: Play) -> None:
    raoping.hand_in(mismatched=True)
    assert raoping.petition.stage == "identity_review"
    with pytest.raises(Refused):
        accept(raoping)
    raoping.act("verify", "reviewer", verdict="agree", reason="企业刚更名，登记有效")
    assert (raoping.petition.stage, raoping.petition.registration) == ("screening", "confirmed")
    assert replay.broken(raoping.id) == []


@pytest.mark.clause("RP-2.3.a")
def test_the_bureau_has_three_working_days_to_screen(raoping: Play) -> None:
    raoping.hand_in()
    assert local(raoping.running()["screen"].due_at) == "2026-03-11 17:30"


@pytest.mark.clause("RP-2.3.a")
def test_where_both_have_duties_the_department_leads_with_the_town_beside_it(raoping: Play) -> None:
    raoping.hand_in()
    accept(raoping, LEAD, TOWN)
    assert raoping.facts.co_owing == {raoping.handler(TOWN).unit_id}
    raoping.act("receive", LEAD)
    with pytest.raises(Refused, match="协办单位"):
        raoping.act("reply", LEAD, reply="已处理完毕。", resolution="resolved")
    raoping.act("reply_part", TOWN, reply="镇里已清理路障。")
    raoping.act("reply", LEAD, reply="已处理完毕。", resolution="resolved")
    assert raoping.clock("co_reply").met_at is not None


@pytest.mark.clause("RP-2.3.a")
def test_the_lead_unit_cannot_be_its_own_co_organizer(raoping: Play) -> None:
    raoping.hand_in()
    with pytest.raises(Invalid) as refused:
        accept(raoping, LEAD, LEAD)
    assert "co" in refused.value.errors


@pytest.mark.clause("RP-2.3.b")
def test_a_unit_has_24_consecutive_hours_to_receive_weekends_included(raoping: Play, clock: kernel_clock.Simulated) -> None:
    raoping.hand_in()
    accept(raoping)
    due = raoping.running()["receive"]
    assert local(due.due_at) == "2026-03-07 10:00"
    assert kernel_clock.local(due.due_at).weekday() == 5
    clock.advance(timedelta(hours=25))
    raoping.sweep()
    raoping.act("receive", LEAD)
    late = raoping.clock("receive")
    assert late.missed_at is not None
    assert late.met_at is not None


@pytest.mark.clause("RP-2.3.b")
def test_only_the_assigned_unit_receives(raoping: Play) -> None:
    raoping.hand_in()
    accept(raoping)
    with pytest.raises(NotFound):
        raoping.act("receive", OTHER)
    with pytest.raises(Forbidden) as refused:
        raoping.act("receive", "triage")
    assert refused.value.clause == "RP-2.3.b"


@pytest.mark.clause("RP-2.3.c")
def test_while_the_bureau_decides_an_objection_the_case_clock_runs_on(raoping: Play, clock: kernel_clock.Simulated) -> None:
    raoping.hand_in()
    accept(raoping)
    due = raoping.running()["reply"].due_at
    raoping.act("object", LEAD, should_be=raoping.unit(OTHER), reason="该路段由交通部门养护")
    assert raoping.running()["reply"].due_at == due
    clock.advance(timedelta(hours=4))
    raoping.act("settle", "triage", verdict="agree", lead=raoping.unit(OTHER), reason="情况属实")
    assert raoping.running()["reply"].due_at == due
    assert raoping.running()["reply"].unit_id == raoping.handler(OTHER).unit_id
    assert local(raoping.running()["receive"].due_at) == "2026-03-07 14:00"
    assert replay.broken(raoping.id) == []


@pytest.mark.clause("RP-2.3.c")
def test_a_unit_cannot_object_twice_to_the_same_case(raoping: Play) -> None:
    raoping.hand_in()
    accept(raoping)
    raoping.act("object", LEAD, should_be=raoping.unit(OTHER), reason="该路段由交通部门养护")
    raoping.act("settle", "triage", verdict="disagree", reason="属住建部门职责")
    with pytest.raises(Refused) as refused:
        raoping.act("object", LEAD, should_be=raoping.unit(OTHER), reason="仍认为不属于本单位")
    assert refused.value.clause == "RP-2.3.c"


@pytest.mark.clause("RP-2.3.c")
def test_an_assignment_that_stands_names_nobody_anew_in_the_record(raoping: Play) -> None:
    raoping.hand_in()
    accept(raoping)
    raoping.act("object", LEAD, should_be=raoping.unit(OTHER), reason="该路段由交通部门养护")
    raoping.act("settle", "triage", verdict="disagree", lead=raoping.unit(OTHER), reason="属住建部门职责")
    written = journal.entries(raoping.id)[-1].body
    assert written is not None
    assert "lead" not in written["form"]
    assert raoping.petition.lead_unit_id == raoping.handler(LEAD).unit_id


@pytest.mark.clause("RP-2.3.c")
def test_an_objection_names_another_unit_and_a_reason(raoping: Play) -> None:
    raoping.hand_in()
    accept(raoping)
    with pytest.raises(Invalid) as refused:
        raoping.act("object", LEAD)
    assert set(refused.value.errors) == {"should_be", "reason"}
    with pytest.raises(Invalid):
        raoping.act("object", LEAD, should_be=raoping.unit(LEAD), reason="不属于本单位")


@pytest.mark.clause("RP-2.3.d")
def test_without_objection_the_unit_replies_within_ten_working_days(raoping: Play) -> None:
    raoping.hand_in()
    accept(raoping)
    assert local(raoping.running()["reply"].due_at) == "2026-03-20 17:30"
    raoping.act("receive", LEAD)
    raoping.act("reply", LEAD, reply="已安排修复。", resolution="resolved")
    assert raoping.clock("reply").missed_at is None
    assert raoping.petition.stage == "replied"


@pytest.mark.clause("RP-2.3.e")
def test_what_a_unit_cannot_resolve_becomes_a_county_petition_after_the_bureau_reviewed(raoping: Play) -> None:
    raoping.hand_in()
    accept(raoping)
    raoping.act("receive", LEAD)
    raoping.act("give_up", LEAD, opinion="资金和权属涉及多部门，本单位无法解决")
    assert raoping.petition.level == "unit"
    raoping.act("review_county", "triage", verdict="agree", opinion="同意列入县级")
    assert (raoping.petition.level, raoping.petition.stage) == ("county", "county_level")
    assert replay.broken(raoping.id) == []


@pytest.mark.clause("RP-2.3.e")
def test_a_bureau_that_does_not_agree_returns_it_with_a_new_limit(raoping: Play) -> None:
    raoping.hand_in()
    accept(raoping)
    raoping.act("receive", LEAD)
    raoping.act("give_up", LEAD, opinion="本单位无法解决")
    raoping.act("review_county", "triage", verdict="disagree", opinion="属本单位职责，请继续办理")
    assert (raoping.petition.level, raoping.petition.stage) == ("unit", "handling")
    assert set(raoping.running()) == {"redo"}


@pytest.mark.clause("RP-2.3.g")
def test_a_refusal_names_a_listed_ground_and_a_reason_and_tells_the_enterprise(raoping: Play) -> None:
    raoping.hand_in()
    with pytest.raises(Invalid) as refused:
        raoping.act("refuse", "triage", refusal_ground="no_such_ground")
    assert set(refused.value.errors) == {"refusal_ground", "reason"}
    raoping.act("refuse", "triage", refusal_ground="lawsuit", reason="该事项已由法院立案审理")
    assert (raoping.petition.outcome, raoping.petition.refusal_ground) == ("refused", "lawsuit")
    told = db.session.scalars(select(Outbox.payload).where(Outbox.topic == "notice")).all()
    assert any(p["party"] == "enterprise" and p["message"] == "refused" for p in told)
    assert raoping.running() == {}


@pytest.mark.clause("RP-2.9")
def test_a_handed_out_opinion_runs_on_its_own_limit_and_can_be_urged(raoping: Play, clock: kernel_clock.Simulated) -> None:
    raoping.hand_in()
    accept(raoping)
    raoping.act("receive", LEAD)
    raoping.act("give_up", LEAD, opinion="本单位无法解决")
    raoping.act("review_county", "triage", verdict="agree", opinion="同意列入县级")
    raoping.act("enlist", "triage", meeting_day="2026-03-25")
    clock.set(datetime(2026, 3, 25, 8, tzinfo=UTC))
    raoping.act("take_up", "triage")
    raoping.act("hand_out", "leader", opinion="由住建局牵头，月底前完成", due="2026-03-31")
    assert local(raoping.running()["opinion"].due_at) == "2026-03-31 23:59"
    raoping.act("urge", "supervision", text="请加快进度")
    urged = db.session.scalars(select(Record).where(Record.kind == "urge")).one()
    assert urged.author == raoping.people["supervision"].name
    raoping.act("reply", LEAD, reply="道路修复完成。", resolution="resolved")
    assert raoping.clock("opinion").missed_at is None


@pytest.mark.clause("RP-2.10.c")
def test_a_dissatisfied_enterprise_is_talked_to_again_before_the_final_decision(raoping: Play, clock: kernel_clock.Simulated) -> None:
    raoping.hand_in()
    accept(raoping)
    raoping.act("receive", LEAD)
    raoping.act("reply", LEAD, reply="已列入计划。", resolution="explained")
    raoping.act("answer", "triage", reply="已列入计划。")
    raoping.act("rate", "enterprise", satisfaction="unsatisfied", text="没有说什么时候修")
    assert raoping.petition.stage == "dissatisfied"
    raoping.act("pass_on", "triage", opinion="请与企业再沟通")
    with pytest.raises(Refused, match="联系"):
        raoping.act("finalise", LEAD, reply="七月开工。")
    raoping.act("contact", LEAD, how="visit", happened=clock.now(), text="上门说明计划")
    raoping.act("finalise", LEAD, reply="七月开工，九月完工。")
    assert raoping.petition.outcome == "resolved"
    assert replay.broken(raoping.id) == []
