"""Officers enter what the window, the hotline and visits bring, each with its source."""

from io import BytesIO

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.support.pages import Visitor
from tests.support.stage import CREDIT_CODES, TEXT
from tests.zhitongche.desk.conftest import Office
from zhitongche.casework.tables import Attachment, Petition
from zhitongche.identity import enterprises
from zhitongche.persistence import db

NEW = {"credit_code": CREDIT_CODES[1], "enterprise_name": "乙公司", "category": "complaint", **TEXT}
KNOWN = NEW | {"credit_code": CREDIT_CODES[0], "enterprise_name": ""}


def check(official: Visitor, source: str = "", **values: object) -> TestResponse:
    """Fill in the first page and go on."""
    page = official.see("/desk/intake", source=source) if source else official.see("/desk/intake")
    return official.fill(page, "credit_code", step="check", **values)


def save(official: Visitor, checked: TestResponse, **values: object) -> TestResponse:
    """Save from the second page."""
    assert checked.status_code == 200, checked.get_data(as_text=True)
    return official.fill(checked.get_data(as_text=True), "files", step="save", **values)


def only() -> Petition:
    db.session.expire_all()
    return db.session.scalars(select(Petition)).one()


@pytest.mark.clause("RP-2.2.a")
def test_the_window_enters_a_petition_and_hands_out_a_receipt_with_its_number(raoping: Office) -> None:
    window = raoping.at_desk("window")
    answer = save(window, check(window, **NEW, window_note="企业到窗口当面反映"), files=[(BytesIO("合同摘要".encode()), "合同.txt")])
    petition = only()
    assert answer.status_code == 303
    assert (petition.source, petition.entered_by) == ("window", raoping.play.actor("window").person_id)
    assert enterprises.by_id(petition.enterprise_id).name == "乙公司"
    assert db.session.scalar(select(func.count()).select_from(Attachment)) == 1
    receipt = window.see(answer.headers["Location"])
    for shown in (petition.number, "乙公司", "企业到窗口当面反映", "服务窗口登记"):
        assert shown in receipt


@pytest.mark.clause("RP-2.2.a")
def test_the_12345_operator_enters_a_petition_with_the_hotlines_order(raoping: Office) -> None:
    hotline = raoping.at_desk("hotline")
    save(hotline, check(hotline, **NEW, order_number="12345-2026-0087", first_received="2026-03-05T09:20"))
    assert only().source == "hotline"


@pytest.mark.clause("ST-3.1.2")
def test_what_the_hotline_could_not_resolve_comes_in_with_source_and_time_received(shantou: Office) -> None:
    hotline = shantou.at_desk("hotline")
    missing = check(hotline, **NEW)
    assert missing.status_code == 422
    assert "12345工单编号" in missing.get_data(as_text=True)
    save(hotline, check(hotline, **NEW, order_number="A-77", first_received="2026-03-05T09:20", handled_by="市交通局：权属不清"))
    petition = only()
    assert petition.source_facts["order_number"] == "A-77"
    page = shantou.at_desk("triage").see(f"/desk/petitions/{petition.id}")
    for shown in ("A-77", "2026-03-05 09:20", "市交通局：权属不清", "12345热线转来"):
        assert shown in page


@pytest.mark.clause("ST-3.1.3")
def test_what_a_visit_collects_is_entered_with_the_visit_noted(shantou: Office) -> None:
    officer = shantou.at_desk("triage")
    visited = {"visited_at": "2026-03-04T15:00", "visited_by": "林晓敏、陈志远", "visit_note": "走访产业园，企业当面反映。"}
    save(officer, check(officer, "visit", **NEW, **visited))
    petition = only()
    assert petition.source == "visit"
    assert petition.source_facts["visited_by"] == "林晓敏、陈志远"


def test_who_enters_nothing_by_his_role_has_no_such_page(raoping: Office) -> None:
    assert raoping.at_desk("jiaotong").get("/desk/intake").status_code == 403
    assert "登记诉求" not in raoping.at_desk("jiaotong").see("/desk/")


def test_looking_up_a_known_enterprise_fills_in_its_name_and_shows_its_open_cases(raoping: Office) -> None:
    window = raoping.at_desk("window")
    save(window, check(window, **KNOWN))
    page = window.see("/desk/intake")
    found = window.fill(page, "credit_code", step="find", credit_code=CREDIT_CODES[0].lower(), content="已经写了一半的内容").get_data(as_text=True)
    assert 'value="甲公司"' in found
    assert TEXT["title"] in found
    assert "已经写了一半的内容" in found


def test_a_likely_duplicate_is_shown_beside_the_new_text_before_anything_is_saved(raoping: Office) -> None:
    window = raoping.at_desk("window")
    assert "可能是重复件" not in check(window, **KNOWN).get_data(as_text=True)
    save(window, check(window, **KNOWN))
    again = check(window, **(KNOWN | {"title": "厂区门口道路仍然破损"}))
    text = again.get_data(as_text=True)
    assert "可能是重复件" in text
    assert 'class="compare"' in text
    assert db.session.scalar(select(func.count()).select_from(Petition)) == 1
    assert save(window, again).status_code == 303
    assert db.session.scalar(select(func.count()).select_from(Petition)) == 2


def test_saving_the_same_page_twice_makes_one_petition(raoping: Office) -> None:
    window = raoping.at_desk("window")
    checked = check(window, **NEW)
    first, second = save(window, checked), save(window, checked)
    assert first.headers["Location"] == second.headers["Location"]
    assert only()


def test_a_forged_draft_id_does_not_fetch_another_officers_petition(raoping: Office) -> None:
    raoping.play.hand_in()
    window = raoping.at_desk("window")
    answer = save(window, check(window, **NEW), draft_id=str(raoping.play.id))
    assert answer.status_code == 404
    assert raoping.play.petition.number not in answer.get_data(as_text=True)


def test_every_fault_is_told_beside_its_field_and_nothing_typed_is_lost(raoping: Office) -> None:
    window = raoping.at_desk("window")
    answer = check(window, **(NEW | {"credit_code": "91440500617540496X", "contact_mobile": "123", "title": ""}))
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert TEXT["content"] in text
    assert "123" in text
    for wrong in ("credit_code", "contact_mobile", "title"):
        assert f'id="error-{wrong}"' in text


def test_another_name_under_a_known_code_is_questioned_instead_of_taken(raoping: Office) -> None:
    answer = check(raoping.at_desk("window"), **(KNOWN | {"enterprise_name": "丙公司"}))
    assert answer.status_code == 422
    assert "已登记的企业名称为“甲公司”" in answer.get_data(as_text=True)


def test_a_bad_attachment_costs_nothing_of_what_was_typed(raoping: Office) -> None:
    window = raoping.at_desk("window")
    checked = check(window, **NEW)
    refused = save(window, checked, files=[(BytesIO(b"MZ" + bytes(100)), "a.pdf")])
    text = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert "不支持的附件类型" in text
    assert window.fill(text, "files", step="save").status_code == 303
    assert only().content == TEXT["content"]


def test_going_back_from_the_second_page_keeps_what_was_typed(raoping: Office) -> None:
    window = raoping.at_desk("window")
    back = window.fill(check(window, **NEW).get_data(as_text=True), "files", step="back").get_data(as_text=True)
    assert TEXT["content"] in back
    assert 'value="乙公司"' in back
