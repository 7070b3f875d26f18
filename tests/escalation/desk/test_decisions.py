"""Decisions at the bridge's desk: each with a reason, by somebody, once."""

from uuid import UUID

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from escalation.carriage import ways
from escalation.carriage.desk_of import desk_of
from escalation.ledger.tables import BridgeAct, BridgeHeld, BridgeOutgoing, BridgePeer, BridgeStream
from escalation.wire import kinds
from tests.escalation.desk.conftest import BRIDGE, Desks
from tests.support.pages import Form, Visitor, forms_of
from zhitongche.casework.tables import Escalation
from zhitongche.kernel import clock as kernel_clock
from zhitongche.persistence import db, tenant_scope, unit_of_work

WHY = "已与对方电话核对"
HELD_AT = "/desk/bridge/held"


def decide(visitor: Visitor, page: str, deed: str, reason: str = WHY) -> TestResponse:
    form = next(one for one in _forms(visitor, page) if "reason" in one.names)
    return visitor.send(form, to=f"{page}/{deed}", reason=reason)


def _forms(visitor: Visitor, page: str) -> list[Form]:
    return forms_of(visitor.see(page))


def acts(desks: Desks) -> list[tuple[str, str, str]]:
    with tenant_scope(desks.levels.below.pack.code):
        db.session.expire_all()
        return [(row.deed, row.name, row.reason) for row in db.session.scalars(select(BridgeAct).order_by(BridgeAct.id))]


def held_rows(desks: Desks) -> list[BridgeHeld]:
    with tenant_scope(desks.levels.below.pack.code):
        db.session.expire_all()
        return list(db.session.scalars(select(BridgeHeld).order_by(BridgeHeld.id)))


def stopped(desks: Desks) -> list[bool]:
    with tenant_scope(desks.levels.below.pack.code):
        db.session.expire_all()
        return list(db.session.scalars(select(BridgeStream.stopped).where(BridgeStream.direction == "in")))


def test_nothing_is_decided_without_a_reason(desks: Desks) -> None:
    held = desks.held()
    for reason in ("", "  ", "x"):
        answer = decide(desks.below("operator"), f"{HELD_AT}/{held}", "dismiss", reason)
        assert answer.status_code == 422
    assert acts(desks) == []
    assert held_rows(desks)[0].released_at is None


def test_what_is_ignored_lets_its_stream_go_on_and_says_who_did_it(desks: Desks) -> None:
    held = desks.held()
    assert stopped(desks) == [True]
    answer = decide(desks.below("operator"), f"{HELD_AT}/{held}", "dismiss")
    assert answer.status_code == 303
    assert stopped(desks) == [False]
    assert acts(desks) == [("dismiss", "operator某", WHY)]
    assert held_rows(desks)[0].released_by == "operator某"
    assert "operator某" in desks.below("operator").see(HELD_AT, done="1")


def test_the_message_behind_an_ignored_one_is_applied(desks: Desks) -> None:
    rise = _risen(desks)
    # A wrong one first: there is no progress before it is taken; then the right one waits behind it.
    desks.say(kinds.STATUS, {"state": "progress", "holder": "市住建局"}, rise)
    desks.say(kinds.STATUS, {"state": "taken", "holder": "市住建局"}, rise)
    desks.levels.carry()
    assert (_rise(desks).taken_at, stopped(desks)) == (None, [True])
    decide(desks.below("triage"), f"{HELD_AT}/{held_rows(desks)[0].id}", "dismiss")
    assert _rise(desks).taken_at is not None
    assert _rise(desks).decided_at is None


def test_what_is_released_is_applied_when_its_hindrance_is_gone(desks: Desks) -> None:
    rise = _risen(desks)
    with tenant_scope(desks.levels.below.pack.code), unit_of_work():
        _rise(desks).to_tenant = "elsewhere"
    desks.say(kinds.STATUS, {"state": "taken", "holder": "市住建局"}, rise)
    desks.levels.carry()
    first = held_rows(desks)[0].id
    decide(desks.below("operator"), f"{HELD_AT}/{first}", "release")
    assert [row.released_by for row in held_rows(desks)] == ["operator某", None]
    assert _rise(desks).taken_at is None

    with tenant_scope(desks.levels.below.pack.code), unit_of_work():
        _rise(desks).to_tenant = desks.levels.above.pack.code
    decide(desks.below("operator"), f"{HELD_AT}/{held_rows(desks)[1].id}", "release")
    assert _rise(desks).taken_at is not None
    assert [deed for deed, *_ in acts(desks)] == ["release", "release"]


def test_the_same_thing_is_settled_once(desks: Desks) -> None:
    held = desks.held()
    operator = desks.below("operator")
    form = next(one for one in _forms(operator, f"{HELD_AT}/{held}") if "reason" in one.names)
    operator.send(form, to=f"{HELD_AT}/{held}/dismiss", reason=WHY)
    operator.send(form, to=f"{HELD_AT}/{held}/dismiss", reason=WHY)
    assert len(acts(desks)) == 1
    assert "已经有人处理过" in operator.see(HELD_AT)


def test_what_was_refused_for_an_old_list_is_let_in_once_it_may(desks: Desks) -> None:
    rise = _risen(desks)
    envelope = _envelope(desks, rise)
    held = desks.refused("trust_expired", envelope)
    decide(desks.below("operator"), f"{HELD_AT}/{held}", "release")
    assert _rise(desks).taken_at is not None
    desks.levels.carry()
    assert [row.reason for row in held_rows(desks) if row.released_at is None] == []


def test_what_is_still_not_to_be_let_in_stays_outside(desks: Desks) -> None:
    held = desks.refused("envelope", b"{}")
    decide(desks.below("operator"), f"{HELD_AT}/{held}", "release")
    rows = held_rows(desks)
    assert [row.released_by for row in rows] == ["operator某", None]


def test_a_message_is_sent_at_once_and_its_peer_is_asked_again(desks: Desks, clock: kernel_clock.Simulated, monkeypatch: pytest.MonkeyPatch) -> None:
    desks.levels.send_up()
    with monkeypatch.context() as patch:
        patch.setattr(ways, "carry", _nobody_there)
        desks.levels.carry()
    assert desks.levels.carry() == 0
    page = desks.below("operator").see(f"{BRIDGE}/peers/chaozhou")
    assert "连接不上对方" in page
    message = _outgoing(desks).id
    decide(desks.below("operator"), f"{BRIDGE}/peers/chaozhou/messages/{message}", "retry")
    assert desks.levels.carry() == 1
    assert acts(desks) == [("retry", "operator某", WHY)]


def test_a_pause_is_ended_with_a_reason(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    desks.levels.send_up()
    with monkeypatch.context() as patch:
        patch.setattr(ways, "carry", _nobody_there)
        desks.levels.carry()
    operator = desks.below("operator")
    decide(operator, f"{BRIDGE}/peers/chaozhou", "resume")
    with tenant_scope("raoping"):
        db.session.expire_all()
        assert db.session.scalars(select(BridgePeer.paused_until)).one() is None
    assert desks.levels.carry() == 1


def test_a_delivered_message_is_not_sent_again(desks: Desks) -> None:
    desks.levels.send_up()
    message, page = _outgoing(desks).id, f"{BRIDGE}/peers/chaozhou/messages/"
    operator = desks.below("operator")
    form = next(one for one in _forms(operator, f"{page}{message}") if "reason" in one.names)
    desks.levels.carry()
    operator.send(form, to=f"{page}{message}/retry", reason=WHY)
    assert "已有回执" in operator.see(f"{page}{message}")
    assert acts(desks) == []


def test_whoever_screens_cases_does_not_tend_the_line(desks: Desks) -> None:
    desks.levels.send_up()
    triage, page = desks.below("triage"), f"{BRIDGE}/peers/chaozhou/messages/{_outgoing(desks).id}"
    assert 'name="reason"' not in triage.see(page)
    token = next(value for form in _forms(triage, "/desk/account") for name, value in form.values if name == "csrf_token")
    assert triage.send(Form("", "post", [("csrf_token", token)]), to=f"{page}/retry", reason=WHY).status_code == 403
    assert acts(desks) == []


def test_what_was_decided_cannot_be_changed_afterwards(desks: Desks) -> None:
    decide(desks.below("operator"), f"{HELD_AT}/{desks.held()}", "dismiss")
    with tenant_scope("raoping"), pytest.raises(Exception, match="permission denied"), unit_of_work():
        db.session.scalars(select(BridgeAct)).one().reason = "别的理由"


def _nobody_there(*_args: object) -> None:
    raise ways.Unreachable("ConnectError")


def _risen(desks: Desks) -> UUID:
    desks.levels.send_up()
    desks.levels.carry()
    rise = _rise(desks).bridge_id
    assert rise is not None
    return rise


def _rise(desks: Desks) -> Escalation:
    with tenant_scope(desks.levels.below.pack.code):
        db.session.expire_all()
        return db.session.scalars(select(Escalation)).one()


def _outgoing(desks: Desks) -> BridgeOutgoing:
    with tenant_scope(desks.levels.below.pack.code):
        db.session.expire_all()
        return db.session.scalars(select(BridgeOutgoing)).one()


def _envelope(desks: Desks, rise: UUID) -> bytes:
    desks.say(kinds.STATUS, {"state": "taken", "holder": "市住建局"}, rise)
    with tenant_scope(desks.levels.above.pack.code):
        row = db.session.scalars(select(BridgeOutgoing).where(BridgeOutgoing.subject == rise)).one()
        return desk_of("chaozhou").pen.fresh(row.envelope)
