"""What changes on the way to the day: the day itself, the leader, the list; each with its reason, and everyone is told."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import ProgrammingError

from tests.zhitongche.meetings.conftest import House
from tests.zhitongche.meetings.test_month import DAY, LEAD, OTHER, april, given_up, told, up_to_the_eve
from zhitongche import meetings
from zhitongche.casework.case import load as petition_of
from zhitongche.casework.facts import open_clocks
from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from zhitongche.meetings import agenda, leaders
from zhitongche.meetings.tables import Attendance, Meeting, MeetingEvent, MeetingStep
from zhitongche.persistence import db, tenant_scope, unit_of_work
from zhitongche.tenancy import calendar


@pytest.mark.clause("RP-2.1.b")
def test_a_moved_day_takes_every_open_date_along_and_tells_everyone(county: House) -> None:
    up_to_the_eve(county)
    listed, before = county.cases["甲"], county.due("announce")
    county.do(meetings.move, who="office", day="2026-04-24", reason="县主要领导另有公务")
    meeting = county.meeting
    assert (meeting.day, meeting.planned_day) == (date(2026, 4, 24), DAY)
    assert county.due("hold") == date(2026, 4, 24)
    assert county.due("commit") == date(2026, 4, 29)
    assert county.due("announce") == before
    assert petition_of(listed).meeting_on == date(2026, 4, 24)
    (session,) = [row for row in open_clocks(listed) if row.code == "session"]
    assert kernel_clock.local_date(session.due_at) == date(2026, 4, 24)
    following = db.session.scalars(select(Meeting).where(Meeting.month == date(2026, 5, 1))).one()
    announce = db.session.scalars(select(MeetingStep).where(MeetingStep.meeting_id == following.id, MeetingStep.code == "announce")).one()
    assert kernel_clock.local_date(announce.due_at) == date(2026, 4, 28)
    county.sweep()
    (event,) = db.session.scalars(select(MeetingEvent).where(MeetingEvent.act == "moved"))
    assert (event.body["reason"], set(event.body["dates"]) >= {"hold", "commit"}) == ("县主要领导另有公务", True)
    assert any("改为2026年4月24日" in text for text in told("meeting_moved"))
    assert any("改至" in text for text in told("session_moved_enterprise"))


@pytest.mark.clause("RP-2.1.b")
def test_a_day_needs_a_reason_and_a_working_day_after_today(county: House) -> None:
    county.at(date(2026, 4, 1))
    april(county)
    for form, field in (
        ({"day": "2026-04-24"}, "reason"),
        ({"day": "2026-04-25", "reason": "改期"}, "day"),
        ({"day": "2026-03-31", "reason": "改期"}, "day"),
        ({"day": "二十四日", "reason": "改期"}, "day"),
    ):
        with pytest.raises(Invalid) as invalid:
            county.do(meetings.move, who="triage", **form)
        assert field in invalid.value.errors
    with pytest.raises(Forbidden):
        county.do(meetings.move, who="supervision", day="2026-04-24", reason="改期")
    assert county.meeting.day == DAY


def test_a_calendar_that_changes_moves_a_day_that_nobody_has_been_told_of(county: House) -> None:
    county.at(date(2026, 4, 1))
    may = db.session.scalars(select(Meeting).where(Meeting.month == date(2026, 5, 1))).one().id
    with unit_of_work():
        calendar.set_day(date(2026, 5, 27), working=False, name="台风停工", by=None)
    county.sweep()
    county.meeting_id = may
    assert (county.meeting.day, county.due("hold")) == (date(2026, 5, 28), date(2026, 5, 28))


@pytest.mark.clause("RP-1.a")
def test_the_leaders_turn_is_swapped_with_another_months_and_both_are_on_record(county: House) -> None:
    county.at(date(2026, 4, 1))
    april(county)
    may = db.session.scalars(select(Meeting).where(Meeting.month == date(2026, 5, 1))).one()
    first, second = county.meeting.leader_name, may.leader_name
    assert first != second
    county.do(meetings.change_leader, who="office", reason="出差", swap_with=may.id)
    assert county.meeting.leader_name == second
    assert [turn.name for turn in leaders.turns(county.id)] == [first, second]
    other = leaders.turns(may.id)
    assert ([turn.name for turn in other], other[-1].reason, other[-1].swapped_with) == ([second, first], "出差", county.id)


@pytest.mark.clause("RP-2.6")
def test_only_a_leader_of_the_list_attends_and_only_the_office_settles_it(county: House) -> None:
    county.at(date(2026, 4, 1))
    april(county)
    with pytest.raises(Invalid):
        county.act("settle_leader", "office", leader="王某某", reason="指定")
    with pytest.raises(Forbidden):
        county.act("settle_leader", "triage")
    other = next(one.name for one in county.play.pack.leaders if one.name != county.meeting.leader_name)
    with pytest.raises(Invalid) as invalid:
        county.act("settle_leader", "office", leader=other)
    assert set(invalid.value.errors) == {"reason"}
    county.act("settle_leader", "office", leader=other, reason="轮值领导出差")
    assert [turn.reason for turn in leaders.turns(county.id)] == ["", "轮值领导出差"]


@pytest.mark.clause("RP-3.4.a")
def test_a_special_session_takes_only_what_fits_its_theme(county: House) -> None:
    county.at(date(2026, 4, 1))
    themes = list(county.play.pack.matters)
    given_up(county, "甲")
    given_up(county, "乙", OTHER)
    with unit_of_work():
        petition_of(county.cases["甲"]).matter = themes[0]
        petition_of(county.cases["乙"]).matter = themes[1]
    triage = county.play.people["triage"]
    with pytest.raises(Invalid) as invalid, unit_of_work():
        meetings.call("monthly", triage, {"day": "2026-04-28"})
    assert "theme" in invalid.value.errors
    with unit_of_work():
        county.meeting_id = meetings.call("monthly", triage, {"day": "2026-04-28", "theme": themes[0]}).id
    assert county.play.pack.matters[themes[0]].name + "专场" in county.meeting.title
    with unit_of_work():
        meetings.refresh(county.id, triage)
    assert [item.petition_id for item in agenda.items(county.id)] == [county.cases["甲"]]


@pytest.mark.clause("RP-2.5")
def test_a_list_changed_after_it_was_fixed_is_a_new_version_with_its_reason(county: House) -> None:
    up_to_the_eve(county)
    assert [version.number for version in agenda.versions_of(county.id)] == [1]
    with pytest.raises(Invalid):
        county.do(meetings.overrule, county.cases["乙"], who="leader", verdict="out")
    county.do(meetings.overrule, county.cases["乙"], who="leader", verdict="out", reason="已与企业谈妥")
    first, second = agenda.versions_of(county.id)
    assert [line["verdict"] for line in first.items] == ["in", "in"]
    assert ([line["verdict"] for line in second.items], second.reason) == (["in", "out"], "已与企业谈妥")
    rows = db.session.scalars(select(Attendance).where(Attendance.party == "unit")).all()
    assert {str(row.unit_id): row.excused_at is None for row in rows} == {county.play.unit(LEAD): True, county.play.unit(OTHER): False}
    with pytest.raises(ProgrammingError), unit_of_work():
        second.reason = "另一个理由"
    db.session.rollback()
    county.at(DAY)
    county.act("hold", "triage")
    assert petition_of(county.cases["乙"]).stage == "passed_over"


@pytest.mark.clause("RP-2.7")
def test_the_days_duties_are_four_each_with_its_unit(county: House) -> None:
    up_to_the_eve(county)
    rows = db.session.scalars(select(Attendance).where(Attendance.party == "duty")).all()
    assert {row.duty for row in rows} == {"现场组织和接待", "宣传", "涉信访接待", "现场秩序维护"}
    assert {row.clause for row in rows} == {"RP-2.7"}
    assert [row.person for row in rows if row.duty == "现场组织和接待"] == ["温婉婷"]
    county.sweep()
    assert any("现场秩序维护" in text for text in told("meeting_notice"))


def test_steps_come_in_their_order_and_only_from_those_who_owe_them(county: House) -> None:
    county.at(date(2026, 4, 1))
    april(county)
    county.at(date(2026, 4, 9))
    with pytest.raises(Refused, match="研判审核"):
        county.act("submit", "triage")
    with pytest.raises(Forbidden):
        county.act("draft", "office")
    with pytest.raises(NotFound):
        county.act("no_such_step", "triage")
    seen = county.meeting.version
    county.act("draft", "triage")
    with pytest.raises(Refused, match="已经完成"):
        county.act("draft", "triage")
    with pytest.raises(Conflict), unit_of_work():
        meetings.perform(county.id, "submit", county.play.people["triage"], {}, version=seen)
    with pytest.raises(Refused, match="当日起"):
        county.do(meetings.take_down, county.cases.get("甲", county.id), who="triage")


def test_another_tenants_meeting_is_not_to_be_had(county: House) -> None:
    county.at(date(2026, 4, 1))
    april(county)
    with tenant_scope("shantou"), pytest.raises(NotFound):
        meetings.perform(county.id, "draft", county.play.people["triage"])


def test_what_is_late_is_missed_once_and_told_to_whoever_owes_it(county: House) -> None:
    county.at(date(2026, 4, 1))
    april(county)
    county.at(date(2026, 4, 8), 18)
    assert county.step("close_list").missed_at is None
    county.at(date(2026, 4, 14))
    county.sweep()
    assert county.step("draft").missed_at
    assert county.step("draft").met_at is None
    missed = [event for event in db.session.scalars(select(MeetingEvent)) if event.act == "missed" and event.meeting_id == county.id]
    assert [event.body["step"] for event in missed] == ["draft"]
    assert sum("研判审核" in text for text in told("meeting_step")) >= 1
