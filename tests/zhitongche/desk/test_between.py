"""Officials on both sides of a rising case: they see each fact by itself, and what they decide on (RP-2.3.f)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.support import rising
from tests.support.database import Database
from tests.zhitongche.desk.conftest import Office, office_of
from tests.zhitongche.desk.test_inbox import titles
from tests.zhitongche.portal.conftest import text_of
from zhitongche.casework import escalations, reporting
from zhitongche.kernel import clock as kernel_clock
from zhitongche.persistence import unit_of_work

pytestmark = pytest.mark.clause("RP-2.3.f")
UNSEEN = "现在只能看到上报理由和各级意见"


@pytest.fixture(autouse=True)
def heard(served_app: Flask) -> Iterator[None]:
    """Somebody else listens: what is carried is not this test's matter."""
    with reporting.heard_by(rising.nobody_in_particular):
        yield


@pytest.fixture
def chaozhou(served_app: Flask, tenant_db: Database, clock: kernel_clock.Simulated) -> Iterator[Office]:
    """The city above the county."""
    yield from office_of(served_app, "chaozhou")


def part(page: str, ident: str) -> str:
    """The words of one card."""
    start = page.index(f'id="{ident}"')
    return text_of(page[start : page.index("</section>", start)])


def test_the_county_sees_each_fact_of_its_rise_by_itself(raoping: Office) -> None:
    rise = rising.risen(raoping.play)
    words = part(raoping.at_desk("triage").see(raoping.case), "rise")
    assert "未回执" in words
    assert "已送达" not in words
    with unit_of_work():
        escalations.delivered(rise, kernel_clock.now())
        escalations.asked(rise, "请补充红线图")
    words = part(raoping.at_desk("triage").see(raoping.case), "rise")
    for told in ("已送达", "待受理", "请补充红线图", "还没有补充上报"):
        assert told in words, told
    assert "已受理" not in words


def test_who_sends_it_up_sees_what_the_level_above_will_learn(raoping: Office) -> None:
    rising.reviewed(raoping.play)
    page = text_of(raoping.at_desk("office").see(raoping.do("send_up")))
    for told in ("上级会看到什么", "上报即移送", "各级意见", "受理后移送", "企业名称和信用代码", "用地指标须由市级统筹", "情况属实，同意上报"):
        assert told in page, told


def test_the_reason_of_a_return_stands_on_the_case_page_and_in_the_lists(raoping: Office) -> None:
    rise = rising.taken(raoping.play)
    with unit_of_work():
        escalations.returned(rise, "属县级权限", "市政数局")
    assert "市政数局退回的理由 属县级权限" in part(raoping.at_desk("triage").see(raoping.case), "rise")
    assert "上级已退回" in raoping.at_desk(rising.LEAD).see("/desk/")


def test_who_takes_or_returns_a_report_reads_the_opinions_and_why_the_rest_is_unseen(chaozhou: Office) -> None:
    rising.arrived(chaozhou.play)
    for code in ("take", "return_report"):
        page = text_of(chaozhou.at_desk("triage").see(chaozhou.do(code)))
        for told in ("下县", "经本级办理仍无法解决", "情况属实，同意上报。", UNSEEN):
            assert told in page, (code, told)
        assert "企业所述" not in page


def test_a_report_is_marked_as_one_and_its_registration_is_not_said_to_be_checked_here(chaozhou: Office) -> None:
    rising.arrived(chaozhou.play)
    page = chaozhou.at_desk("triage").see(chaozhou.case)
    assert "下级上报：下县" in page
    assert "与法人库一致" not in part(page, "enterprise")
    assert "下级上报" in chaozhou.at_desk("triage").see("/desk/")


def test_a_document_is_asked_for_from_its_own_button_with_a_purpose(chaozhou: Office) -> None:
    rising.taken_in(chaozhou.play)
    official = chaozhou.at_desk("triage")
    page = official.see(chaozhou.case)
    digest = rising.DETAILS.documents[0].digest
    assert "批文.pdf" in part(page, "report")
    address = f"{chaozhou.do('ask_document')}?document={digest}"
    assert address in page
    form = official.see(address)
    refused = official.fill(form, "reason")
    assert refused.status_code == 422
    assert official.fill(form, "reason", reason="核对用地批文").status_code == 303
    history = part(official.see(chaozhou.case), "history")
    assert "材料：批文.pdf" in history
    assert "核对用地批文" in history


def test_the_lists_tell_rising_cases_and_reports_apart(raoping: Office) -> None:
    rising.taken(raoping.play)
    number = raoping.play.petition.number
    raoping.play.hand_in(title="另一件没有上报的")
    official = raoping.at_desk("triage")
    assert titles(official.see("/desk/petitions", way="above")) == ["厂区门口道路破损影响货车进出"]
    assert titles(official.see("/desk/petitions", way="unreceipted")) == []
    inbox = official.see("/desk/")
    awaited = part(inbox, "awaited")
    for told in (number, "市自然资源局", "市级办理"):
        assert told in awaited, told


def test_a_tenant_without_levels_beside_it_is_offered_no_such_filter(shantou: Office) -> None:
    page = shantou.at_desk("triage").see("/desk/petitions")
    assert "已上报、未回执" not in page
    assert "下级上报" in page


def test_entries_beside_the_flow_are_told_in_words(chaozhou: Office) -> None:
    rising.taken_in(chaozhou.play)
    history = part(chaozhou.at_desk("triage").see(chaozhou.case), "history")
    assert "下级移送诉求内容" in history
    assert "reveal" not in history
