"""The city's meeting: called when fit, its list proposed by the rules with every ground, approved by the leader."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.zhitongche.meetings.conftest import House
from zhitongche import documents, meetings
from zhitongche.casework import replay
from zhitongche.casework.case import load as petition_of
from zhitongche.documents.about import About
from zhitongche.kernel.errors import Forbidden, Refused
from zhitongche.meetings import agenda, commitments
from zhitongche.meetings.tables import AgendaItem
from zhitongche.persistence import unit_of_work

LEAD, CO = "gongxin", "fagai"
DAY = date(2026, 4, 22)


def handled(city: House, name: str, category: str = "complaint", co: tuple[str, ...] = ()) -> None:
    """A petition that a unit has, by transfer letter."""
    play = city.play
    city.cases[name] = play.hand_in(title=f"{name}企业反映的问题需要协调", category=category).id
    ground = next(iter(play.pack.grounds_accept))
    play.act("propose", "triage", accept_ground=ground, category=category, proposed=play.unit(LEAD))
    play.act("confirm", LEAD)
    play.act("fix", "triage", lead=play.unit(LEAD), co=[play.unit(one) for one in co], opinion="请按职责办理")
    play.act("issue", "triage")
    play.act("contact", LEAD, how="phone", happened=city.clock.now(), text="已与企业联系")


def answered(city: House, name: str, resolution: str, satisfaction: str | None = None) -> None:
    """Replied to, and called back where somebody says so."""
    city.case(name)
    city.play.act("reply", LEAD, reply="办理情况如下。", resolution=resolution)
    if satisfaction:
        city.play.act(
            "call_back", "triage", how="phone", happened=city.clock.now(), with_whom="陈静", satisfaction=satisfaction, text="已回访"
        )


def called(city: House) -> None:
    """The task force calls a meeting."""
    with unit_of_work():
        city.meeting_id = meetings.call("city", city.play.people["triage"], {"day": DAY.isoformat(), "reason": "积压较多"}).id


def verdict(city: House, name: str) -> AgendaItem:
    """The item of a petition."""
    return next(item for item in agenda.items(city.id) if item.petition_id == city.cases[name])


def grounds(item: AgendaItem) -> set[tuple[str, str, str]]:
    """Side, condition and clause of each ground."""
    return {(one["side"], one["condition"], one["clause"]) for one in item.grounds}


def judged(city: House) -> None:
    """The rules are asked."""
    with unit_of_work():
        meetings.refresh(city.id, city.play.people["triage"])


@pytest.mark.clause("ST-4.0")
def test_a_meeting_is_called_when_fit_by_task_force_or_supervision_and_counted_back_from_its_day(city: House) -> None:
    city.sweep()
    assert city.play.pack.meetings["city"].day is None
    for who in ("triage", "supervision"):
        with unit_of_work():
            city.meeting_id = meetings.call("city", city.play.people[who], {"day": DAY.isoformat()}).id
        assert (city.due("draft"), city.due("fix")) == (date(2026, 4, 14), date(2026, 4, 17))
    with pytest.raises(Forbidden), unit_of_work():
        meetings.call("city", city.play.people["office"], {"day": DAY.isoformat()})


@pytest.mark.clause("ST-4.1")
def test_what_is_unresolved_or_unsatisfied_or_stuck_between_units_is_proposed_with_its_ground(city: House) -> None:
    handled(city, "未解决")
    answered(city, "未解决", "unresolved")
    handled(city, "不满意")
    answered(city, "不满意", "resolved", "unsatisfied")
    handled(city, "协调不下", co=(CO,))
    city.clock.advance(timedelta(days=10))
    called(city)
    judged(city)
    assert grounds(verdict(city, "未解决")) == {("in", "unresolved", "ST-4.1")}
    assert grounds(verdict(city, "不满意")) == {("in", "unsatisfied", "ST-4.1")}
    stuck = verdict(city, "协调不下")
    assert grounds(stuck) == {("in", "several_units_stuck", "ST-4.1")}
    assert stuck.grounds[0]["facts"]["co_units"] == 1
    assert stuck.grounds[0]["facts"]["late"] > 0
    assert {item.verdict for item in agenda.items(city.id)} == {"in"}


@pytest.mark.clause("ST-4.2")
def test_ordinary_suggestions_satisfied_ones_and_those_on_schedule_are_kept_off_and_the_reason_is_told(city: House) -> None:
    handled(city, "建议", category="suggestion")
    answered(city, "建议", "explained")
    handled(city, "满意")
    answered(city, "满意", "resolved", "satisfied")
    handled(city, "正常")
    called(city)
    judged(city)
    assert grounds(verdict(city, "建议")) == {("out", "ordinary_suggestion", "ST-4.2")}
    assert grounds(verdict(city, "满意")) == {("out", "satisfied_at_call_back", "ST-4.2")}
    assert grounds(verdict(city, "正常")) == {("out", "on_schedule", "ST-4.2")}
    assert {item.verdict for item in agenda.items(city.id)} == {"out"}


@pytest.mark.clause("ST-4.2")
def test_an_enterprise_that_wishes_to_stay_off_puts_a_person_before_the_choice(city: House) -> None:
    handled(city, "未解决")
    answered(city, "未解决", "unresolved")
    city.play.act("keep_off", "enterprise", reason="涉及商业安排，不愿公开讨论")
    with pytest.raises(Refused):
        city.play.act("keep_off", "enterprise")
    called(city)
    judged(city)
    item = verdict(city, "未解决")
    assert (item.verdict, grounds(item)) == (
        "undecided",
        {("in", "unresolved", "ST-4.1"), ("out", "enterprise_keeps_off", "ST-4.2")},
    )
    city.play.act("allow_on", "enterprise")
    judged(city)
    assert verdict(city, "未解决").verdict == "in"


@pytest.mark.clause("ST-4.0")
def test_a_list_with_anything_undecided_cannot_be_fixed_until_a_person_has_decided_with_a_reason(city: House) -> None:
    handled(city, "未解决")
    answered(city, "未解决", "unresolved")
    city.play.act("keep_off", "enterprise", reason="不愿公开讨论")
    called(city)
    city.act("draft", "triage")
    city.act("submit", "triage")
    city.act("coordinate", "supervision")
    city.act("settle_leader", "triage", leader=city.play.pack.leaders[0].name)
    with pytest.raises(Refused, match=city.play.petition.number) as refused:
        city.act("fix", "leader")
    assert refused.value.clause == "ST-4.0"
    city.do(meetings.overrule, city.cases["未解决"], who="leader", verdict="out", reason="尊重企业意愿")
    city.act("fix", "leader")
    assert agenda.versions_of(city.id)[0].items[0]["verdict"] == "out"
    assert city.play.petition.meeting_on is None


@pytest.mark.clause("ST-4.1")
def test_a_typical_suggestion_or_a_leaders_instruction_is_said_by_a_person_with_the_reason(city: House) -> None:
    handled(city, "建议", category="suggestion")
    answered(city, "建议", "explained")
    called(city)
    judged(city)
    city.do(meetings.mark, city.cases["建议"], who="triage", condition="typical_suggestion", reason="多家企业提出同类建议")
    item = verdict(city, "建议")
    assert (item.final, grounds(item), item.marks[0]["reason"]) == (
        "in", {("in", "typical_suggestion", "ST-4.1")}, "多家企业提出同类建议",
    )  # fmt: skip


@pytest.mark.clause("ST-4.0")
@pytest.mark.clause("ST-1.1.2")
def test_list_and_enterprises_are_approved_the_meeting_held_its_items_tracked_and_archived(city: House) -> None:
    handled(city, "未解决")
    answered(city, "未解决", "unresolved")
    handled(city, "推进中", co=(CO,))
    city.clock.advance(timedelta(days=10))
    called(city)
    city.act("draft", "triage")
    city.act("submit", "triage")
    city.do(meetings.overrule, city.cases["推进中"], who="supervision", verdict="out", reason="督查中，暂不上会")
    city.act("coordinate", "supervision")
    city.act("settle_leader", "triage", leader=city.play.pack.leaders[0].name)
    with pytest.raises(Forbidden):
        city.act("fix", "triage")
    city.act("fix", "leader")
    states = {line.kind: line.state for line in documents.papers_about(About.meeting(city.id))}
    assert states == {"catalogue": "issued", "invitation_list": "issued"}
    assert petition_of(city.cases["未解决"]).meeting_on == DAY
    city.act("notify", "triage")

    city.at(DAY, 15)
    city.act("hold", "triage")
    assert petition_of(city.cases["未解决"]).stage == "heard"
    assert petition_of(city.cases["推进中"]).stage == "handling"
    with pytest.raises(Refused, match="还没有处理意见"):
        city.act("write_up", "triage")
    city.do(
        meetings.take_down, city.cases["未解决"], who="triage", text="由市工信局牵头，一个月内解决。",
        unit=city.play.unit(LEAD), due="2026-05-22",
    )  # fmt: skip
    city.act("write_up", "triage")
    city.act("review", "supervision")
    city.act("approve", "leader")
    city.case("未解决")
    assert city.play.petition.stage == "by_opinion"
    assert {"opinion", "progress"} <= set(city.play.running())
    assert city.step("commit", LEAD).due_at

    city.act(
        "commit", LEAD, petition=str(city.cases["未解决"]), subject="用地手续办理", leader="副局长", person="科长",
        due="2026-05-20", measures="每周调度",
    )  # fmt: skip
    with pytest.raises(Refused, match="还没有办结"):
        city.act("archive", "triage")
    city.play.act("contact", LEAD, how="visit", happened=city.clock.now(), text="上门沟通")
    answered(city, "未解决", "resolved", "satisfied")
    (made,) = commitments.listing(city.id)
    city.do(lambda _m, c, a, f: meetings.fulfil(c, a, f), made.id, who=LEAD, result="手续已办结")
    city.act("archive", "triage")
    assert city.meeting.state == "archived"
    assert [replay.broken(one) for one in city.cases.values()] == [[], []]
