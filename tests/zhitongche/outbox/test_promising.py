from datetime import timedelta

import pytest

from tests.zhitongche.outbox.conftest import Rows
from zhitongche import outbox
from zhitongche.kernel.clock import Simulated
from zhitongche.persistence import TenantSession, tenant_scope, unit_of_work


def test_a_promise_stands_or_falls_with_its_transaction(session: TenantSession, rows: Rows) -> None:
    with unit_of_work():
        outbox.promise("notice", {"petition_id": "1"})
        assert rows() == []
    assert [row["payload"] for row in rows()] == [{"petition_id": "1"}]

    outbox.promise("notice", {"petition_id": "2"})
    session.rollback()
    assert len(rows()) == 1


def test_what_is_promised_twice_under_one_key_is_promised_once_per_tenant(
    session: TenantSession, rows: Rows
) -> None:
    for _ in range(2):
        with unit_of_work():
            outbox.promise("notice", {}, key="received:1")
    with tenant_scope("beta"), unit_of_work():
        outbox.promise("notice", {}, key="received:1")
    with unit_of_work():
        outbox.promise("notice", {})
        outbox.promise("notice", {})
    assert [(row["tenant_id"], row["key"]) for row in rows()] == [
        ("alpha", "received:1"),
        ("beta", "received:1"),
        ("alpha", None),
        ("alpha", None),
    ]


def test_a_promise_carries_no_text_of_a_petition(session: TenantSession) -> None:
    with pytest.raises(ValueError, match="不能带正文"):
        outbox.promise("notice", {"fields": [{"text": "我公司门前道路长期积水。" * 20}]})


def test_a_later_promise_is_not_due_before_its_time(session: TenantSession, clock: Simulated) -> None:
    with unit_of_work():
        outbox.promise("notice", {}, due_at=clock.now() + timedelta(hours=1))
    clock.advance(timedelta(minutes=59))
    assert outbox.claim(["notice"], 10) == []
    clock.advance(timedelta(minutes=1))
    assert len(outbox.claim(["notice"], 10)) == 1
    session.rollback()
