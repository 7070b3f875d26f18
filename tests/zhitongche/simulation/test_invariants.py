"""After a simulation all holds; and whatever is broken on purpose is found."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import select, text

from tests.support.database import Database
from tests.zhitongche.simulation.conftest import THIRD, Lived
from zhitongche.kernel import clock
from zhitongche.notices.tables import Notice
from zhitongche.persistence import db, tenant_scope
from zhitongche.simulation import invariants
from zhitongche.simulation.machine import Silence

Check = Callable[..., list[str]]

RP = "tenant_id = 'raoping'"
CLOSED = f"petition_id in (select id from petition where {RP} and closed_at is not null)"

PLANTS = {
    "仍在运行": ("clock", f"update clock set lapsed_at = null, met_at = null where id = (select id from clock where {RP} and {CLOSED} limit 1)"),
    "未标记": ("clock", f"update clock set met_at = due_at + interval '1 hour' where id = (select id from clock where {RP} and met_at is not null and missed_at is null limit 1)"),
    "日志重放": ("petition", f"update petition set stage = 'screening' where id = (select id from petition where {RP} and outcome is null and stage <> 'screening' limit 1)"),
    "内容与哈希不符": ("journal_entry", f"update journal_entry set body = body || '\\x00' where {RP} and id = (select min(id::text)::uuid from journal_entry where {RP})"),
    "重复或空号": ("petition", f"update petition set number = 'RP2026000999' where {RP} and number = 'RP2026000001'"),
    "不在督办台账中": (
        "petition",
        f"update petition set handed_at = null, lead_unit_id = null where {RP} and id = (select id from petition where {RP} and handed_at is not null limit 1)",
    ),
    "评价“enterprise”": ("rating", f"update rating set given_by = 'enterprise' where {RP} and id = (select id from rating where {RP} and given_by = 'default' limit 1)"),
    "未兑现": ("outbox", f"update outbox set done_at = null where {RP} and id = (select id from outbox where {RP} limit 1)"),
    "缺少收件人": ("notice", f"delete from notice where {RP} and id = (select id from notice where {RP} and channel = 'site' limit 1)"),
    "无关的人": (
        "notice",
        f"update notice set recipient = '13700000009', mobile = '13700000009' where {RP} and id = (select id from notice where {RP} and channel = 'sms' and state = 'sent' and key not like 'digest%' limit 1)",
    ),
    "没有对应的承诺": ("notice", f"update notice set key = 'more' where {RP} and id = (select id from notice where {RP} and channel = 'site' limit 1)"),
    "未发出": (
        "notice",
        f"update notice set state = 'queued', sent_at = null where {RP} and id = (select id from notice where {RP} and channel = 'sms' and state = 'sent' limit 1)",
    ),
    "被承诺了2次": (
        "outbox",
        f"insert into outbox select tenant_id, gen_random_uuid(), topic, null, payload, created_at, promised_for, due_at, lease_until, tries, done_at, last_error, alarmed_at from outbox where {RP} and payload ->> 'seq' is not null limit 1",
    ),
    "租户“shantou”的内容": (
        "record",
        f"update record set text = text || (select max(number) from petition where tenant_id = 'shantou') where {RP} and id = (select id from record where {RP} limit 1)",
    ),
}
"""What is found → the table, and how it is broken behind the program's back."""


@contextmanager
def broken(database: Database, table: str, plant: str) -> Iterator[None]:
    """The database with one fault in it, put right again afterwards."""
    with database.superuser.connect() as connection:
        connection.execute(text("set session_replication_role = replica"))
        connection.execute(text(f"create temp table kept as select * from {table}"))
        changed = connection.execute(text(plant)).rowcount
        connection.commit()
        try:
            assert changed == 1, "nothing to break"
            yield
        finally:
            connection.execute(text(f"delete from {table}"))
            connection.execute(text(f"insert into {table} select * from kept"))
            connection.execute(text("drop table kept"))
            connection.execute(text("set session_replication_role = origin"))
            connection.commit()


@pytest.fixture
def check(sim_app: Flask, lived: dict[str, Lived]) -> Check:
    """`invariants.check` at the end of a tenant's simulation."""

    def run(tenant: str = "raoping", **known: object) -> list[str]:
        with sim_app.app_context(), clock.at(lived[tenant].last):
            return invariants.check(tenant, **known)

    return run


@pytest.mark.parametrize("tenant", ["raoping", "shantou", THIRD])
def test_all_holds_after_a_simulation(check: Check, lived: dict[str, Lived], tenant: str) -> None:
    assert check(tenant, provider=lived[tenant].ran.provider) == []


@pytest.mark.parametrize("tenant", ["raoping", "shantou", THIRD])
def test_no_form_was_refused_and_nothing_owed_was_given_up(lived: dict[str, Lived], tenant: str) -> None:
    tally = lived[tenant].ran.tally
    assert (dict(tally.refused), tally.given_up) == ({}, 0)
    assert tally.done["register"] == {"raoping": 12, "shantou": 7, THIRD: 4}[tenant]


def test_a_simulation_leaves_other_tenants_untouched(check: Check, lived: dict[str, Lived]) -> None:
    # The third county came last: all that the others hold was there before it.
    assert check(THIRD, before=lived[THIRD].before) == []


def test_a_row_changed_in_another_tenant_is_found(check: Check, lived: dict[str, Lived], sim_database: Database) -> None:
    with broken(sim_database, "enterprise", f"update enterprise set name = name || '甲' where {RP} and id = (select min(id::text)::uuid from enterprise where {RP})"):
        assert check(THIRD, before=lived[THIRD].before) == ["租户“raoping”的表“enterprise”被改动"]


@pytest.mark.parametrize("told", PLANTS)
def test_what_is_broken_is_found(check: Check, sim_database: Database, told: str) -> None:
    with broken(sim_database, *PLANTS[told]):
        found = check()
    assert any(told in line for line in found), found


def test_a_message_that_the_provider_got_twice_is_found(sim_app: Flask, check: Check, lived: dict[str, Lived]) -> None:
    provider = Silence()
    with sim_app.app_context(), tenant_scope("raoping"):
        provider.sent[db.session.scalars(select(Notice.id).where(Notice.state == "sent", Notice.channel == "sms").limit(1)).one()] = 2
    assert any("发出了2次" in line for line in check(provider=provider))
