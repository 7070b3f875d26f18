"""One month of the monthly day, from the announcement to the fulfilled commitment."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from tests.zhitongche.meetings.conftest import House
from zhitongche import documents, meetings
from zhitongche.casework import replay
from zhitongche.casework.case import load as petition_of
from zhitongche.casework.door import perform
from zhitongche.casework.facts import open_clocks
from zhitongche.casework.queries import supervised
from zhitongche.documents.about import About
from zhitongche.documents.queries import steps_of
from zhitongche.documents.tables import PaperIssue
from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel.errors import Refused
from zhitongche.meetings import agenda, commitments, opinions
from zhitongche.meetings.tables import Meeting
from zhitongche.notices.tables import Notice
from zhitongche.persistence import db, unit_of_work

LEAD, OTHER = "zhujian", "jiaotong"
DAY = date(2026, 4, 22)


def given_up(county: House, name: str, lead: str = LEAD) -> None:
    """A petition that its lead unit could not solve, put on the county's level."""
    play = county.play
    county.cases[name] = play.hand_in(title=f"{name}厂区门口道路破损影响货车进出").id
    play.act("accept", "triage", accept_ground=next(iter(play.pack.grounds_accept)), lead=play.unit(lead))
    play.act("receive", lead)
    play.act("give_up", lead, opinion="涉及多个部门，本单位无法解决")
    play.act("review_county", "triage", verdict="agree", opinion="同意列入县级")


def april(county: House) -> None:
    """Take April's meeting in hand."""
    meeting = db.session.scalars(select(Meeting).where(Meeting.month == date(2026, 4, 1))).one()
    county.meeting_id = meeting.id


def up_to_the_eve(county: House) -> None:
    """From the first of April to the evening before the day, everyone in time."""
    county.at(date(2026, 4, 1))
    april(county)
    given_up(county, "甲")
    given_up(county, "乙", OTHER)
    county.at(date(2026, 4, 9))
    county.act("draft", "triage")
    county.at(date(2026, 4, 13))
    county.act("settle_leader", "office")
    county.at(date(2026, 4, 14))
    county.act("submit", "triage")
    county.at(date(2026, 4, 17))
    county.do(meetings.propose, county.cases["甲"], who="office", proposal="建议由住建局牵头修复")
    county.act("coordinate", "office")
    county.at(date(2026, 4, 20))
    county.act("fix", "leader")
    county.act("notify", "triage")
    county.act("arrange", "triage", **{"duty-0": "温婉婷"})


def decided(county: House) -> None:
    """The day, on which one of the two is dealt with, and the approved opinion."""
    county.at(DAY, 12)
    county.act("hold", "triage", not_taken=[str(county.cases["乙"])])
    county.do(
        meetings.take_down, county.cases["甲"], who="triage",
        text="由住建局牵头、交通局配合，六月底前完成修复。", unit=county.play.unit(LEAD), co=[county.play.unit(OTHER)], due="2026-06-30",
    )  # fmt: skip
    county.at(date(2026, 4, 23))
    county.act("write_up", "triage")
    county.act("review", "office")
    county.act("approve", "leader")


def titles(county: House) -> dict[str, str]:
    """The papers of the meeting: kind → state."""
    return {line.kind: line.state for line in documents.papers_about(About.meeting(county.id))}


def told(message: str) -> list[str]:
    """The texts of a message that went out."""
    return list(db.session.scalars(select(Notice.text).where(Notice.message == message)))


@pytest.mark.clause("RP-2.1.a")
def test_the_announcement_goes_out_by_itself_on_the_second_working_day_after_the_last_day(county: House) -> None:
    county.at(date(2026, 4, 1))
    april(county)
    assert county.meeting.previous_day == date(2026, 3, 25)
    assert county.step("announce").met_by_name == "系统"
    assert titles(county)["announcement"] == "issued"


@pytest.mark.clause("RP-2.4.a")
def test_a_county_level_petition_is_judged_and_listed_within_three_working_days_with_the_ground_told(county: House) -> None:
    county.at(date(2026, 4, 1))
    april(county)
    given_up(county, "甲")
    (waiting,) = open_clocks(county.cases["甲"])
    assert (waiting.code, kernel_clock.local_date(waiting.due_at), waiting.clause) == ("enlist", date(2026, 4, 7), "RP-2.4.a")
    with pytest.raises(Refused, match="在会议中办理"), unit_of_work():
        perform(county.cases["甲"], "enlist", county.play.people["triage"], {"meeting_day": DAY})
    with unit_of_work():
        meetings.refresh(county.id, county.play.people["triage"])
    (item,) = agenda.items(county.id)
    assert (item.verdict, item.grounds[0]["condition"], item.grounds[0]["clause"]) == ("in", "county_level", "RP-2.4.a")
    assert petition_of(county.cases["甲"]).stage == "listed"


@pytest.mark.clause("RP-2.5")
def test_the_office_has_four_working_days_from_the_catalogue_and_its_proposals_stand_in_it(county: House) -> None:
    up_to_the_eve(county)
    assert county.due("coordinate") == date(2026, 4, 20)
    (catalogue,) = [line for line in documents.papers_about(About.meeting(county.id)) if line.kind == "catalogue"]
    content = db.session.scalars(select(PaperIssue.content).where(PaperIssue.paper_id == catalogue.id)).one()
    assert any("建议由住建局牵头修复" in cell for row in content["rows"] for cell in row)
    assert [step.what for step in steps_of(catalogue.id)][-1] == "签发"


@pytest.mark.clause("RP-2.6")
def test_units_and_enterprises_of_the_fixed_list_are_told_to_come(county: House) -> None:
    up_to_the_eve(county)
    county.sweep()
    assert len([text for text in told("meeting_invitation") if "诚邀" in text]) >= 2
    assert any("2件诉求" in text for text in told("meeting_notice"))


@pytest.mark.clause("RP-2.9")
def test_an_approved_opinion_stands_in_the_supervision_register_and_supervision_is_told(county: House) -> None:
    up_to_the_eve(county)
    decided(county)
    county.sweep()
    rows = supervised.whole(county.play.people["supervision"], supervised.Wanted())
    (row,) = [row for row in rows if row.id == county.cases["甲"]]
    assert row.opinion_due == date(2026, 6, 30)
    assert any("跟踪督办" in text for text in told("handed_out_supervision"))


@pytest.mark.clause("RP-2.8.a")
@pytest.mark.clause("RP-2.8.b")
@pytest.mark.clause("RP-3.3")
def test_a_month_from_the_announcement_to_the_fulfilled_commitment(county: House) -> None:
    up_to_the_eve(county)
    meeting = county.meeting
    assert (meeting.day, meeting.state) == (DAY, "fixed")
    assert petition_of(county.cases["甲"]).stage == "listed"
    assert petition_of(county.cases["甲"]).meeting_on == DAY
    assert titles(county) == {"announcement": "issued", "catalogue": "issued", "attendance_notice": "issued"}

    decided(county)
    assert titles(county)["opinions"] == "issued"

    county.case("甲")
    assert county.play.petition.stage == "executing"
    running = county.play.running()
    assert kernel_clock.local_date(running["opinion"].due_at) == date(2026, 6, 30)
    assert county.play.petition.handed_at is not None
    assert opinions.of(county.id, county.cases["甲"]).approved_at

    county.sweep()
    assert county.due("commit") == date(2026, 4, 27)
    county.act(
        "commit", LEAD, petition=str(county.cases["甲"]), subject="厂区门口道路修复", leader="副局长", person="股长",
        due="2026-06-20", measures="五月进场，六月完工",
    )  # fmt: skip
    assert county.step("commit", LEAD).met_at
    (published,) = commitments.listing(county.id)
    county.do(lambda _m, c, a, f: meetings.fulfil(c, a, f), published.id, who=LEAD, result="已完工通车")
    assert commitments.listing(county.id)[0].fulfilled_at

    county.case("乙")
    assert county.play.petition.stage == "passed_over"
    rest = county.play.running()["rest"]
    assert kernel_clock.local_date(rest.due_at) == date(2026, 4, 27)
    county.play.act("reply", OTHER, reply="已列入明年计划。", resolution="explained")
    county.sweep()
    assert county.step("reply_rest", OTHER).met_at
    county.act("answer_rest", "triage")
    assert county.play.petition.stage == "answered"
    assert county.step("answer_rest").met_at
    assert [replay.broken(one) for one in county.cases.values()] == [[], []]
    with pytest.raises(Refused, match="还没有办结"):
        county.act("archive", "triage")
