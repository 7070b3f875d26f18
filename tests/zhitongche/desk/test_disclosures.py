"""Whoever has no duty in a case may ask to read it; others decide, and it ends by itself (ST-5.1)."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.support.pages import forms_of
from tests.zhitongche.desk.conftest import Office
from zhitongche import outbox
from zhitongche.kernel import clock as kernel_clock
from zhitongche.notices import TOPIC, fan_out
from zhitongche.notices.tables import Notice
from zhitongche.persistence import db

PURPOSE = "核对历史遗留路段的管养权属"


def ask(office: Office, who: str, number: str, **values: object) -> TestResponse:
    official = office.at_desk(who)
    page = official.see("/desk/disclosures")
    return official.fill(page, "purpose", **({"number": number, "purpose": PURPOSE, "until": "2026-03-20"} | values))


def decide(office: Office, who: str, agreed: str) -> TestResponse:
    official = office.at_desk(who)
    form = next(one for one in forms_of(official.see("/desk/disclosures")) if one.action.endswith("/decide"))
    return official.send(form, agreed=agreed)


@pytest.mark.clause("ST-5.1")
def test_an_approved_request_opens_the_case_until_its_last_day_and_no_longer(raoping: Office, clock: kernel_clock.Simulated) -> None:
    number = raoping.play.hand_in().number
    assert raoping.at_desk("zhujian").get(raoping.case).status_code == 404
    assert ask(raoping, "zhujian", number).status_code == 303
    assert raoping.at_desk("zhujian").get(raoping.case).status_code == 404
    assert PURPOSE in raoping.at_desk("leader").see("/desk/disclosures")
    assert decide(raoping, "leader", "yes").status_code == 303
    page = raoping.at_desk("zhujian").see(raoping.case)
    assert "经批准查阅" in page
    assert "13800001234" not in page
    assert "/do/" not in page
    clock.advance(timedelta(days=15))
    assert raoping.at_desk("zhujian").get(raoping.case).status_code == 404


@pytest.mark.clause("ST-5.1")
def test_a_declined_request_opens_nothing(raoping: Office) -> None:
    number = raoping.play.hand_in().number
    ask(raoping, "zhujian", number)
    decide(raoping, "triage", "no")
    assert raoping.at_desk("zhujian").get(raoping.case).status_code == 404


def test_asking_for_a_number_that_does_not_exist_looks_the_same(raoping: Office) -> None:
    number = raoping.play.hand_in().number
    pages = []
    for wanted in (number, "RP2026999999"):
        answer = ask(raoping, "zhujian", wanted)
        assert answer.status_code == 303
        page = raoping.at_desk("zhujian").see("/desk/disclosures")
        pages.append(page.split('name="csrf_token"')[0])
    assert pages[0] == pages[1]
    assert number not in pages[0]


def test_nobody_decides_without_the_office_to_do_so(raoping: Office) -> None:
    number = raoping.play.hand_in().number
    ask(raoping, "zhujian", number)
    decider = raoping.at_desk("leader")
    form = next(one for one in forms_of(decider.see("/desk/disclosures")) if one.action.endswith("/decide"))
    outsider = raoping.at_desk("jiaotong")
    mine = next(one for one in forms_of(outsider.see("/desk/disclosures")) if "purpose" in one.names)
    answer = outsider.send(mine, to=form.action, agreed="yes")
    assert answer.status_code == 403
    assert "依据 ST-5.1" in answer.get_data(as_text=True)


def test_of_two_who_decide_the_second_is_told(raoping: Office) -> None:
    number = raoping.play.hand_in().number
    ask(raoping, "zhujian", number)
    late = raoping.at_desk("triage")
    form = next(one for one in forms_of(late.see("/desk/disclosures")) if one.action.endswith("/decide"))
    decide(raoping, "leader", "no")
    assert late.send(form, agreed="yes").status_code == 409
    assert raoping.at_desk("zhujian").get(raoping.case).status_code == 404


@pytest.mark.parametrize(
    ("values", "told"),
    [({"until": "2026-03-06"}, "截止日期应在今天以后"), ({"until": "2027-03-06"}, "最长90天"), ({"purpose": "看"}, "至少写4个字"), ({"number": ""}, "请填写诉求编号")],
)
def test_a_request_without_purpose_or_end_is_not_taken(raoping: Office, values: dict[str, str], told: str) -> None:
    answer = ask(raoping, "zhujian", **({"number": "RP2026000001"} | values))
    assert answer.status_code == 422
    assert told in answer.get_data(as_text=True)


def test_whoever_may_read_it_anyway_is_told_so(raoping: Office) -> None:
    number = raoping.play.hand_in().number
    assert "本来就可以查看" in ask(raoping, "supervision", number).get_data(as_text=True)


def told(office: Office, who: str) -> list[Notice]:
    """What the worker tells an official of the decision."""
    outbox.relay({TOPIC: fan_out})
    found = db.session.scalars(select(Notice).where(Notice.message.startswith("disclosure")))
    return [one for one in found if one.person_id == office.play.actor(who).person_id]


@pytest.mark.clause("ST-5.1")
def test_who_asked_is_told_by_sms_and_on_the_site_until_when_he_may_read(raoping: Office) -> None:
    number = raoping.play.hand_in().number
    ask(raoping, "zhujian", number)
    decide(raoping, "leader", "yes")
    notices = told(raoping, "zhujian")
    assert {one.channel for one in notices} == {"sms", "site"}
    assert all(number in one.text and "2026年03月20日" in one.text and raoping.case in one.text for one in notices)


@pytest.mark.clause("ST-5.1")
def test_who_was_refused_is_told_so_without_any_word_of_the_case(raoping: Office) -> None:
    number = raoping.play.hand_in().number
    ask(raoping, "zhujian", number)
    decide(raoping, "leader", "no")
    notices = told(raoping, "zhujian")
    assert {one.channel for one in notices} == {"sms", "site"}
    assert all("未获同意" in one.text and number not in one.text and one.petition_id is None for one in notices)
