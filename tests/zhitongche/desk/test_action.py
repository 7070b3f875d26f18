"""Each step of casework is taken from its own page, under its own clause, by one official only."""

from io import BytesIO

import pytest

from tests.support.pages import Visitor, forms_of
from tests.zhitongche.desk.conftest import Office
from tests.zhitongche.desk.test_inbox import HANDLER, accept
from zhitongche.casework.case import load
from zhitongche.casework.queries import case_page
from zhitongche.persistence import db


def filled(office: Office) -> dict[str, object]:
    return {"accept_ground": next(iter(office.play.pack.grounds_accept)), "lead": office.play.unit(HANDLER), "opinion": "请尽快现场踏勘。"}


def accepting(office: Office, official: Visitor, **values: object):
    return official.fill(official.see(office.do("accept")), "accept_ground", **(filled(office) | values))


def test_an_action_done_on_its_page_moves_the_case_and_leads_back_to_it(raoping: Office) -> None:
    raoping.play.hand_in()
    answer = accepting(raoping, raoping.at_desk("triage"))
    assert (answer.status_code, answer.headers["Location"]) == (303, raoping.case)
    assert raoping.play.petition.stage == "assigned"


def test_of_two_officials_at_once_one_wins_and_the_other_is_told_who_was_first(raoping: Office) -> None:
    raoping.play.hand_in()
    first, second = raoping.at_desk("triage"), raoping.at_desk("triage")
    page = second.see(raoping.do("accept"))
    assert accepting(raoping, first).status_code == 303
    typed = "我刚才认真写下的交办意见，不能丢。"
    answer = second.fill(page, "accept_ground", **(filled(raoping) | {"opinion": typed, "lead": raoping.play.unit("zhujian")}))
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "triage某" in text
    assert "受理并交办" in text
    assert typed in text
    assert raoping.play.petition.lead_unit_id == raoping.play.actor(HANDLER).unit_id


def test_who_was_second_may_send_the_same_form_again_where_the_step_is_still_open(raoping: Office) -> None:
    raoping.play.hand_in()
    accept(raoping)
    raoping.play.act("receive", HANDLER)
    unit = raoping.at_desk(HANDLER)
    page = unit.see(raoping.do("reply"))
    raoping.play.act("urge", "supervision", text="请尽快回复。")
    answer = unit.fill(page, "reply", reply="已安排修复，月底完工。", resolution="resolved")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "催办" in text
    assert raoping.play.petition.stage == "handling"
    assert unit.fill(text, "reply").status_code == 303
    assert raoping.play.petition.answer == "已安排修复，月底完工。"


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(raoping: Office) -> None:
    raoping.play.hand_in()
    official = raoping.at_desk("triage")
    answer = accepting(raoping, official, lead="", opinion="这段话要留着")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "请选择主办单位" in text
    assert "这段话要留着" in text
    same = accepting(raoping, official, co=[raoping.play.unit(HANDLER)])
    assert "协办单位不能与主办单位相同" in same.get_data(as_text=True)
    assert raoping.play.petition.stage == "screening"


@pytest.mark.clause("RP-2.3.g")
def test_a_refusal_is_asked_about_once_more_and_only_then_made(raoping: Office) -> None:
    raoping.play.hand_in()
    official = raoping.at_desk("triage")
    ground = next(iter(raoping.play.pack.grounds_refuse.values()))
    asked = official.fill(official.see(raoping.do("refuse")), "refusal_ground", refusal_ground=ground.code, reason="该事项已进入诉讼程序。")
    text = asked.get_data(as_text=True)
    assert asked.status_code == 200
    assert ground.name in text
    assert raoping.play.petition.outcome is None
    assert official.fill(text, "confirmed").status_code == 303
    assert raoping.play.petition.outcome == "refused"


def test_a_step_that_is_not_mine_is_refused_with_its_clause(raoping: Office) -> None:
    raoping.play.hand_in()
    accept(raoping, co=("huanggang",))
    answer = raoping.at_desk("huanggang").get(raoping.do("receive"))
    assert answer.status_code == 403
    assert "依据 RP-2.3.b" in answer.get_data(as_text=True)


def test_a_step_out_of_turn_is_named_in_quotes_since_some_names_say_not_themselves(raoping: Office) -> None:
    raoping.play.hand_in()
    accept(raoping)
    text = raoping.at_desk("triage").get(raoping.do("refuse")).get_data(as_text=True)
    assert "现在不能办理“不予受理”" in text
    assert "不能不予" not in text


def test_a_step_that_a_guard_forbids_now_is_refused_with_reason_and_clause(raoping: Office) -> None:
    raoping.play.hand_in()
    accept(raoping)
    raoping.play.act("object", HANDLER, should_be=raoping.play.unit("zhujian"), reason="该路段由住建部门管养。")
    raoping.play.act("settle", "triage", verdict="disagree", reason="已移交交通部门养护。")
    unit = raoping.at_desk(HANDLER)
    page = unit.see(raoping.case)
    assert "现在不能提出分派异议" in page
    answer = unit.get(raoping.do("object"))
    assert answer.status_code == 409
    text = answer.get_data(as_text=True)
    assert "已就该诉求件提出过分派异议" in text
    assert "依据 RP-2.3.c" in text


@pytest.mark.clause("ST-2.c")
def test_a_likely_duplicate_is_joined_with_both_texts_side_by_side(shantou: Office) -> None:
    play = shantou.play
    play.hand_in(title="厂区门口道路破损", content="厂区门口道路破损严重，雨天积水，货车进出困难，请修复。")
    original = play.id
    play.hand_in(title="子女入学名额不足", content="员工子女今年入学名额不足，希望增加镇中心小学学位。")
    play.hand_in(title="门口道路破损未修", content="厂区门口道路破损严重，雨天积水，货车进出十分困难，仍未修复。")
    official = shantou.at_desk("triage")
    page = official.see(shantou.do("join"))
    compared = page[page.index('class="compare"') :]
    assert "厂区门口道路破损严重，雨天积水，货车进出困难，请修复。"[:8] in compared
    assert "<mark>" in compared
    form = next(one for one in forms_of(page) if "into" in one.names)
    assert dict(form.values)["into"] == str(original), "the most alike is suggested"
    assert official.send(form, reason="与前件为同一路段").status_code == 303
    assert play.petition.joined_into == original
    assert play.petition.outcome == "joined"


def test_an_action_that_ends_my_duty_leads_to_the_inbox_since_the_case_is_no_longer_mine(shantou: Office) -> None:
    play = shantou.play
    play.hand_in()
    unit = next(u.code for u in play.pack.units if "handler" in u.roles and "triage" not in u.roles)
    play.act("propose", "triage", accept_ground=next(iter(play.pack.grounds_accept)), category="complaint", proposed=play.unit(unit))
    official = shantou.at_desk(unit)
    answer = official.fill(official.see(shantou.do("decline")), "reason", reason="不属于本单位职责。")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk/")
    assert official.get(shantou.case).status_code == 404


def test_an_attachment_is_kept_and_comes_back_as_bytes_never_as_a_page(raoping: Office) -> None:
    raoping.play.hand_in()
    accept(raoping)
    raoping.play.act("receive", HANDLER)
    unit = raoping.at_desk(HANDLER)
    page = unit.see(raoping.do("contact"))
    sent = unit.fill(page, "how", how="phone", text="已电话联系企业。", files=[(BytesIO("现场记录".encode()), "记录.txt")])
    assert sent.status_code == 303
    db.session.expire_all()
    file = case_page.of(load(raoping.play.id), raoping.play.actor("triage")).files[0]
    answer = unit.get(f"{raoping.case}/files/{file.id}")
    assert answer.get_data().decode() == "现场记录"
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert raoping.at_desk("zhujian").get(f"{raoping.case}/files/{file.id}").status_code == 404


def test_an_upload_that_is_a_program_is_refused_beside_its_field(raoping: Office) -> None:
    raoping.play.hand_in()
    accept(raoping)
    raoping.play.act("receive", HANDLER)
    unit = raoping.at_desk(HANDLER)
    files = [(BytesIO(b"MZ\x90\x00" + bytes(200)), "现场照片.jpg")]
    answer = unit.fill(unit.see(raoping.do("contact")), "how", how="phone", text="写好的沟通内容", files=files)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "不支持的附件类型" in text
    assert "写好的沟通内容" in text


def test_who_decides_has_before_him_what_he_decides_on(raoping: Office) -> None:
    raoping.play.hand_in()
    accept(raoping)
    raoping.play.act("object", HANDLER, should_be=raoping.play.unit("zhujian"), reason="该路段由住建部门管养。")
    page = raoping.at_desk("triage").see(raoping.do("settle"))
    assert "该路段由住建部门管养。" in page
    assert "不采纳" in page


@pytest.mark.clause("RP-2.2.b")
def test_who_verifies_a_registration_sees_what_the_register_says(raoping: Office) -> None:
    raoping.play.hand_in(mismatched=True)
    page = raoping.at_desk("reviewer").see(raoping.do("verify"))
    note = raoping.play.petition.match_note
    assert note
    assert note in page
    assert "不属实" in page
