"""The catalogue lint: green on our own tables, and it finds each planted fault."""

import pytest
from sqlalchemy import text

from tests.support.database import Database
from zhitongche.persistence import lint, models
from zhitongche.persistence.rls import protect


def test_our_own_tables_keep_the_tenants_apart(database: Database) -> None:
    with database.superuser.connect() as connection:
        assert lint.findings(connection, models.load()) == []


def good(name: str, columns: str) -> list[str]:
    """A table that would pass, for a fault to be planted in."""
    return [f"create table {name} (tenant_id text not null, {columns})", *protect(name)]


PARENT = good("parent", "id uuid, code text, primary key (tenant_id, id), unique (tenant_id, code, id)")
PAIR = "a uuid, b uuid, c text, primary key (tenant_id, a)"
REFERENCE = "foreign key (tenant_id, b) references parent (tenant_id, id)"

FAULTS = {
    "没有 tenant_id 列": ["create table lonely (id uuid primary key)"],
    "必须是非空的 text": ["create table bad (tenant_id uuid, a uuid)"],
    "没有主键": good("bad", "a uuid"),
    "没有强制行级安全": [*good("bad", PAIR), "alter table bad no force row level security"],
    "没有租户策略": [*good("bad", PAIR), "drop policy tenant on bad"],
    "策略“open”": [*good("bad", PAIR), "create policy open on bad using (true)"],
    "策略“readers”": [*good("bad", PAIR), "create policy readers on bad for select to zt_app using (true)"],
    "策略“tenant”": [
        *good("bad", PAIR),
        "alter policy tenant on bad with check (true)",
    ],
    "所有者不是 zt_owner": [*good("bad", PAIR), "alter table bad owner to zt_app"],
    "索引“bad_pkey”的首列不是": good("bad", "a uuid, primary key (a, tenant_id)"),
    "索引“bad_a_key”": good("bad", "a uuid unique, primary key (tenant_id, a)"),
    "索引“by_a”": [*good("bad", PAIR), "create index by_a on bad (a)"],
    "索引“by_word”": [*good("bad", PAIR), "create index by_word on bad (lower(c))"],
    "外键“turned”": [
        *PARENT,
        "create unique index turned_target on parent (id, tenant_id)",
        *good(
            "bad", PAIR + ", constraint turned foreign key (b, tenant_id) references parent (id, tenant_id)"
        ),
    ],
    "外键“crossed”": [
        *PARENT,
        "create unique index crossed_target on parent (code, tenant_id)",
        *good(
            "bad",
            PAIR + ", constraint crossed foreign key (tenant_id, c) references parent (code, tenant_id)",
        ),
    ],
    "外键“loose”": [
        *PARENT,
        "create unique index loose_target on parent (id)",
        *good("bad", PAIR + ", constraint loose foreign key (b) references parent (id)"),
    ],
    "SET NULL": [*PARENT, *good("bad", f"{PAIR}, {REFERENCE} on delete set null")],
    "SET DEFAULT": [*PARENT, *good("bad", f"{PAIR}, {REFERENCE} on update set default")],
    "引用了租户的表": [
        *PARENT,
        "create table lonely (x text, y uuid, foreign key (x, y) references parent (tenant_id, id))",
    ],
    "不得使用序列": good("bad", "a serial, primary key (tenant_id, a)"),
    "不得使用物化视图": ["create materialized view bad as select 1"],
    "security_invoker": ["create view bad as select * from outbox"],
    "truncate 权限": ["grant truncate on outbox to zt_app"],
    "references 权限": ["grant references on outbox to zt_app"],
    "只增不改": ["grant update on journal_entry to zt_app"],
    "只增不改的表": ["grant delete on journal_entry to zt_app"],
    "对所有人(PUBLIC)开放": ["grant select on outbox to public"],
    "策略“above”": [*good("bad", PAIR), "create policy above on bad for select to zt_province using (true)"],
    "bad.a:省级统计角色 zt_province 不得读取": [*good("bad", PAIR), "grant select (a) on bad to zt_province"],
    "figure_increment.unit_id:省级统计角色": ["grant select on figure_increment to zt_province"],
    "zt_province 可以写入": ["grant insert on figure_tally to zt_province"],
    "不是其他角色的成员": ["reset role", "grant zt_search to zt_province"],
    "须为 NOLOGIN": ["reset role", "alter role zt_province login"],
    "归 zt_search 所有": ["create function bad() returns int language sql security definer as 'select 1'"],
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(database: Database, fault: str) -> None:
    with database.superuser.connect() as connection:
        connection.execute(text("set role zt_owner"))
        if "owner to zt_app" in FAULTS[fault][-1]:
            connection.execute(text("reset role"))
        for statement in FAULTS[fault]:
            connection.execute(text(statement))
        found = [str(finding) for finding in lint.findings(connection, models.load())]
        connection.rollback()
    assert any(fault in finding for finding in found), found


def test_a_sound_table_with_sound_keys_and_a_view_is_no_fault(database: Database) -> None:
    sound = [
        *PARENT,
        *good("child", f"{PAIR}, {REFERENCE} on delete set null (b)"),
        "create index child_by_c on child (tenant_id, c)",
        "create view children with (security_invoker=true) as select * from child",
    ]
    with database.superuser.connect() as connection:
        connection.execute(text("set role zt_owner"))
        for statement in sound:
            connection.execute(text(statement))
        found = lint.findings(connection, models.load())
        connection.rollback()
    assert found == []


def test_an_unsound_database_is_refused_with_every_fault_named(database: Database) -> None:
    with database.superuser.connect() as connection:
        connection.execute(text("set role zt_owner"))
        connection.execute(text("create table lonely ()"))
        connection.execute(text("create materialized view heap as select 1"))
        with pytest.raises(lint.Unsound, match=r"heap:不得使用物化视图\n.*lonely:没有 tenant_id"):
            lint.require_sound(connection, models.load())
        connection.rollback()
