"""Registering, signing in and out."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from tests.zhitongche.portal.conftest import MOBILE, PASSWORD, Browser, field, text_of
from zhitongche.identity import enterprises
from zhitongche.notices.tables import Notice
from zhitongche.persistence import db

CREDIT_CODE = "91440500617540496Q"
NEW_CODE = "91445122MA4UHT4J1T"
NEW_MOBILE = "13700007777"


def last_code(inside, mobile: str) -> str:
    with inside():
        text = db.session.scalar(select(Notice.text).where(Notice.mobile == mobile).order_by(Notice.id.desc()).limit(1))
    assert text, f"nothing was sent to {mobile}"
    return re.search(r"\d{6}", text)[0]


def form(**changes: str) -> dict[str, str]:
    return {"credit_code": NEW_CODE, "name": "丙公司", "person_name": "黄明", "mobile": NEW_MOBILE, "code": "", "password": ""} | changes


@pytest.fixture
def new_code() -> str:
    from stdnum.cn import uscc

    body = NEW_CODE[:17]
    return body + uscc.calc_check_digit(body)


@pytest.mark.clause("RP-2.2.a")
def test_an_enterprise_registers_with_its_code_and_a_mobile_confirmed_by_sms(visitor: Browser, inside, new_code: str) -> None:
    asked = visitor.post("/register", page="/register", **form(credit_code=new_code), send_code="yes")
    assert "137****7777" in asked.text
    assert field(asked.text, "name") == "丙公司", "asking for a code must not lose what was typed"
    done = visitor.post("/register", page="/register", **form(credit_code=new_code, code=last_code(inside, NEW_MOBILE)))
    assert done.location == "/petitions/new"
    with inside():
        assert enterprises.by_code(new_code) is not None
    assert visitor.get("/account/").status_code == 200


def test_a_wrong_check_digit_is_told_beside_the_field_and_nothing_typed_is_lost(visitor: Browser) -> None:
    page = visitor.post("/register", page="/register", **form(credit_code="91440500617540496X", code="123456")).text
    assert "校验不通过" in page
    assert field(page, "person_name") == "黄明"


def test_without_the_code_from_the_sms_nobody_registers(visitor: Browser, inside, new_code: str) -> None:
    visitor.post("/register", page="/register", **form(credit_code=new_code), send_code="yes")
    wrong = f"{(int(last_code(inside, NEW_MOBILE)) + 1) % 1_000_000:06}"
    page = visitor.post("/register", page="/register", **form(credit_code=new_code, code=wrong)).text
    assert "验证码不正确" in page
    with inside():
        assert enterprises.by_code(new_code) is None


def test_wrong_password_and_unknown_mobile_get_the_same_answer(visitor: Browser) -> None:
    def answer(mobile: str) -> str:
        page = visitor.post("/sign-in", mobile=mobile, password="falsch-9876-falsch").text
        return text_of(page).replace(mobile, "")

    assert answer(MOBILE) == answer("13700009999")


def test_a_code_for_an_unknown_mobile_is_answered_the_same_but_not_sent(visitor: Browser, inside) -> None:
    known = visitor.post("/sign-in", by="code", mobile=MOBILE, send_code="yes").text
    unknown = visitor.post("/sign-in", by="code", mobile="13700009999", send_code="yes").text
    assert "138****1234" in known
    assert text_of(known).replace("138****1234", "") == text_of(unknown).replace("137****9999", "")
    with inside():
        assert db.session.scalars(select(Notice.mobile).where(Notice.channel == "sms")).all() == [MOBILE]


def test_one_signs_in_by_sms_code_without_a_password(visitor: Browser, inside) -> None:
    visitor.post("/sign-in", by="code", mobile=MOBILE, send_code="yes")
    done = visitor.post("/sign-in", by="code", mobile=MOBILE, code=last_code(inside, MOBILE))
    assert done.status_code == 302
    assert visitor.get("/petitions").status_code == 200


def test_after_signing_in_one_is_where_one_wanted_to_go(visitor: Browser) -> None:
    assert visitor.post("/sign-in", mobile=MOBILE, password=PASSWORD, next="/notices").location == "/notices"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_no_address_leads_away_from_the_site(visitor: Browser, elsewhere: str) -> None:
    assert visitor.post("/sign-in", mobile=MOBILE, password=PASSWORD, next=elsewhere).location == "/"


def test_signed_out_is_signed_out(owner: Browser) -> None:
    owner.post("/sign-out", page="/account/")
    assert owner.get("/petitions").status_code == 302


def test_a_forgotten_password_is_set_anew_with_a_code_and_ends_every_session(owner: Browser, portal_app, inside) -> None:
    other = Browser(portal_app.test_client(), owner.host)
    other.post("/forgot", page="/forgot", mobile=MOBILE, send_code="yes")
    done = other.post("/forgot", page="/forgot", mobile=MOBILE, code=last_code(inside, MOBILE), password="xin-mima-4455")
    assert done.location == "/sign-in"
    assert owner.get("/petitions").status_code == 302, "the old session must have ended"
    assert other.sign_in(password="xin-mima-4455").status_code == 302


def test_an_account_of_one_tenant_is_nobody_in_another(portal_app, owner: Browser) -> None:
    city = Browser(owner.client, "http://shantou.localhost")
    assert city.get("/petitions").status_code == 302


def test_a_password_is_changed_with_the_old_one_and_one_stays_signed_in(owner: Browser) -> None:
    wrong = owner.post("/account/password", page="/account/password", old_password="falsch", new_password="xin-mima-4455")
    assert "原密码不正确" in wrong.text
    done = owner.post("/account/password", page="/account/password", old_password=PASSWORD, new_password="xin-mima-4455")
    assert done.status_code == 302
    assert owner.get("/account/").status_code == 200


def test_another_mobile_is_taken_only_with_the_code_sent_to_it_and_only_where_nobody_has_it(owner: Browser, inside) -> None:
    url = "/account/mobile"
    owner.post(url, page=url, mobile=NEW_MOBILE, send_code="yes")
    code = last_code(inside, NEW_MOBILE)
    assert "验证码不正确" in owner.post(url, page=url, mobile="13700008888", code=code).text
    assert owner.post(url, page=url, mobile=NEW_MOBILE, code=code).location == "/account/"
    assert "137****7777" in owner.get("/account/").text
    owner.post(url, page=url, mobile="13800005678", send_code="yes")
    taken = owner.post(url, page=url, mobile="13800005678", code=last_code(inside, "13800005678"))
    assert "已经注册" in taken.text


def test_a_colleague_is_invited_and_acts_for_the_same_enterprise(owner: Browser, portal_app, inside) -> None:
    owner.post("/account/invite", page="/account/invite", name="黄同事", mobile="13600006666")
    colleague = Browser(portal_app.test_client(), owner.host)
    colleague.post("/sign-in", by="code", mobile="13600006666", send_code="yes")
    colleague.post("/sign-in", by="code", mobile="13600006666", code=last_code(inside, "13600006666"))
    petition = owner.hand_in()
    assert colleague.get(f"/petitions/{petition}").status_code == 200
    assert "邀请同事" not in colleague.get("/account/").text, "only an owner invites"


def test_somebody_removed_from_the_enterprise_sees_nothing_of_it_any_more(owner: Browser, portal_app, inside) -> None:
    owner.post("/account/invite", page="/account/invite", name="黄同事", mobile="13600006666")
    colleague = Browser(portal_app.test_client(), owner.host)
    colleague.post("/sign-in", by="code", mobile="13600006666", send_code="yes")
    colleague.post("/sign-in", by="code", mobile="13600006666", code=last_code(inside, "13600006666"))
    petition = owner.hand_in()
    url = re.search(r"/account/colleagues/[0-9a-f-]{36}/remove", owner.get("/account/").text)[0]
    owner.post(url, page="/account/")
    assert colleague.get(f"/petitions/{petition}").location == "/account/"
    assert "还没有关联企业" in colleague.get("/account/").text


def test_an_official_is_a_stranger_at_the_portal(portal_app, raoping, inside) -> None:
    with inside():
        from zhitongche.identity import people

        official = people.by_id(raoping.people["triage"].person_id)
        account = f"raoping:{official.id}:{official.session_epoch}"
    browser = Browser(portal_app.test_client(), "http://raoping.localhost")
    with browser.client.session_transaction(base_url=browser.host) as kept:
        kept["_user_id"], kept["_fresh"] = account, True
    assert browser.get("/petitions").location.startswith("/sign-in")


@pytest.mark.clause("RP-2.2.b")
def test_a_second_review_is_announced_only_where_the_flow_has_one(visitor: Browser, city: Browser, new_code: str) -> None:
    assert "登记部门会先行核验" in visitor.get("/register").text
    elsewhere = Browser(city.client.application.test_client(), city.host).get("/register").text
    assert "登记部门" not in elsewhere
    assert "受理时会一并核实" in elsewhere
