"""Papers at the desk: looked at, mended, reviewed, approved, issued, taken away with a watermark."""

import re

import pytest
from sqlalchemy import select

from tests.support.pages import Form, forms_of
from tests.zhitongche.desk.conftest import Office
from zhitongche import documents, notices, outbox
from zhitongche.casework.tables import ReadLog
from zhitongche.documents import refilling
from zhitongche.documents.tables import Paper, PaperEvent
from zhitongche.flow.facts import SYSTEM
from zhitongche.persistence import db, unit_of_work

FACTS = {"day": "2026年3月25日", "leader": "县长", "meeting": "3月现场活动日", "count": "1", "text": "由县交通运输局牵头修复路面。", "invited": "县交通运输局"}


def drafted(office: Office, kind: str = "opinions", **more: str) -> Paper:
    """A draft about the case in hand, by the bureau."""
    office.play.hand_in()
    with unit_of_work():
        about = documents.About.petition(office.play.id)
        return documents.draft(kind, about=about, facts={**FACTS, **more}, actor=office.play.actor("triage"))


def state(paper_id: object) -> str:
    db.session.expire_all()
    return db.session.scalars(select(Paper.state).where(Paper.id == paper_id)).one()


@pytest.mark.clause("RP-2.8.a")
def test_opinions_go_from_draft_by_the_offices_review_and_the_leaders_approval_to_a_numbered_paper(raoping: Office) -> None:
    paper_id = drafted(raoping).id
    where = f"/desk/papers/{paper_id}"
    triage, office, leader = (raoping.at_desk(who) for who in ("triage", "office", "leader"))
    edit = triage.see(f"{where}/edit")
    assert triage.fill(edit, "title", title="企业请求协调解决事项处理意见（第一期）").status_code == 303
    assert triage.send(next_form(triage.see(where), "submit")).status_code == 303
    assert "企业请求协调解决事项处理意见（第一期）" in office.see("/desk/")
    assert office.send(next_form(office.see(where), "review"), opinion="同意报审").status_code == 303
    assert leader.send(next_form(leader.see(where), "approve")).status_code == 303
    assert state(paper_id) == "issued"
    page = triage.see(raoping.case)
    assert "饶府办处〔2026〕1号" in page
    steps = db.session.scalars(select(PaperEvent.what).where(PaperEvent.paper_id == paper_id).order_by(PaperEvent.id)).all()
    assert steps == ["drafted", "edited", "submitted", "reviewed", "approved", "issued"]


def test_whoever_returns_a_paper_says_why_and_nothing_typed_is_lost(raoping: Office) -> None:
    paper_id = drafted(raoping).id
    where = f"/desk/papers/{paper_id}"
    triage = raoping.at_desk("triage")
    triage.send(next_form(triage.see(where), "submit"))
    office = raoping.at_desk("office")
    refused = office.send(next_form(office.see(where), "review"), to=f"{where}/return", opinion=" ")
    assert refused.status_code == 422
    assert "退回时请写明意见" in refused.get_data(as_text=True)
    assert office.send(next_form(office.see(where), "review"), to=f"{where}/return", opinion="请补充期限").status_code == 303
    assert state(paper_id) == "draft"
    assert "请补充期限" in raoping.at_desk("triage").see(where)


def test_a_notice_about_a_paper_leads_to_it_and_is_read_with_it(raoping: Office) -> None:
    paper_id = drafted(raoping).id
    where = f"/desk/papers/{paper_id}"
    triage, office = raoping.at_desk("triage"), raoping.at_desk("office")
    triage.send(next_form(triage.see(where), "submit"))
    outbox.relay(notices.HANDLERS)
    page = office.see("/desk/notices")
    assert f'href="{where}">查看公文' in page
    assert "未读" in page
    office.see(where)
    assert "未读" not in office.see("/desk/notices")


def test_another_role_cannot_take_a_step_that_is_not_its_own(raoping: Office) -> None:
    where = f"/desk/papers/{drafted(raoping).id}"
    form = next_form(raoping.at_desk("triage").see(where), "submit")
    leader = raoping.at_desk("leader")
    page = leader.see(where)
    assert "送审" not in page
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    assert leader.send(form, csrf_token=token[1]).status_code == 403


def test_a_body_too_long_is_told_beside_its_field_with_all_that_was_typed(raoping: Office) -> None:
    where = f"/desk/papers/{drafted(raoping).id}/edit"
    triage = raoping.at_desk("triage")
    answer = triage.fill(triage.see(where), "title", title="标题" * 100, body="第一段\n第二段")
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "标题" * 100 in page
    assert "第二段" in page


@pytest.mark.clause("ST-5.1")
def test_a_download_is_watermarked_and_logged_and_the_original_stays_clean(raoping: Office) -> None:
    paper = drafted(raoping, "refusal_notice", received="2026年3月6日", title="道路", number="RP1", ground="涉法涉诉", reason="已立案", enterprise="甲公司")
    visitor = raoping.at_desk("triage")
    taken = visitor.get(f"/desk/papers/{paper.id}/pdf")
    assert taken.status_code == 200
    assert taken.headers["Content-Disposition"].startswith("attachment")
    assert taken.data != documents.original(paper.id, "pdf")
    assert documents.original(paper.id, "pdf") == documents.rendered(paper, "pdf")
    assert "下载公文“不予受理告知书”" in db.session.scalars(select(ReadLog.why)).all()


def test_the_pages_are_shown_as_pictures(raoping: Office) -> None:
    paper = drafted(raoping)
    visitor = raoping.at_desk("triage")
    picture = visitor.get(f"/desk/papers/{paper.id}/page-1.png")
    assert (picture.status_code, picture.mimetype, picture.data[:4]) == (200, "image/png", b"\x89PNG")
    assert visitor.get(f"/desk/papers/{paper.id}/page-9.png").status_code == 404


def test_an_issued_paper_is_replaced_by_another_and_both_say_so(raoping: Office) -> None:
    paper = drafted(raoping, "refusal_notice", received="2026年3月6日", title="道路", number="RP1", ground="涉法涉诉", reason="已立案", enterprise="甲公司")
    triage = raoping.at_desk("triage")
    sent = triage.send(next_form(triage.see(f"/desk/papers/{paper.id}"), "supersede"))
    new = sent.headers["Location"].rsplit("/", 1)[1]
    assert triage.send(next_form(triage.see(f"/desk/papers/{new}"), "submit")).status_code == 303
    assert "本件已被替代" in triage.see(f"/desk/papers/{paper.id}")
    assert "本件替代此前的一份" in triage.see(f"/desk/papers/{new}")


@pytest.mark.clause("ST-3.4.b")
def test_the_weekly_table_gathers_what_the_units_reported(shantou: Office) -> None:
    play = shantou.play
    play.hand_in()
    play.act("propose", "triage", accept_ground=next(iter(play.pack.grounds_accept)), category="complaint", proposed=play.unit("jiaotong"))
    play.act("confirm", "jiaotong")
    play.act("fix", "triage", lead=play.unit("jiaotong"), opinion="请修复路面。")
    play.act("issue", "triage")
    play.act("progress", "jiaotong", text="施工单位已进场。")
    triage = shantou.at_desk("triage")
    page = triage.see("/desk/papers")
    assert triage.send(next_form(page, "weekly_table")).status_code == 303
    content = db.session.scalars(select(Paper.content).where(Paper.kind == "weekly_table")).one()
    assert content["rows"][0][2] == "甲公司"
    assert "施工单位已进场。" in content["rows"][0]


def listed(office: Office, *problems: str) -> Paper:
    """The draft of a catalogue with a row for each problem."""
    office.play.hand_in()
    rows = [{"number": f"RP{n}", "enterprise": "甲公司", "problem": problem, "unit": "县交通运输局"} for n, problem in enumerate(problems, start=1)]
    with unit_of_work():
        about = documents.About.petition(office.play.id)
        return documents.draft("catalogue", about=about, facts={**FACTS, "rows": rows}, actor=office.play.actor("triage"))


def rows_of(paper_id: object) -> list[list[str]]:
    db.session.expire_all()
    return db.session.scalars(select(Paper.content).where(Paper.id == paper_id)).one()["rows"]


@pytest.mark.clause("RP-2.4.b")
def test_the_cells_of_a_list_are_mended_while_it_is_a_draft_but_neither_its_order_nor_its_numbers(raoping: Office) -> None:
    paper_id = listed(raoping, "道路破损", "用电容量不足").id
    where = f"/desk/papers/{paper_id}/edit"
    triage = raoping.at_desk("triage")
    page = triage.see(where)
    assert "第2行　RP2　甲公司" in page
    assert 'name="cell-1-0"' not in page
    assert 'name="cell-1-1"' not in page
    assert triage.fill(page, "title", **{"cell-1-3": "用电容量不足，旺季停产"}).status_code == 303
    assert [row[3] for row in rows_of(paper_id)] == ["道路破损", "用电容量不足，旺季停产"]
    assert [row[:2] for row in rows_of(paper_id)] == [["1", "RP1"], ["2", "RP2"]]


def test_a_cell_too_long_is_told_beside_it_and_the_other_cells_keep_what_was_typed(raoping: Office) -> None:
    paper_id = listed(raoping, "道路破损", "用电容量不足").id
    triage = raoping.at_desk("triage")
    answer = triage.fill(triage.see(f"/desk/papers/{paper_id}/edit"), "title", **{"cell-0-3": "长" * 4001, "cell-1-5": "刚刚答复"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'id="error-cell-0-3"' in page
    assert "刚刚答复" in page
    assert rows_of(paper_id)[1][5] == ""


def test_whoever_saves_over_a_change_made_meanwhile_is_told_and_keeps_what_was_typed(raoping: Office) -> None:
    paper_id = listed(raoping, "道路破损").id
    where = f"/desk/papers/{paper_id}/edit"
    one, other = raoping.at_desk("triage"), raoping.at_desk("triage")
    page = one.see(where)
    other.fill(other.see(where), "title", title="先改的标题")
    answer = one.fill(page, "title", **{"cell-0-3": "后改的内容"})
    assert (answer.status_code, rows_of(paper_id)[0][3]) == (409, "道路破损")
    assert "已有改动，未保存" in answer.get_data(as_text=True)
    assert "后改的内容" in answer.get_data(as_text=True)


def test_what_was_mended_stays_when_the_list_is_filled_anew_unless_its_fact_has_changed(raoping: Office) -> None:
    paper_id = listed(raoping, "道路破损", "用电容量不足").id
    triage = raoping.at_desk("triage")
    triage.fill(triage.see(f"/desk/papers/{paper_id}/edit"), "title", **{"cell-0-3": "道路破损二百米", "cell-1-3": "用电不足"})
    fresh = [{"number": number, "enterprise": "甲公司", "problem": problem} for number, problem in (("RP2", "用电容量不足，另缺变压器"), ("RP9", "新的一件"), ("RP1", "道路破损"))]
    with unit_of_work():
        refilling.refill(paper_id, {**FACTS, "rows": fresh}, raoping.play.actor("triage"))
    assert [[*row[:2], row[3]] for row in rows_of(paper_id)] == [["1", "RP2", "用电容量不足，另缺变压器"], ["2", "RP9", "新的一件"], ["3", "RP1", "道路破损二百米"]]


def next_form(page: str, ending: str) -> Form:
    """The form of a page that leads to this step."""
    return next(form for form in forms_of(page) if form.action.endswith(f"/{ending}"))


@pytest.mark.clause("ST-3.5")
def test_the_key_list_that_the_machine_drafts_waits_for_the_task_force_and_then_for_the_leader(shantou: Office) -> None:
    with unit_of_work():
        paper_id = documents.make_by_calendar("key_list", SYSTEM).id
    triage, leader = shantou.at_desk("triage"), shantou.at_desk("leader")
    assert "重点督办清单" in triage.see("/desk/")
    assert "重点督办清单" not in leader.see("/desk/")
    assert triage.send(next_form(triage.see(f"/desk/papers/{paper_id}"), "submit")).status_code == 303
    assert "重点督办清单" in leader.see("/desk/")
