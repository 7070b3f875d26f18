"""The case page names the messages of a case with their receipts, and nothing that they say."""

import re

import pytest

from escalation.carriage import showing
from tests.escalation.levels import Levels
from tests.zhitongche.desk.conftest import Office
from zhitongche.casework import escalations
from zhitongche.persistence import tenant_scope

pytestmark = pytest.mark.clause("RP-2.3.f")


def page(levels: Levels, office: Office, tenant: str) -> str:
    """The part on messages of the case page of a level's case in play."""
    with tenant_scope(tenant):
        whole = office.at_desk("triage").see(office.case)
    start = whole.index('id="messages"')
    return whole[start : whole.index("</section>", start)]


def test_a_message_is_without_receipt_until_one_is_verified(levels: Levels, bridge_app) -> None:
    levels.send_up()
    below = Office(bridge_app, levels.below)
    assert "未回执" in page(levels, below, "raoping")
    levels.carry()
    told = page(levels, below, "raoping")
    assert "已送达" in told
    assert "未回执" not in told
    levels.arrived()
    got = page(levels, Office(bridge_app, levels.above), "chaozhou")
    assert "收到" in got
    assert re.findall(r"编号 <code>([\w-]+)", told) == re.findall(r"编号 <code>([\w-]+)", got)


def test_nothing_of_another_case_or_of_the_contents_is_told(levels: Levels) -> None:
    levels.send_up()
    with tenant_scope("raoping"):
        rise = escalations.rise_of(levels.below.id)
        assert rise is not None
        assert rise.bridge_id is not None
        mine = list(showing.messages_of([rise.bridge_id]))
        assert [(one.what, one.ours, one.receipted_at) for one in mine] == [("上报通知", True, None)]
        assert list(showing.messages_of([levels.below.id])) == []
    with tenant_scope("chaozhou"):
        assert list(showing.messages_of([rise.bridge_id])) == []
