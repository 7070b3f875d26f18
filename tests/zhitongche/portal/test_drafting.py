"""Handing in a petition on the web."""

from __future__ import annotations

import re
import threading

import pytest
from sqlalchemy import func, select

from tests.zhitongche.portal.conftest import PNG, WORDS, Browser, field, text_of, upload
from zhitongche.casework import uploads
from zhitongche.casework.tables import Attachment, Draft, Petition
from zhitongche.persistence import db


def draft_id_of(page: str) -> str:
    return re.search(r"/petitions/new/([0-9a-f-]{36})/content", page)[1]


@pytest.mark.clause("RP-2.2.a")
def test_an_enterprise_hands_in_online_and_gets_a_number_and_a_running_clock(owner: Browser, inside) -> None:
    petition = owner.hand_in()
    page = text_of(owner.get(f"/petitions/{petition}").text)
    with inside():
        row = db.session.scalars(select(Petition)).one()
        assert (row.source, row.title, row.contact_name) == ("web", WORDS["title"], "陈静")
    assert row.number in page
    assert "甄别交办" in page
    assert "RP-2.3.a" in page


@pytest.mark.clause("ST-3.1.1")
def test_one_web_page_takes_petitions_for_the_whole_city(city: Browser, inside) -> None:
    petition = city.hand_in()
    page = text_of(city.get(f"/petitions/{petition}").text)
    assert "研判分流" in page
    with inside("shantou"):
        assert db.session.scalars(select(Petition.source)).one() == "web"


def test_what_was_typed_is_kept_at_every_step_even_where_it_is_wrong(owner: Browser) -> None:
    draft = draft_id_of(owner.get("/petitions/new").text)
    page = owner.post(f"/petitions/new/{draft}/content", **{**WORDS, "title": "短", "content": "太短"})
    assert page.status_code == 200
    assert "请至少写" in page.text
    again = owner.get(f"/petitions/new/{draft}/content").text
    assert field(again, "title") == "短"
    assert "太短" in again


def test_the_page_saves_what_is_being_typed_and_another_device_goes_on(owner: Browser, portal_app) -> None:
    draft = draft_id_of(owner.get("/petitions/new").text)
    said = owner.post(f"/petitions/new/{draft}/keep", title="厂区门口道路破损", content="我司厂区")
    assert said.text.startswith("已自动保存")
    telephone = Browser(portal_app.test_client(), owner.host)
    telephone.sign_in()
    assert "厂区门口道路破损" in telephone.get("/petitions/new").text
    assert field(telephone.get(f"/petitions/new/{draft}/content").text, "title") == "厂区门口道路破损"


def test_sent_twice_it_is_one_petition(owner: Browser, inside) -> None:
    draft = owner.draft()
    token = owner.token("/petitions/new")
    for _ in range(2):
        sent = owner.client.post(f"/petitions/new/{draft}/confirm", data={"csrf_token": token}, base_url=owner.host)
        assert sent.location == f"/petitions/{draft}"
    with inside():
        assert db.session.scalar(select(func.count()).select_from(Petition)) == 1


def test_sent_twice_at_the_same_moment_it_is_one_petition(owner: Browser, portal_app, inside) -> None:
    draft = owner.draft()
    token = owner.token("/petitions/new")
    cookie = owner.client.get_cookie("session", domain="raoping.localhost")
    answers: list[str | None] = []
    start = threading.Barrier(4)

    def send() -> None:
        client = portal_app.test_client()
        client.set_cookie("session", cookie.value, domain="raoping.localhost")
        start.wait()
        answers.append(client.post(f"/petitions/new/{draft}/confirm", data={"csrf_token": token}, base_url=owner.host).location)

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [f"/petitions/{draft}"] * 4
    with inside():
        assert db.session.scalar(select(func.count()).select_from(Petition)) == 1


def test_a_sent_draft_leads_to_its_petition_whichever_step_is_opened(owner: Browser) -> None:
    petition = owner.hand_in()
    for step in ("content", "contact", "confirm"):
        assert owner.get(f"/petitions/new/{petition}/{step}").location == f"/petitions/{petition}"


def test_files_are_checked_by_content_not_by_name(owner: Browser) -> None:
    draft = owner.draft()
    contact = {"contact_name": "陈静", "contact_mobile": "13800001234"}
    bad = owner.post(f"/petitions/new/{draft}/contact", **contact, files=upload("照片.png", b"<script>alert(1)</script>"))
    assert "不支持的附件类型" in bad.text
    good = owner.post(f"/petitions/new/{draft}/contact", **contact, files=upload("照片.png", PNG), stay="yes")
    assert good.status_code == 302
    assert "照片.png" in owner.get(f"/petitions/new/{draft}/contact").text


def test_a_file_is_only_ever_served_as_a_download_of_no_type(owner: Browser) -> None:
    draft = owner.draft()
    contact = {"contact_name": "陈静", "contact_mobile": "13800001234"}
    owner.post(f"/petitions/new/{draft}/contact", **contact, files=upload("照片.png", PNG), stay="yes")
    url = re.search(rf"/petitions/new/{draft}/files/[0-9a-f-]{{36}}", owner.get(f"/petitions/new/{draft}/contact").text)[0]
    owner.post(f"/petitions/new/{draft}/confirm")
    sent = re.search(rf"/petitions/{draft}/files/[0-9a-f-]{{36}}", owner.get(f"/petitions/{draft}").text)[0]
    assert owner.get(url).status_code == 404, "the draft is gone, its address with it"
    answer = owner.get(sent)
    assert answer.data == PNG
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_removed_file_is_gone_from_the_draft_and_from_the_disk(owner: Browser, inside) -> None:
    draft = owner.draft()
    contact = {"contact_name": "改过的联系人", "contact_mobile": "13800001234"}
    owner.post(f"/petitions/new/{draft}/contact", **contact, files=upload("照片.png", PNG), stay="yes")
    with inside():
        row = db.session.scalars(select(Attachment)).one()
        path = uploads.path_of(row.id)
    assert path.is_file()
    owner.post(f"/petitions/new/{draft}/files/{row.id}/remove", contact_name="又改了")
    assert not path.exists()
    page = owner.get(f"/petitions/new/{draft}/contact").text
    assert "照片.png</span>" not in page
    assert field(page, "contact_name") == "又改了"


def test_no_more_than_ten_files_go_with_one_petition(owner: Browser, inside) -> None:
    draft = owner.draft()
    contact = {"contact_name": "陈静", "contact_mobile": "13800001234"}
    for _ in range(2):
        page = owner.post(f"/petitions/new/{draft}/contact", **contact, files=[upload(f"{n}.png", PNG) for n in range(6)], stay="yes")
    assert "最多上传10个附件" in page.text
    with inside():
        assert db.session.scalar(select(func.count()).select_from(Attachment)) == 6


@pytest.mark.clause("ST-2.c")
def test_before_sending_one_is_told_of_an_open_petition_that_says_the_same(owner: Browser) -> None:
    first = owner.hand_in()
    second = owner.draft(content=WORDS["content"].replace("二百米", "两百多米"))
    assert f'href="/petitions/{first}"' in owner.get(f"/petitions/new/{second}/confirm").text
    third = owner.draft(title="申请技改补贴何时拨付", content="我司去年申报的技术改造补贴已过公示期，至今没有收到拨付通知，请问何时到账。")
    assert "可能已经提过" not in owner.get(f"/petitions/new/{third}/confirm").text


def test_an_incomplete_draft_is_not_sent_and_says_what_is_missing(owner: Browser, inside) -> None:
    draft = draft_id_of(owner.get("/petitions/new").text)
    owner.post(f"/petitions/new/{draft}/keep", title="厂区门口道路破损影响货车")
    page = owner.get(f"/petitions/new/{draft}/confirm").text
    assert "请填写情况和问题" in page
    assert owner.post(f"/petitions/new/{draft}/confirm").location.endswith("/content")
    with inside():
        assert db.session.scalar(select(func.count()).select_from(Petition)) == 0


def test_another_enterprises_draft_is_as_missing_as_one_that_never_was(owner: Browser, stranger: Browser) -> None:
    draft, nowhere = owner.draft(), "0190b7a0-0000-7000-8000-000000000000"
    for step in ("content", "contact", "confirm"):
        mine, none = (stranger.get(f"/petitions/new/{one}/{step}") for one in (draft, nowhere))
        assert mine.status_code == none.status_code == 404
        assert text_of(mine.text) == text_of(none.text)
    assert stranger.post(f"/petitions/new/{draft}/content", **WORDS).status_code == 404
    assert stranger.post(f"/petitions/new/{draft}/keep", title="改掉它").status_code == 404
    assert stranger.post(f"/petitions/new/{draft}/discard").status_code == 404


def test_typed_text_survives_an_ended_session(owner: Browser, portal_app) -> None:
    draft = owner.draft()
    owner.client.delete_cookie("session", domain="raoping.localhost")
    asked = owner.client.post(f"/petitions/new/{draft}/content", data={**WORDS, "title": "没有保存过的标题", "csrf_token": "old"}, base_url=owner.host)
    assert asked.status_code == 401
    assert "请重新登录" in asked.text
    kept = {name: field(asked.text, name) for name in ("next", "kept", "csrf_token")}
    back = owner.client.post("/sign-in", data={**kept, "mobile": "13800001234", "password": "jiandan-9876-mima"}, base_url=owner.host)
    assert "您填写的内容都还在" in back.text
    resumed = {"csrf_token": field(back.text, "csrf_token"), "_resume": "yes", **WORDS, "title": "没有保存过的标题"}
    assert "没有保存过的标题" in back.text
    form = owner.client.post(kept["next"], data=resumed, base_url=owner.host)
    assert form.status_code == 200, (form.status_code, form.text[:600])
    assert field(form.text, "title") == "没有保存过的标题"


def test_a_discarded_draft_is_gone(owner: Browser, inside) -> None:
    draft = owner.draft()
    owner.post(f"/petitions/new/{draft}/discard")
    with inside():
        assert db.session.scalar(select(func.count()).select_from(Draft)) == 0


def test_hostile_text_is_shown_as_text(owner: Browser) -> None:
    petition = owner.hand_in(title="<img src=x onerror=alert(1)>标题", content="<script>alert(1)</script>" * 2)
    page = owner.get(f"/petitions/{petition}").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_form_without_the_token_changes_nothing(owner: Browser, inside) -> None:
    draft = owner.draft()
    answer = owner.post(f"/petitions/new/{draft}/confirm", token=False)
    assert answer.status_code == 400
    with inside():
        assert db.session.scalar(select(func.count()).select_from(Petition)) == 0
