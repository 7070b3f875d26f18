"""One petition from the county to the city and back, on one installation (RP-2.3.f)."""

import pytest
from sqlalchemy import select

from escalation.carriage import comparing
from escalation.ledger.tables import BridgeIncoming, BridgePeer
from escalation.wire import kinds
from tests.escalation.levels import Levels
from zhitongche.casework.tables import Attachment, Escalation, Report
from zhitongche.persistence import db, tenant_scope

pytestmark = pytest.mark.clause("RP-2.3.f")


def _rise(levels: Levels) -> Escalation:
    with tenant_scope(levels.below.pack.code):
        db.session.expire_all()
        row = db.session.scalar(select(Escalation))
        assert row is not None
        return row


def test_sent_delivered_and_taken_are_three_facts_and_the_county_keeps_the_duty_until_the_city_has_taken_it(levels: Levels) -> None:
    levels.send_up()
    sent = _rise(levels)
    assert (sent.sent_at is not None, sent.delivered_at, sent.taken_at) == (True, None, None)
    assert levels.below_now().stage == "risen"

    levels.carry()
    assert (_rise(levels).delivered_at is not None, _rise(levels).taken_at) == (True, None)
    assert levels.below_now().stage == "risen"
    arrived = levels.arrived()
    assert arrived is not None
    assert arrived.stage == "reported"

    levels.up("take", "triage")
    levels.carry()
    assert _rise(levels).taken_at is not None
    assert (levels.below_now().stage, levels.below_now().level) == ("above", "city")


def test_before_it_is_taken_the_city_holds_neither_contact_nor_content_nor_attachment(levels: Levels) -> None:
    levels.send_up()
    levels.carry()
    arrived = levels.arrived()
    assert arrived is not None

    told = f"{arrived.content}{arrived.wish}{arrived.contact_name}{arrived.contact_mobile}"
    assert "13800001234" not in told
    assert "道路破损严重" not in told
    with tenant_scope(levels.above.pack.code):
        assert db.session.scalars(select(Attachment)).all() == []
        report = db.session.scalars(select(Report)).one()
        assert [one["text"] for one in report.opinions] == ["现有规划由市级审批，县内无权调整", "情况属实，建议上报", "同意上报市级协调"]

    levels.up("take", "triage")
    levels.carry()
    taken = levels.above_now()
    assert "道路破损严重" in taken.content
    assert "13800001234" not in f"{taken.contact_name}{taken.contact_mobile}"


def test_the_citys_decision_and_its_steps_run_back_to_the_county_which_answers_the_enterprise(levels: Levels) -> None:
    levels.send_up()
    levels.carry()
    levels.arrived()
    levels.up("take", "triage")
    lead = next(unit.code for unit in levels.above.pack.units if unit.kind == "department")
    with tenant_scope(levels.above.pack.code):
        lead_id = levels.above.unit(lead)
    levels.up("accept", "triage", accept_ground=next(iter(levels.above.pack.grounds_accept)), lead=lead_id)
    levels.up("receive", lead)
    levels.carry()
    assert _rise(levels).holder == levels.above.pack.units_by_code[lead].name

    levels.up("reply", lead, reply="已列入市级改造计划，六月底前完工", resolution="resolved")
    levels.up("answer", "triage", reply="已列入市级改造计划，六月底前完工")
    levels.carry()

    assert levels.above_now().stage == "closed"
    below = levels.below_now()
    assert below.stage == "replied"
    assert _rise(levels).decision == "已列入市级改造计划，六月底前完工"


def test_a_return_brings_it_back_to_the_unit_with_the_reason(levels: Levels) -> None:
    levels.send_up()
    levels.carry()
    levels.arrived()
    levels.up("return_report", "triage", reason="属县级权限，请县里按现行规定办理")
    levels.carry()

    assert levels.below_now().stage == "executing"
    assert _rise(levels).return_reason == "属县级权限，请县里按现行规定办理"


def test_what_goes_up_twice_after_a_return_is_another_case_above(levels: Levels) -> None:
    levels.send_up()
    levels.carry()
    levels.arrived()
    levels.up("return_report", "triage", reason="材料不全，请补充后再报")
    levels.carry()
    with tenant_scope(levels.below.pack.code):
        unit = next(u.code for u in levels.below.pack.units if u.kind == "department")
    levels.down("explain", unit, opinion="已补充材料，仍需市级审批")
    levels.down("review_city", "triage", verdict="agree", opinion="建议再次上报")
    levels.down("send_up", "office", verdict="agree", opinion="同意再次上报")
    levels.carry()

    with tenant_scope(levels.above.pack.code):
        assert len(db.session.scalars(select(Report)).all()) == 2


def test_a_withdrawal_erases_above_what_had_been_told(levels: Levels) -> None:
    levels.send_up()
    levels.carry()
    levels.arrived()
    levels.up("take", "triage")
    levels.carry()
    levels.down("withdraw", "enterprise", reason="问题已自行解决")
    levels.carry()

    gone = levels.above_now()
    assert gone.stage == "withdrawn"
    assert "道路破损" not in gone.content
    with tenant_scope(levels.above.pack.code):
        assert db.session.scalars(select(Report)).one().erased_at is not None
        kept = db.session.scalars(select(BridgeIncoming).order_by(BridgeIncoming.place)).all()
        # The books keep that they came, and no longer what they said.
        assert [(row.type, bool(row.envelope)) for row in kept] == [(kinds.ESCALATE, True), (kinds.DETAILS, False), (kinds.WITHDRAW, True)]
        assert all(row.receipt and row.digest for row in kept)


def test_after_a_withdrawal_the_neighbours_still_agree(levels: Levels) -> None:
    levels.send_up()
    levels.carry()
    levels.arrived()
    levels.up("take", "triage")
    levels.carry()
    levels.down("withdraw", "enterprise", reason="问题已自行解决")
    levels.carry()
    comparing.compare("raoping", at_once=True)

    with tenant_scope("raoping"):
        assert db.session.scalars(select(BridgePeer.differences).where(BridgePeer.code == "chaozhou")).all() == [0]
