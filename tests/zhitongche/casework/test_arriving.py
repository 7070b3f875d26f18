"""A petition from the tenant below: looked at, taken or given back, decided; known no further than it must be (RP-2.3.f, ST-1.3)."""

import hashlib

import pytest
from sqlalchemy import select

from tests.support import rising
from tests.support.rising import DETAILS, arrived, report, taken_in
from tests.support.stage import Play
from zhitongche import journal
from zhitongche.casework import escalations, replay, reporting
from zhitongche.casework.queries import contacts
from zhitongche.casework.tables import Attachment, Petition, PetitionSearch, Report
from zhitongche.identity import enterprises
from zhitongche.kernel.errors import Forbidden, Invalid, NotFound, Refused
from zhitongche.outbox.tables import Outbox
from zhitongche.persistence import db, unit_of_work

TEXT = "批文全文".encode()


def row(play: Play) -> Report:
    db.session.expire_all()
    return db.session.scalars(select(Report).where(Report.petition_id == play.id)).one()


def told() -> set[tuple[str, str]]:
    return {(p["party"], p["message"]) for p in db.session.scalars(select(Outbox.payload).where(Outbox.topic == "notice"))}


@pytest.mark.clause("RP-2.3.f")
def test_a_report_waits_for_the_citys_bureau_with_a_limit_and_tells_nothing_of_the_enterprise(chaozhou: Play) -> None:
    arrived(chaozhou)
    petition = chaozhou.petition
    assert (petition.stage, petition.level, petition.source) == ("reported", "city", "bridge")
    assert (chaozhou.running()["reported"].owes, chaozhou.running()["reported"].limit) == ("triage", "3个工作日")
    assert ("triage", "reported") in told()
    assert (petition.contact_name, petition.contact_mobile) == ("", "")
    assert "下县" in enterprises.by_id(petition.enterprise_id).name
    assert row(chaozhou).opinions[0]["unit"] == "县政数局"
    assert replay.broken(chaozhou.id) == []


def test_the_same_report_again_is_the_same_petition(chaozhou: Play) -> None:
    once = report()
    with unit_of_work():
        first = escalations.report(once).id
        assert escalations.report(once).id == first
    with unit_of_work():
        other = escalations.report(report())
    assert other.id != first
    assert len(set(db.session.scalars(select(Petition.enterprise_id)))) == 1


@pytest.mark.clause("RP-2.3.f")
def test_what_the_city_takes_goes_its_own_way_and_ends_with_the_decision_unrated(chaozhou: Play) -> None:
    taken_in(chaozhou)
    lead = "ziran"
    assert chaozhou.petition.stage == "screening"
    chaozhou.act("accept", "triage", accept_ground=next(iter(chaozhou.pack.grounds_accept)), lead=chaozhou.unit(lead))
    chaozhou.act("receive", lead)
    chaozhou.act("reply", lead, reply="已安排用地指标。", resolution="resolved")
    standing = escalations.standing(chaozhou.id)
    assert (standing.holder, standing.answer) == ("市自然资源局", "已安排用地指标。")
    chaozhou.act("answer", "triage", reply="市里已安排用地指标。")
    assert (chaozhou.petition.outcome, chaozhou.petition.stage) == ("resolved", "closed")
    assert not {party for party, _ in told()} & {"enterprise"}
    assert replay.broken(chaozhou.id) == []


@pytest.mark.clause("ST-1.3")
def test_the_task_force_decides_what_a_district_reported_and_calls_nobody_back(shantou: Play) -> None:
    taken_in(shantou)
    lead = "ziran"
    assert shantou.petition.stage == "analysing"
    ground = next(iter(shantou.pack.grounds_accept))
    shantou.act("propose", "triage", accept_ground=ground, category="complaint", proposed=shantou.unit(lead))
    shantou.act("confirm", lead)
    shantou.act("fix", "triage", lead=shantou.unit(lead), opinion="请牵头办理。")
    shantou.act("issue", "triage")
    shantou.act("contact", lead, how="phone", happened="2026-03-05T10:00", text="已与企业联系")
    shantou.act("reply", lead, reply="已安排用地指标。", resolution="resolved")
    with pytest.raises(Refused):
        shantou.act("call_back", "triage", how="phone", happened="2026-03-05T11:00", with_whom="陈静", satisfaction="satisfied")
    shantou.act("decide", "triage", reply="市里已安排用地指标。")
    assert shantou.petition.outcome == "resolved"
    assert not {party for party, _ in told()} & {"enterprise"}
    assert replay.broken(shantou.id) == []


@pytest.mark.clause("RP-2.3.f")
@pytest.mark.parametrize("city", ["chaozhou", "shantou"])
def test_a_report_may_be_given_back_with_a_reason_but_neither_refused_nor_joined(request, city: str) -> None:
    play: Play = request.getfixturevalue(city)
    taken_in(play)
    ground = next(iter(play.pack.grounds_refuse))
    with pytest.raises(Refused):
        play.act("refuse", "triage", refusal_ground=ground, reason="不属于受理范围。")
    play.act("return_report", "triage", reason="属县级事权，请县里落实。")
    assert play.petition.outcome == "returned"
    assert replay.broken(play.id) == []


@pytest.mark.parametrize("city", ["chaozhou", "shantou"])
def test_only_what_came_from_below_can_be_given_back_or_asked_about(request, city: str) -> None:
    play: Play = request.getfixturevalue(city)
    play.hand_in()
    for action, form in (("return_report", {"reason": "退回下级办理。"}), ("ask_below", {"text": "请补充。"})):
        with pytest.raises(Refused):
            play.act(action, "triage", **form)


@pytest.mark.clause("RP-2.3.f")
def test_what_is_asked_of_the_level_below_runs_as_its_clock_until_it_comes(chaozhou: Play) -> None:
    petition = arrived(chaozhou)
    chaozhou.act("ask_below", "triage", text="请补充用地红线图。")
    assert chaozhou.running()["ask_below"].owes == "below"
    for _ in range(2):
        with unit_of_work():
            escalations.supplemented(petition, "红线图已补。")
    assert set(chaozhou.running()) == {"reported"}
    assert [one["text"] for one in row(chaozhou).supplements] == ["红线图已补。"]


def test_nobody_of_the_tenant_does_what_only_a_message_does(chaozhou: Play) -> None:
    arrived(chaozhou)
    for who in ("triage", "leader", "admin"):
        with pytest.raises((Forbidden, NotFound)):
            chaozhou.act("withdrawn_below", who, reason="企业撤回。")


def test_details_come_only_after_taking_and_only_once(chaozhou: Play) -> None:
    petition = arrived(chaozhou)
    with pytest.raises(Refused), unit_of_work():
        escalations.reveal(petition, DETAILS)
    chaozhou.act("take", "triage")
    for _ in range(2):
        with unit_of_work():
            escalations.reveal(petition, DETAILS)
    assert (chaozhou.petition.content, chaozhou.petition.contact_name) == (DETAILS.content, DETAILS.contact_masked)
    assert enterprises.by_id(chaozhou.petition.enterprise_id).credit_code == DETAILS.credit_code
    assert [entry.action for entry in journal.entries(petition)].count("reveal") == 1
    assert replay.broken(petition) == []


def test_the_upper_tenant_never_speaks_with_the_enterprise_nor_shows_it_the_case(chaozhou: Play) -> None:
    petition = taken_in(chaozhou)
    with unit_of_work():
        own = chaozhou.enterprise_person(DETAILS.credit_code, DETAILS.enterprise, "13700001234")
    assert own.enterprise_id == chaozhou.petition.enterprise_id
    with pytest.raises(NotFound):
        chaozhou.act("withdraw", own, reason="不办了。")
    assert contacts.of(petition) == []


def test_a_document_is_kept_only_if_it_was_told_of_and_is_what_was_told(chaozhou: Play) -> None:
    petition = arrived(chaozhou)
    chaozhou.act("take", "triage")
    digest = hashlib.sha256(TEXT).hexdigest()
    with unit_of_work():
        escalations.reveal(petition, DETAILS)
        row(chaozhou).documents = [{"digest": digest, "name": "批文.txt", "media_type": "text/plain", "size": len(TEXT)}]
    with pytest.raises(NotFound), unit_of_work():
        escalations.received(petition, "1" * 64, TEXT)
    with pytest.raises(Invalid), unit_of_work():
        escalations.received(petition, digest, TEXT + b"!")
    for _ in range(2):
        with unit_of_work():
            escalations.received(petition, digest, TEXT, "核对用地指标")
    assert db.session.scalars(select(Attachment.sha256).where(Attachment.petition_id == petition)).all() == [digest]


@pytest.mark.clause("RP-2.3.f")
def test_a_withdrawal_below_ends_the_case_and_erases_all_but_the_chain(chaozhou: Play) -> None:
    petition = taken_in(chaozhou)
    words = select(PetitionSearch.plain).where(PetitionSearch.petition_id == petition)
    assert "甲公司" in db.session.scalar(words)
    with pytest.raises(Refused), unit_of_work():
        escalations.erase(petition)
    for _ in range(2):
        with unit_of_work():
            escalations.withdrawn(petition, "企业撤回。")
            escalations.erase(petition)
    case = chaozhou.petition
    assert case.outcome == "withdrawn"
    assert DETAILS.content not in case.content
    assert (case.wish, case.contact_name) == ("", "")
    assert enterprises.by_id(case.enterprise_id).credit_code == ""
    assert (row(chaozhou).opinions, row(chaozhou).documents) == ([], [])
    plain = db.session.scalar(words)
    assert "甲公司" not in plain
    assert "用地指标报批" not in plain
    assert all(entry.erased for entry in journal.entries(petition))
    journal.verify(petition)


def test_what_has_ended_here_only_notes_a_withdrawal_and_takes_no_more(chaozhou: Play) -> None:
    petition = taken_in(chaozhou)
    chaozhou.act("return_report", "triage", reason="属县级事权，请县里落实。")
    with unit_of_work():
        escalations.supplemented(petition, "补充。")
        escalations.reveal(petition, DETAILS)
        escalations.withdrawn(petition, "企业撤回。")
        escalations.erase(petition)
    assert (chaozhou.petition.outcome, row(chaozhou).withdrawn_at is not None) == ("returned", True)


def test_a_flow_that_takes_nothing_from_below_refuses_a_report(huanggang: Play) -> None:
    with pytest.raises(Refused), unit_of_work():
        escalations.report(report())


def test_the_listener_hears_every_act_on_what_came_from_below(chaozhou: Play) -> None:
    heard: list[str] = []
    with reporting.heard_by(lambda case, entry: heard.append(entry.action)):
        rising.arrived(chaozhou)
        chaozhou.act("take", "triage")
        chaozhou.act("return_report", "triage", reason="属县级事权。")
        chaozhou.hand_in()
    assert heard == ["report_in", "take", "return_report"]


@pytest.mark.clause("RP-2.3.f")
@pytest.mark.parametrize("city", ["chaozhou", "shantou"])
def test_only_what_the_level_below_told_of_can_be_asked_for_and_only_once_taken_with_a_purpose(request, city: str) -> None:
    play: Play = request.getfixturevalue(city)
    arrived(play)
    told_of = DETAILS.documents[0].digest
    with pytest.raises(Refused):
        play.act("ask_document", "triage", document="contact", reason="约见企业核实。")
    play.act("take", "triage")
    with unit_of_work():
        escalations.reveal(play.id, DETAILS)
    for form in ({"document": "1" * 64, "reason": "核对红线。"}, {"document": told_of}):
        with pytest.raises(Invalid):
            play.act("ask_document", "triage", **form)
    play.act("ask_document", "triage", document=told_of, reason="核对红线。")
    entry = journal.entries(play.id)[-1]
    assert entry.body is not None
    assert (entry.body["document"], entry.body["form"]["reason"]) == ("批文.pdf", "核对红线。")


@pytest.mark.clause("RP-2.3.f")
def test_the_contact_in_full_is_filled_in_once_and_then_no_longer_offered(chaozhou: Play) -> None:
    taken_in(chaozhou)
    with unit_of_work():
        escalations.reveal(chaozhou.id, DETAILS)
    for _ in range(2):
        with unit_of_work():
            escalations.contacted(chaozhou.id, "陈静", "13800001234", "约见企业核实。")
    assert chaozhou.petition.contact_mobile == "13800001234"
    assert [e.action for e in journal.entries(chaozhou.id)].count("contact_in") == 1
    with pytest.raises(Invalid):
        chaozhou.act("ask_document", "triage", document="contact", reason="再次核实。")
    assert replay.broken(chaozhou.id) == []
