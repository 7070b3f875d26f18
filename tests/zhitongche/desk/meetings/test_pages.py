"""A meeting's pages: what each shows, to whom, and what happens when somebody else was first."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from tests.support.pages import forms_of
from tests.zhitongche.desk.meetings.conftest import County
from tests.zhitongche.meetings.test_month import DAY, LEAD, OTHER, april, decided, given_up, up_to_the_eve
from zhitongche import documents, meetings
from zhitongche.casework.case import load as petition_of
from zhitongche.casework.tables import ReadLog
from zhitongche.meetings import commitments
from zhitongche.persistence import db


def test_the_year_shows_each_meeting_with_its_dates_and_what_the_rule_will_call(county: County) -> None:
    county.house.at(date(2026, 4, 1))
    page = county.at_desk("office").see("/desk/meetings", year="2026")
    assert "2026年4月现场活动日" in page
    assert "2026年12月现场活动日" in page
    assert "2026年4月15日（周三）" in page  # the catalogue goes to the office five working days before
    assert county.at_desk("window").get("/desk/meetings").status_code == 403


def test_the_inbox_shows_the_steps_that_are_mine_now_and_only_those(county: County) -> None:
    county.house.at(date(2026, 4, 1))
    april(county.house)
    assert "研判审核，形成问题目录" not in county.at_desk("triage").see("/desk/")
    county.house.at(date(2026, 4, 9))
    assert "研判审核，形成问题目录" in county.at_desk("triage").see("/desk/")
    assert "研判审核，形成问题目录" not in county.at_desk("leader").see("/desk/")


def test_a_step_out_of_turn_is_refused_with_what_has_to_come_first(county: County) -> None:
    county.house.at(date(2026, 4, 1))
    april(county.house)
    answer = county.at_desk("triage").get(f"{county.url}/steps/submit")
    assert answer.status_code == 409
    assert "须先完成“研判审核，形成问题目录”" in answer.get_data(as_text=True)
    assert county.at_desk("office").get(f"{county.url}/steps/submit").status_code == 403


def test_two_who_take_the_same_step_do_not_take_it_twice(county: County) -> None:
    county.house.at(date(2026, 4, 1))
    april(county.house)
    county.house.at(date(2026, 4, 9))
    one, other = county.at_desk("triage"), county.at_desk("triage")
    page, same = one.see(f"{county.url}/steps/draft"), other.see(f"{county.url}/steps/draft")
    assert one.fill(page, "version").status_code == 303
    assert other.fill(same, "version").status_code == 409


@pytest.mark.clause("RP-2.1.b")
def test_moving_shows_what_would_move_before_anything_moves(county: County) -> None:
    county.house.at(date(2026, 4, 1))
    april(county.house)
    visitor = county.at_desk("triage")
    page = visitor.see(f"{county.url}/move")
    preview = visitor.fill(page, "reason", day="2026-04-29", reason="县里有会")
    text = preview.get_data(as_text=True)
    assert "确认改期" in text
    assert "2026年4月22日（周三）" in text
    assert county.house.meeting.day == DAY
    assert visitor.fill(text, "reason", confirmed="yes").status_code == 303
    assert county.house.meeting.day == date(2026, 4, 29)
    refused = visitor.fill(visitor.see(f"{county.url}/move"), "reason", day="2026-05-02", reason="假日")
    assert refused.status_code == 422
    assert "不是工作日" in refused.get_data(as_text=True)


@pytest.mark.clause("RP-2.6")
def test_the_office_lets_another_leader_attend_and_the_reason_stays(county: County) -> None:
    county.house.at(date(2026, 4, 1))
    april(county.house)
    visitor = county.at_desk("office")
    wrong = visitor.fill(visitor.see(f"{county.url}/leader"), "reason", leader="余明远")
    assert wrong.status_code == 422
    visitor.fill(visitor.see(f"{county.url}/leader"), "reason", leader="余明远", reason="原定领导出差")
    page = visitor.see(county.url)
    assert "余明远" in page
    assert "原定领导出差" in page


@pytest.mark.clause("RP-2.4.a")
def test_the_agenda_tells_the_ground_with_the_facts_and_who_overruled_it_and_why(county: County) -> None:
    county.house.at(date(2026, 4, 1))
    april(county.house)
    given_up(county.house, "甲")
    county.house.at(date(2026, 4, 9))
    county.house.act("draft", "triage")
    office, item = county.at_desk("office"), f"{county.url}/agenda/{county.of('甲')}"
    page = office.see(f"{county.url}/agenda")
    assert "已列为县级诉求" in page
    assert "级别：县级" in page
    assert office.fill(office.see(f"{item}/overrule"), "verdict", verdict="out").status_code == 422
    assert office.fill(office.see(f"{item}/overrule"), "verdict", verdict="out", reason="企业已另行解决").status_code == 303
    page = office.see(f"{county.url}/agenda")
    assert "人工改定" in page
    assert "企业已另行解决" in page


def test_a_unit_sees_only_its_own_items_of_the_agenda(county: County) -> None:
    up_to_the_eve(county.house)
    page = county.at_desk(OTHER).see(f"{county.url}/agenda")
    assert "乙厂区门口道路" in page
    assert "甲厂区门口道路" not in page
    assert county.at_desk(OTHER).get(f"{county.url}/agenda/{county.of('甲')}").status_code == 404
    assert county.at_desk(OTHER).get(f"{county.url}/run").status_code == 403
    assert "问题目录" not in county.at_desk(OTHER).see(county.url).partition("会议公文")[2]
    assert "会议公文" in county.at_desk("leader").see(county.url)


@pytest.mark.clause("ST-5.1")
def test_a_unit_learns_from_log_and_versions_nothing_of_cases_that_are_not_its_own(county: County) -> None:
    up_to_the_eve(county.house)
    first, own = (petition_of(county.house.cases[name]).number for name in ("甲", "乙"))
    county.house.do(meetings.overrule, county.house.cases["甲"], who="office", verdict="out", reason="甲的老板正在谈融资")
    unit, office = county.at_desk(OTHER), county.at_desk("office")
    for page in (unit.see(county.url), unit.see(f"{county.url}/agenda")):
        assert "融资" not in page
        assert first not in page
    assert own in unit.see(f"{county.url}/agenda").partition("审定版本")[2]
    assert "融资" in office.see(county.url)
    assert first in office.see(f"{county.url}/agenda").partition("审定版本")[2]


@pytest.mark.clause("ST-5.1")
def test_whoever_opens_a_list_or_takes_it_away_has_read_every_case_in_it(county: County) -> None:
    up_to_the_eve(county.house)
    decided(county.house)
    lines = {line.kind: line.id for line in documents.papers_about(documents.About.meeting(county.house.id))}
    visitor = county.at_desk("supervision")
    visitor.see(f"/desk/papers/{lines['catalogue']}")
    assert visitor.get(f"/desk/papers/{lines['opinions']}/pdf").status_code == 200
    read = [select(ReadLog.why).where(ReadLog.petition_id == county.house.cases[name], ReadLog.why.contains("公文")) for name in ("甲", "乙")]
    assert [sorted(db.session.scalars(query)) for query in read] == [["下载公文“处理意见”", "查看公文“问题目录”"], ["查看公文“问题目录”"]]


@pytest.mark.clause("RP-2.8.a")
def test_the_opinion_is_taken_down_case_by_case_and_no_word_of_two_writers_is_lost(county: County) -> None:
    up_to_the_eve(county.house)
    county.house.at(DAY)
    case = f"{county.url}/run/{county.of('甲')}"
    one, other = county.at_desk("triage"), county.at_desk("office")
    page, same = one.see(case), other.see(case)
    assert "涉及多个部门，本单位无法解决" in page
    said = {"text": "六月底前修复。", "unit": county.house.play.unit(LEAD), "due": "2026-06-30"}
    assert one.fill(page, "text", **{**said, "due": ""}).status_code == 422
    assert one.fill(page, "text", **said).status_code == 303
    late = other.fill(same, "text", **{**said, "text": "七月底前修复。"})
    assert late.status_code == 409
    text = late.get_data(as_text=True)
    assert "六月底前修复。" in text
    assert "七月底前修复。" in text
    assert other.fill(text, "text").status_code == 303
    assert "七月底前修复。" in one.see(f"{county.url}/opinions")


@pytest.mark.clause("RP-3.3")
def test_a_unit_publishes_and_fulfils_its_own_commitment_and_nobody_elses(county: County) -> None:
    up_to_the_eve(county.house)
    decided(county.house)
    unit, form = county.at_desk(LEAD), f"{county.url}/commitments/{county.of('甲')}"
    said = {"subject": "厂区门口道路修复", "leader": "副局长", "person": "股长", "due": "2026-06-20", "measures": "五月进场"}
    leaking = unit.fill(unit.see(form), "subject", **{**said, "subject": "甲公司门口道路"})
    assert leaking.status_code == 422
    assert "公开内容不得出现企业名称" in leaking.get_data(as_text=True)
    assert unit.fill(unit.see(form), "subject", **said).status_code == 303
    (published,) = commitments.listing(county.house.id)
    fulfil = f"/desk/meetings/commitments/{published.id}/fulfil"
    assert county.at_desk("wenlv").get(fulfil).status_code == 404
    assert county.at_desk("triage").get(fulfil).status_code == 403
    assert unit.fill(unit.see(fulfil), "result", result="已完工").status_code == 303
    assert "已完工" in county.at_desk("supervision").see("/desk/meetings/commitments")


def test_the_calendar_at_the_secret_address_holds_ones_own_steps_and_no_petition(county: County) -> None:
    up_to_the_eve(county.house)
    visitor, stranger = county.at_desk("triage"), county.office.visitor()
    make = next(form for form in forms_of(visitor.see("/desk/meetings/calendar")) if form.action == "/desk/meetings/calendar")
    assert visitor.send(make).status_code == 303
    page = visitor.see("/desk/meetings/calendar")
    address = page.partition('id="address" value="')[2].partition('"')[0].partition(".localhost")[2]
    text = stranger.see(address).replace("\r\n ", "")
    assert "SUMMARY:举办现场活动日（2026年4月现场活动日）到期" in text
    assert "SUMMARY:2026年4月现场活动日" in text
    assert "厂区门口道路" not in text
    assert visitor.send(make, end="yes").status_code == 303
    assert stranger.get(address).status_code == 404


def test_a_made_up_calendar_address_is_answered_like_a_dead_one_whatever_is_in_it(county: County) -> None:
    up_to_the_eve(county.house)
    visitor, stranger = county.at_desk("triage"), county.office.visitor()
    visitor.send(next(form for form in forms_of(visitor.see("/desk/meetings/calendar")) if form.action == "/desk/meetings/calendar"))
    address = visitor.see("/desk/meetings/calendar").partition('id="address" value="')[2].partition('"')[0].partition(".localhost")[2]
    assert stranger.get(address).status_code == 200
    for wrong in (address[:-5] + "é.ics", "/desk/calendar/.ics", "/desk/calendar/é.ics", address[:-6] + ".ics"):
        assert stranger.get(wrong).status_code == 404, wrong


@pytest.mark.clause("ST-4.0")
def test_the_city_calls_its_meeting_when_fit(city: County) -> None:
    visitor = city.at_desk("triage")
    page = visitor.see("/desk/meetings/call/city")
    assert visitor.fill(page, "day", day="2026-03-14").status_code == 422  # a Saturday
    assert visitor.fill(page, "day", day="2026-03-27", reason="集中研究用电问题").status_code == 303
    assert "2026年3月27日市政企“直通车”工作会议" in visitor.see("/desk/meetings")
    assert city.at_desk("leader").get("/desk/meetings/call/city").status_code == 403


@pytest.mark.clause("RP-3.4.a")
def test_a_special_session_has_a_theme(county: County) -> None:
    county.house.at(date(2026, 4, 1))
    visitor = county.at_desk("triage")
    page = visitor.see("/desk/meetings/call/monthly")
    assert visitor.fill(page, "day", day="2026-04-29").status_code == 422
    theme = next(iter(county.house.play.pack.matters))
    assert visitor.fill(page, "day", day="2026-04-29", theme=theme).status_code == 303
    assert "专场" in visitor.see("/desk/meetings")
