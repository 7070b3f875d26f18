"""What the operator sees: states and counts, never a text or a whole mobile."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.support.pages import Visitor, forms_of
from tests.zhitongche.desk.conftest import Office
from tests.zhitongche.desk.test_inbox import HANDLER, tile
from zhitongche import notices, outbox
from zhitongche.flow.facts import SYSTEM
from zhitongche.identity import officials
from zhitongche.identity.actors import AccountUser
from zhitongche.identity.officials import OfficialForm
from zhitongche.kernel import clock as kernel_clock
from zhitongche.notices.tables import Notice
from zhitongche.persistence import db, unit_of_work
from zhitongche.supervision import heartbeat

AT = "/desk/operator"


@pytest.fixture
def operator(raoping: Office) -> Visitor:
    """Somebody who keeps the machine and has no duty in any case."""
    with unit_of_work():
        made = officials.create(OfficialForm("yunwei", "云维", ("operator",)), by=SYSTEM, password="Abcdef12345")
    return raoping.visitor(AccountUser(made.person).get_id())


def sent(office: Office, state: str, **values: object) -> UUID:
    """One SMS of a real case in that state."""
    office.play.hand_in(title="不得外露的标题")
    outbox.relay(notices.HANDLERS)
    with unit_of_work():
        notice = db.session.scalars(select(Notice).where(Notice.channel == "sms", Notice.state.in_(("queued", "held")))).first()
        assert notice
        notice.state = state
        for name, value in values.items():
            setattr(notice, name, value)
        return notice.id


def state_of(notice_id: UUID) -> str:
    db.session.expire_all()
    return db.session.scalars(select(Notice.state).where(Notice.id == notice_id)).one()


@pytest.mark.parametrize("page", ["notices", "state"])
def test_operator_and_administrator_come_in_and_nobody_else(raoping: Office, operator: Visitor, page: str) -> None:
    operator.see(f"{AT}/{page}")
    raoping.at_desk("admin").see(f"{AT}/{page}")
    assert [raoping.at_desk(who).get(f"{AT}/{page}").status_code for who in ("triage", "supervision", HANDLER)] == [403] * 3
    assert operator.get("/desk/admin/people").status_code == 403


@pytest.mark.clause("ST-5.1")
def test_neither_text_nor_whole_mobile_of_a_message_is_shown(raoping: Office, operator: Visitor) -> None:
    sent(raoping, "failed", last_error="RuntimeError: 通道拒绝", tries=2)
    page = operator.see(f"{AT}/notices")
    assert "通道拒绝" in page
    assert "139****1234" in page
    assert "13900001234" not in page
    assert "不得外露的标题" not in page
    assert tile(page, "发送失败") == 1
    assert operator.get(raoping.case).status_code == 404


def test_a_failed_message_is_sent_again_or_cancelled_by_the_operator(raoping: Office, operator: Visitor) -> None:
    failed = sent(raoping, "failed", tries=2)
    page = operator.see(f"{AT}/notices", state="failed")
    form = next(form for form in forms_of(page) if form.action.endswith("/retry"))
    assert operator.send(form, to=f"{AT}/notices/{failed}/retry").status_code == 303
    assert state_of(failed) == "queued"
    assert operator.send(form, to=f"{AT}/notices/{failed}/cancel").status_code == 303
    assert state_of(failed) == "cancelled"
    operator.send(form, to=f"{AT}/notices/{failed}/retry")
    assert "可以重发" in operator.see(f"{AT}/notices")
    assert state_of(failed) == "cancelled"


def test_filters_find_by_state_and_by_a_part_of_the_mobile(raoping: Office, operator: Visitor) -> None:
    sent(raoping, "uncertain", tries=1)
    assert "/retry" in operator.see(f"{AT}/notices", state="uncertain")
    assert "没有短信" in operator.see(f"{AT}/notices", state="failed")
    assert "没有短信" in operator.see(f"{AT}/notices", q="99999")
    assert "139****1234" in operator.see(f"{AT}/notices", q="0000123", before="abc", state="nonsense")


def test_the_state_of_the_machine_tells_what_is_silent_and_what_waits(
    raoping: Office, operator: Visitor, clock: kernel_clock.Simulated
) -> None:
    raoping.play.hand_in()
    with unit_of_work():
        outbox.promise("nobody.handles.this", {"id": "1"})
        for part in heartbeat.PARTS:
            heartbeat.beat(part)
    page = operator.see(f"{AT}/state")
    waiting = tile(page, "待完成任务")
    assert waiting > 1
    assert "没有响应" not in page
    outbox.relay(notices.HANDLERS)
    assert tile(operator.see(f"{AT}/state"), "待完成任务") == 1
    clock.advance(timedelta(hours=25))
    with unit_of_work():
        outbox.raise_alarms()
    page = operator.see(f"{AT}/state")
    assert tile(page, "超过24小时") == 1
    assert "没有响应" in page
    assert "1 件，在办 1 件" in page
