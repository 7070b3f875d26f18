"""What the storm's judge calls a fault: each guarantee broken on purpose once, and seen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from escalation.cases import doing
from escalation.federation import verdict
from escalation.federation.camp import Camp
from escalation.federation.plan import Site
from tests.escalation.levels import Levels
from tests.support.database import Database
from zhitongche.casework import escalations
from zhitongche.persistence import tenant_scope, unit_of_work


@pytest.fixture
def camp(bridge_app: Flask, tenant_db: Database, levels: Levels) -> Camp:
    tenants = (levels.below.pack.code, levels.above.pack.code)
    unused: Any = None
    return Camp(Site("local", tenants, Path(), 0), 0, bridge_app, unused, tenant_db.superuser)


@pytest.fixture
def told(camp: Camp, levels: Levels) -> Levels:
    """A case that rose, was taken, and is asked about; everything has arrived."""
    levels.send_up()
    levels.carry()
    assert levels.arrived() is not None
    levels.up("take", "triage")
    levels.up("ask_below", "triage", text="请补充历次协调的情况")
    levels.carry()
    return levels


def spoil(camp: Camp, sql: str) -> None:
    """Change what no user could."""
    with camp.superuser.begin() as connection:
        # Constraints and triggers would notice most of it first.
        connection.execute(text("set local session_replication_role = replica"))
        assert connection.execute(text(sql)).rowcount


def test_where_everything_arrived_there_is_nothing_to_say(camp: Camp, told: Levels) -> None:
    assert verdict.check([camp]) == []
    assert verdict.quiet([camp])


def test_what_is_under_way_is_not_quiet(camp: Camp, levels: Levels) -> None:
    levels.send_up()
    assert not verdict.quiet([camp])


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("update bridge_incoming set applied_at = null where type = 'case.details.v1'", "报文丢失"),
        ("update bridge_incoming set digest = sha256('other') where type = 'case.details.v1'", "报文丢失"),
        ("update bridge_outgoing set reissued_as = id where type = 'case.details.v1'", "没有发出的报文"),
        (("update bridge_outgoing set receipt = (select receipt from bridge_outgoing where type = 'case.escalate.v1')"
         " where type = 'case.details.v1'"), "回执不成立"),
        ("update bridge_outgoing set receipt = null, receipted_at = null, pending = true where type = 'case.details.v1'", "回执不成立"),
        ("update bridge_stream set mark = mark + 1 where direction = 'in'", "摘要不一致"),
        ("update clock set lapsed_at = started_at where met_at is null and lapsed_at is null", "无人负责"),
        ("update petition set outcome = 'resolved', closed_at = updated_at, next_due_at = null where source = 'bridge'", "没有在办的这一件"),
        (("insert into bridge_held (tenant_id, id, peer, reason, digest, content, at, detail, times) select tenant_id, id, peer, 'digest',"
         " digest, envelope, emitted_at, '', 1 from bridge_outgoing limit 1"), "隔离区"),
    ],
)  # fmt: skip
def test_each_broken_guarantee_is_seen(camp: Camp, told: Levels, sql: str, said: str) -> None:
    spoil(camp, sql)
    assert [what for what in verdict.check([camp]) if said in what]


def test_a_message_that_was_applied_twice_is_seen(camp: Camp, told: Levels) -> None:
    with tenant_scope(told.below.pack.code), unit_of_work():
        rise = escalations.rise_of(told.below.id)
        assert rise is not None
        escalations.asked(rise.id, "请补充历次协调的情况")
    assert [what for what in verdict.check([camp]) if "asked_above：报文 1 件，办理记录 2 条" in what]


def test_a_message_that_was_taken_and_not_acted_on_is_seen(camp: Camp, levels: Levels, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(doing.STATES, "taken", lambda _message: None)
    levels.send_up()
    levels.carry()
    assert levels.arrived() is not None
    levels.up("take", "triage")
    levels.carry()
    assert [what for what in verdict.check([camp]) if "taken_above：报文 1 件，办理记录 0 条" in what]
