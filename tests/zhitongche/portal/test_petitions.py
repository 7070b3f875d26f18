"""Following a petition, and what the enterprise does in it."""

from __future__ import annotations

import re
from uuid import UUID

import pytest

from tests.support.stage import Play
from tests.zhitongche.portal.conftest import OTHER_CODE, PNG, Browser, field, text_of, upload
from zhitongche import notices, outbox
from zhitongche.casework.case import load
from zhitongche.identity import enterprises
from zhitongche.identity.tables import Membership
from zhitongche.kernel import clock as kernel_clock
from zhitongche.notices.inbox import told
from zhitongche.persistence import db, unit_of_work


def answered(play: Play, petition: str, inside) -> None:
    """Carried to the answer by the officials."""
    with inside():
        play.petition_id = UUID(petition)
        lead = [unit.code for unit in play.pack.units if "handler" in unit.roles][3]
        play.act("accept", "triage", accept_ground=next(iter(play.pack.grounds_accept)), lead=play.unit(lead))
        play.act("receive", lead)
        play.act("reply", lead, reply="承办单位的意见", resolution="resolved")
        play.act("answer", "triage", reply="统一回复：月底前修复。")


@pytest.mark.clause("RP-2.10.a")
def test_the_enterprise_rates_the_answer_from_the_link_in_the_message(owner: Browser, raoping: Play, inside) -> None:
    petition = owner.hand_in()
    answered(raoping, petition, inside)
    owner.post("/sign-out", page="/account/")
    asked = owner.get(f"/petitions/{petition}/rate")
    assert asked.location == f"/sign-in?next=/petitions/{petition}/rate"
    assert owner.post("/sign-in", mobile="13800001234", password="jiandan-9876-mima", next=f"/petitions/{petition}/rate").location == f"/petitions/{petition}/rate"
    page = owner.get(f"/petitions/{petition}/rate", follow_redirects=True).text
    assert "统一回复：月底前修复。" in page
    assert "RP-2.10.a" in page
    done = owner.post(f"/petitions/{petition}/do/rate", page=f"/petitions/{petition}", satisfaction="satisfied", text="谢谢", version=field(page, "version"))
    assert done.location == f"/petitions/{petition}"
    with inside():
        assert load(raoping.id).outcome == "resolved"
    assert "您的评价：满意" in owner.get(f"/petitions/{petition}").text


def test_a_rating_without_a_choice_is_asked_for_again_and_the_words_stay(owner: Browser, raoping: Play, inside) -> None:
    petition = owner.hand_in()
    answered(raoping, petition, inside)
    page = owner.post(f"/petitions/{petition}/do/rate", text="写了一半的话")
    assert page.status_code == 200
    assert "写了一半的话" in page.text
    assert "请选择企业评价" in page.text


@pytest.mark.clause("RP-2.10.a")
def test_nobody_rates_before_there_is_an_answer_and_is_told_the_clause(owner: Browser) -> None:
    petition = owner.hand_in()
    refused = owner.get(f"/petitions/{petition}/do/rate")
    assert refused.status_code == 409
    assert "RP-2.10.a" in refused.text
    assert "正在甄别诉求" in refused.text


@pytest.mark.clause("ST-2.c")
def test_additional_material_goes_in_whatever_happened_meanwhile(owner: Browser, raoping: Play, inside) -> None:
    petition = owner.hand_in()
    version = field(owner.get(f"/petitions/{petition}/do/supplement").text, "version")
    answered(raoping, petition, inside)
    done = owner.post(f"/petitions/{petition}/do/supplement", text="补充现场照片", version=version, files=upload("现场.png", PNG))
    assert done.status_code == 302
    page = owner.get(f"/petitions/{petition}").text
    assert "补充现场照片" in page
    assert "现场.png" in page


def test_what_answers_a_page_that_is_out_of_date_is_not_carried_out_and_names_no_official(owner: Browser, raoping: Play, inside) -> None:
    petition = owner.hand_in()
    version = field(owner.get(f"/petitions/{petition}/do/withdraw").text, "version")
    answered(raoping, petition, inside)
    page = owner.post(f"/petitions/{petition}/do/withdraw", reason="问题已经解决", sure="y", version=version)
    assert page.status_code == 200
    assert "有了新变化" in page.text
    assert "问题已经解决" in page.text
    assert "triage某" not in page.text
    assert field(page.text, "version") != version
    with inside():
        assert load(raoping.id).outcome is None


def test_a_petition_is_withdrawn_only_by_whoever_says_so_twice(owner: Browser, raoping: Play, inside) -> None:
    petition = owner.hand_in()
    version = field(owner.get(f"/petitions/{petition}/do/withdraw").text, "version")
    page = owner.post(f"/petitions/{petition}/do/withdraw", reason="问题已经解决", version=version)
    assert page.status_code == 200
    assert "请勾选“我确认撤回" in page.text
    assert "问题已经解决" in page.text
    with inside():
        assert load(UUID(petition)).outcome is None
    assert owner.post(f"/petitions/{petition}/do/withdraw", reason="问题已经解决", sure="y", version=version).status_code == 302
    with inside():
        db.session.expire_all()
        assert load(UUID(petition)).outcome == "withdrawn"


def test_an_official_action_is_not_open_to_the_enterprise(owner: Browser) -> None:
    petition = owner.hand_in()
    assert owner.get(f"/petitions/{petition}/do/accept").status_code == 404
    assert owner.get(f"/petitions/{petition}/do/no-such").status_code == 404


@pytest.mark.clause("ST-5.1")
def test_a_foreign_petition_and_a_missing_one_get_the_same_page(owner: Browser, stranger: Browser, raoping: Play, inside) -> None:
    petition, nowhere = owner.hand_in(), "0190b7a0-0000-7000-8000-000000000000"
    for path in ("", "/rate", "/do/supplement", "/do/withdraw", "/files/0190b7a0-0000-7000-8000-000000000001"):
        foreign, missing = (stranger.get(f"/petitions/{one}{path}") for one in (petition, nowhere))
        assert foreign.status_code == missing.status_code == 404
        assert text_of(foreign.text) == text_of(missing.text)
    assert stranger.post(f"/petitions/{petition}/do/withdraw", reason="不是我的诉求").status_code == 404
    with inside():
        assert load(UUID(petition)).outcome is None


def test_a_link_leads_to_the_petition_whichever_of_ones_enterprises_is_chosen(owner: Browser, raoping: Play, inside) -> None:
    first = owner.hand_in()
    with inside(), unit_of_work():
        other = enterprises.by_code(OTHER_CODE)
        assert other
        db.session.add(Membership(enterprise_id=other.id, person_id=raoping.people["enterprise"].person_id, joined_at=kernel_clock.now()))
        db.session.flush()
        switch = f"/account/switch/{other.id}"
    assert owner.post(switch, page="/account/").status_code == 302
    assert "厂区门口" not in owner.get("/petitions").text
    assert owner.get(f"/petitions/{first}").status_code == 200
    assert "厂区门口" in owner.get("/petitions").text, "now acting for the petition's enterprise again"


def test_nobody_switches_to_an_enterprise_that_is_not_his(owner: Browser, inside) -> None:
    with inside():
        other = enterprises.by_code(OTHER_CODE)
        assert other
    assert owner.post(f"/account/switch/{other.id}", page="/account/").status_code == 404


def test_the_list_filters_and_finds_by_any_words(owner: Browser) -> None:
    owner.hand_in()
    owner.hand_in(title="申请技改补贴何时拨付", category="suggestion")
    both = owner.get("/petitions").text
    assert "厂区门口" in both
    assert "技改补贴" in both
    assert "厂区门口" not in owner.get("/petitions?category=suggestion").text
    assert "技改补贴" in owner.get("/petitions?q=技改补贴").text
    assert "厂区门口道路破损影响" not in owner.get("/petitions?q=技改补贴").text
    assert "没有符合条件的诉求" in owner.get("/petitions?state=closed").text
    assert owner.get("/petitions?after=not-a-place&state=<script>").status_code == 200


def test_notices_are_counted_shown_and_read(owner: Browser, inside) -> None:
    petition = owner.hand_in()
    with inside(), unit_of_work():
        outbox.promise("notice", {"petition_id": petition, "message": "received", "parties": ["enterprise"], "units": [], "enterprises": [enterprise_of(petition)],
                                  "fields": {"number": "N-1", "title": "标题", "due": "明天", "link": "/x"}}, key="t")  # fmt: skip
        for message in outbox.claim(["notice"], 20):
            if message.key == "t":
                notices.fan_out(message)
    page = owner.get("/notices")
    assert "有 1 条未读" in page.text
    assert f"/petitions/{petition}" in page.text
    owner.get(f"/petitions/{petition}")
    assert "没有未读消息" in owner.get("/notices").text, "who has seen the petition has seen what was said of it"


def enterprise_of(petition: str) -> str:
    return str(load(UUID(petition)).enterprise_id)


def test_no_page_of_the_portal_is_cached_by_others_or_runs_inline_script(owner: Browser) -> None:
    petition = owner.hand_in()
    for path in ("/", "/rules", "/petitions", f"/petitions/{petition}", "/petitions/new", "/account/", "/notices"):
        answer = owner.get(path)
        assert answer.status_code == 200
        assert "private" in answer.headers["Cache-Control"]
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", answer.text), path


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("您的诉求 1 已受理，由某局主办。进展随时可查：https://a/petitions/1", "您的诉求 1 已受理，由某局主办。"),
        ("将于明天前完成甄别。https://a/1", "将于明天前完成甄别。"),
        ("没有地址的消息", "没有地址的消息"),
    ],
)
def test_on_the_site_a_message_is_shown_without_the_address_that_the_sms_needs(sent: str, shown: str) -> None:
    assert told(sent) == shown


def test_what_was_handed_in_a_moment_ago_is_not_called_nearly_due(city: Browser) -> None:
    petition = city.hand_in()
    page = city.get(f"/petitions/{petition}").text
    assert "研判分流" in page
    assert "即将到期" not in page
