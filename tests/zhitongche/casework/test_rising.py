"""A petition that the county cannot solve goes up to the city, and the county keeps the duty until it is taken (RP-2.3.f)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.support import rising
from tests.support.rising import LEAD
from tests.support.stage import Play
from zhitongche.casework import escalations, replay, reporting
from zhitongche.casework.tables import Escalation, Record
from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from zhitongche.outbox.tables import Outbox
from zhitongche.persistence import db, unit_of_work

pytestmark = pytest.mark.clause("RP-2.3.f")


def row(play: Play) -> Escalation:
    db.session.expire_all()
    return db.session.scalars(select(Escalation).where(Escalation.petition_id == play.id).order_by(Escalation.rise.desc())).first()


def told(play: Play) -> set[tuple[str, str]]:
    return {(p["party"], p["message"]) for p in db.session.scalars(select(Outbox.payload).where(Outbox.topic == "notice"))}


def test_unit_bureau_and_county_government_each_say_why_before_it_goes_up(raoping: Play) -> None:
    rising.county_level(raoping)
    with pytest.raises(Forbidden):
        raoping.act("explain", "triage", opinion="县级无权解决。")
    raoping.act("explain", LEAD, opinion="用地指标须由市级统筹。")
    assert set(raoping.running()) == {"city_review"}
    with pytest.raises(Forbidden):
        raoping.act("review_city", "office", verdict="agree", opinion="同意。")
    raoping.act("review_city", "triage", verdict="agree", opinion="情况属实。")
    assert raoping.running()["county_opinion"].owes == "office"
    with reporting.heard_by(rising.nobody_in_particular):
        raoping.act("send_up", "office", verdict="agree", opinion="同意上报。")
    assert (raoping.petition.stage, row(raoping).to_tenant) == ("risen", raoping.pack.parent)
    notice = escalations.notice_of(row(raoping).id)
    assert [one.text for one in notice.opinions] == ["用地指标须由市级统筹。", "情况属实。", "同意上报。"]
    assert replay.broken(raoping.id) == []


def test_who_does_not_agree_gives_it_back_to_the_unit_with_a_limit(raoping: Play) -> None:
    rising.reviewed(raoping)
    raoping.act("send_up", "office", verdict="disagree", opinion="县里还能协调，请继续办理。")
    assert raoping.petition.stage == "executing"
    assert (raoping.running()["again"].owes, raoping.petition.rises) == ("lead", 0)


def test_a_unit_level_petition_does_not_go_to_the_city(raoping: Play) -> None:
    raoping.hand_in()
    raoping.act("accept", "triage", accept_ground=next(iter(raoping.pack.grounds_accept)), lead=raoping.unit(LEAD))
    raoping.act("receive", LEAD)
    with pytest.raises(Refused):
        raoping.act("explain", LEAD, opinion="办不了，请市里办。")


def test_nothing_is_sent_where_nobody_carries_it(raoping: Play) -> None:
    rising.reviewed(raoping)
    with reporting.heard_by(None), pytest.raises(Refused, match="尚未启用"):
        raoping.act("send_up", "office", verdict="agree", opinion="同意上报。")
    assert raoping.petition.stage == "county_opinion"


def test_the_duty_stays_in_the_county_until_the_city_has_taken_it(raoping: Play, clock: kernel_clock.Simulated) -> None:
    rise = rising.risen(raoping)
    assert raoping.pack.flow.stages["risen"].owes == "triage"
    running = raoping.running()
    assert running["receipt"].due_at - running["receipt"].started_at == timedelta(hours=24)
    assert (running["taking"].owes, running["taking"].limit) == ("triage", "5个工作日")
    clock.advance(timedelta(days=2))
    raoping.sweep()
    assert ("triage", "overdue") in told(raoping)
    with unit_of_work():
        escalations.delivered(rise, clock.now())
    assert raoping.clock("receipt").missed_at
    assert raoping.clock("receipt").met_at
    assert (raoping.petition.stage, set(raoping.running())) == ("risen", {"taking"})
    with unit_of_work():
        escalations.taken(rise, "市自然资源局", clock.now() + timedelta(days=20), "已受理")
    assert (raoping.petition.stage, raoping.petition.level) == ("above", "city")
    assert set(raoping.running()) == {"above"}
    assert raoping.running()["above"].due_at == clock.now() + timedelta(days=20)
    assert {("enterprise", "taken_above_enterprise"), ("lead", "taken_above")} <= told(raoping)
    assert replay.broken(raoping.id) == []


def test_without_a_limit_from_the_city_the_countys_own_reading_counts_and_a_later_word_moves_it(raoping: Play, clock: kernel_clock.Simulated) -> None:
    rise = rising.taken(raoping)
    assert raoping.running()["above"].limit == "30个工作日"
    with unit_of_work():
        escalations.progressed(rise, "市发改局", clock.now() + timedelta(days=3), "已召集会商")
    assert raoping.running()["above"].due_at == clock.now() + timedelta(days=3)
    assert (row(raoping).holder, row(raoping).progress) == ("市发改局", "已召集会商")
    clock.advance(timedelta(days=4))
    raoping.sweep()
    assert raoping.clock("above").missed_at
    assert ("triage", "overdue") in told(raoping)


def test_what_the_city_gives_back_is_handled_here_again_and_may_rise_again(raoping: Play) -> None:
    rise = rising.taken(raoping)
    with unit_of_work():
        escalations.returned(rise, "属县级事权，请县里落实。", "市政数局")
    assert (raoping.petition.stage, raoping.petition.level) == ("executing", "county")
    assert (row(raoping).returned_by, row(raoping).return_reason) == ("市政数局", "属县级事权，请县里落实。")
    assert set(raoping.running()) == {"again"}
    assert {("lead", "returned_above"), ("triage", "returned_above"), ("enterprise", "returned_above_enterprise")} <= told(raoping)
    raoping.act("explain", LEAD, opinion="已穷尽县级办法。")
    raoping.act("review_city", "triage", verdict="agree", opinion="同意再次上报。")
    with reporting.heard_by(rising.nobody_in_particular):
        raoping.act("send_up", "office", verdict="agree", opinion="同意再报。")
    assert row(raoping).rise == 2
    assert [one.text for one in escalations.notice_of(row(raoping).id).opinions] == ["已穷尽县级办法。", "同意再次上报。", "同意再报。"]
    with pytest.raises(Conflict), unit_of_work():
        escalations.decided(rise, "不应影响第二次上报。")
    assert replay.broken(raoping.id) == []


def test_the_citys_decision_is_offered_as_the_answer_and_the_enterprise_rates_here(raoping: Play) -> None:
    rise = rising.taken(raoping)
    with unit_of_work():
        escalations.decided(rise, "市里已安排用地指标。", "resolved")
    assert (raoping.petition.stage, raoping.petition.answer) == ("replied", "市里已安排用地指标。")
    raoping.act("answer", "triage", reply=raoping.petition.answer)
    raoping.act("rate", "enterprise", satisfaction="satisfied")
    assert raoping.petition.outcome == "resolved"
    assert replay.broken(raoping.id) == []


def test_every_fact_counts_once_however_often_it_is_told(raoping: Play, clock: kernel_clock.Simulated) -> None:
    rise = rising.taken(raoping)
    for _ in range(2):
        with unit_of_work():
            escalations.delivered(rise, clock.now())
            escalations.taken(rise, "市自然资源局")
            escalations.progressed(rise, "市自然资源局", None, "已会商")
    with unit_of_work():
        escalations.decided(rise, "市里已安排。")
    version = raoping.petition.version
    with unit_of_work():
        escalations.decided(rise, "市里已安排。")
    assert raoping.petition.version == version
    texts = list(db.session.scalars(select(Record.text).where(Record.petition_id == raoping.id)))
    assert (texts.count("已会商"), texts.count("市里已安排。")) == (1, 1)


def test_what_the_city_asks_is_owed_by_the_bureau(raoping: Play) -> None:
    rise = rising.risen(raoping)
    with unit_of_work():
        escalations.asked(rise, "请补充用地红线图。")
    assert (raoping.running()["asked"].owes, row(raoping).asked) == ("triage", "请补充用地红线图。")
    raoping.act("supplement_up", "triage", text="红线图见附件。")
    assert "asked" not in raoping.running()


@pytest.mark.parametrize("text", ["甲公司的用地须市级统筹。", "请联系 138-0000-1234。", "陈静反映的用地问题。"])
def test_what_goes_up_names_neither_enterprise_nor_contact(raoping: Play, text: str) -> None:
    rising.county_level(raoping)
    with pytest.raises(Invalid) as error:
        raoping.act("explain", LEAD, opinion=text)
    assert set(error.value.errors) == {"opinion"}
    raoping.act("explain", LEAD, opinion="用地须市级统筹。")
    with pytest.raises(Invalid):
        raoping.act("review_city", "triage", verdict="agree", opinion=text)


def test_the_notice_tells_no_more_than_the_way_allows(raoping: Play) -> None:
    rise = rising.risen(raoping)
    notice = escalations.notice_of(rise)
    assert (notice.level, notice.category, notice.title) == ("city", "difficulty", raoping.petition.title)
    assert "甲公司" not in str(notice)
    assert "13800001234" not in str(notice)
    assert raoping.petition.content not in str(notice)
    with pytest.raises(NotFound):
        escalations.details_of(rise)
    with unit_of_work():
        raoping.petition.title = "甲公司用地指标"
        assert "甲公司" not in escalations.notice_of(rise).title


def test_once_taken_the_details_follow_with_the_contact_masked(raoping: Play) -> None:
    details = escalations.details_of(rising.taken(raoping))
    assert (details.enterprise, details.content, details.contact_masked) == ("甲公司", raoping.petition.content, "陈* 138****1234")


def test_an_enterprise_withdraws_from_the_city_too_and_what_crosses_it_changes_nothing(raoping: Play, clock: kernel_clock.Simulated) -> None:
    rise = rising.risen(raoping)
    raoping.act("supplement", "enterprise", text="补充一张照片。")
    raoping.act("withdraw", "enterprise", reason="已经解决了。")
    assert row(raoping).withdrawn_at == clock.now()
    with unit_of_work():
        escalations.delivered(rise, clock.now())
        escalations.taken(rise, "市自然资源局")
        escalations.decided(rise, "市里已安排。")
    assert (raoping.petition.outcome, row(raoping).open) == ("withdrawn", False)
    assert replay.broken(raoping.id) == []


def test_the_listener_hears_of_rising_cases_only_and_of_every_act(raoping: Play) -> None:
    heard: list[str] = []
    rising.reviewed(raoping)
    with reporting.heard_by(lambda case, entry: heard.append(entry.action)):
        raoping.act("send_up", "office", verdict="disagree", opinion="县里还能协调。")
        assert heard == []
        raoping.act("explain", LEAD, opinion="确实不能。")
        raoping.act("review_city", "triage", verdict="agree", opinion="同意。")
        raoping.act("send_up", "office", verdict="agree", opinion="同意。")
        raoping.act("withdraw", "enterprise", reason="不办了。")
    assert heard == ["send_up", "withdraw"]


def test_a_rise_has_one_bridge_id(raoping: Play) -> None:
    rise = rising.risen(raoping)
    with unit_of_work():
        escalations.bind(rise, raoping.id)
        escalations.bind(rise, raoping.id)
    assert escalations.by_bridge(raoping.id).id == rise
    with pytest.raises(Conflict), unit_of_work():
        escalations.bind(rise, rise)


def test_no_open_petition_is_ownerless_and_who_is_said_to_be_above_is_known(raoping: Play) -> None:
    rise = rising.taken(raoping)
    with unit_of_work():
        escalations.bind(rise, raoping.id)
    assert escalations.ownerless() == []
    assert escalations.said_to_be_above() == [(raoping.id, raoping.id)]
    with unit_of_work():
        raoping.running()["above"].lapsed_at = kernel_clock.now()
    assert escalations.ownerless() == [raoping.id]
