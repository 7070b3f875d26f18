"""Full-text search as the program's role, on rows enough for the planner to choose."""

import re
from collections.abc import Iterator
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import ProgrammingError

from tests.support.database import Database
from zhitongche.persistence import admin
from zhitongche.persistence.rls import protect
from zhitongche.persistence.search import match, pairs, search_function

ROWS = 20_000
TABLE = """
    create table probe_search (tenant_id text, petition_id uuid, words tsvector not null,
        primary key (tenant_id, petition_id))
"""
RARE = UUID("01900000-0000-7000-8000-000000000007")
CALL = "select petition_id from probe_search_match('''排水'' & ''水沟''', 100)"
DIRECT = "select petition_id from probe_search where words @@ '''排水'' & ''水沟'''"

# Two tenants with the same petitions; one of ROWS has the rare words.
FILL = """
    insert into probe_search
    select tenant, ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
        array_to_tsvector(array['企业', '诉求', 'x' || n, 'y' || n % 500]
            || case when n = 7 then array['排水', '水沟'] else array['道路'] end)
    from generate_series(1, :rows) n, unnest(array['alpha', 'beta']) tenant
"""


@pytest.fixture(scope="module")
def probe(database: Database) -> Iterator[Database]:
    with admin.as_owner(database.admin_url) as owner:
        for statement in (
            TABLE,
            "create index probe_search_words on probe_search using gin (tenant_id, words)",
            *protect("probe_search"),
            *search_function("probe_search"),
        ):
            owner.execute(text(statement))
        owner.commit()
    with database.superuser.begin() as superuser:
        superuser.execute(text(FILL), {"rows": ROWS})
    with database.superuser.connect().execution_options(isolation_level="AUTOCOMMIT") as superuser:
        superuser.execute(text("vacuum analyze probe_search"))
    yield database
    with admin.as_owner(database.admin_url) as owner:
        owner.execute(text("set role zt_search"))
        owner.execute(text("drop function probe_search_match"))
        owner.execute(text("set role zt_owner"))
        owner.execute(text("drop table probe_search"))
        owner.commit()


def plan(database: Database, query: str) -> str:
    """The plan PostgreSQL really ran for the program's role, inside functions too."""
    notices: list[str] = []
    with psycopg.connect(database.admin_url) as connection:
        connection.add_notice_handler(lambda notice: notices.append(notice.message_primary or ""))
        connection.execute("load 'auto_explain'")
        for setting, value in {
            "auto_explain.log_min_duration": "0",
            "auto_explain.log_nested_statements": "on",
            "auto_explain.log_level": "notice",
            "role": "zt_app",
            "app.tenant": "alpha",
        }.items():
            connection.execute("select set_config(%s, %s, false)", (setting, value))
        notices.clear()
        connection.execute(query)
    return "\n".join(notices)


def test_the_search_function_uses_the_index_under_row_level_security(probe: Database) -> None:
    used = plan(probe, CALL)
    assert re.search(r"Bitmap Index Scan on probe_search_words.*\n.*Index Cond:.*tenant_id.*@@", used), used
    assert "Seq Scan" not in used


def test_without_the_function_the_index_is_useless_and_so_the_function_is_needed(probe: Database) -> None:
    assert not re.search(r"Index Cond:.*@@", plan(probe, DIRECT))


def found(engine: Engine, tenant: str, query: str = CALL) -> list[UUID]:
    with engine.connect() as connection:
        connection.execute(text("select set_config('app.tenant', :tenant, true)"), {"tenant": tenant})
        return list(connection.execute(text(query)).scalars())


def test_a_tenant_finds_its_own_and_nobody_finds_without_a_tenant(probe: Database) -> None:
    with probe.superuser.begin() as connection:
        connection.execute(
            text("update probe_search set words = array_to_tsvector(array['排水', '水沟'])"
                 " where tenant_id = 'beta' and petition_id = :late"),
            {"late": UUID(int=RARE.int + 1)},
        )  # fmt: skip
    assert found(probe.application, "alpha") == [RARE]
    assert found(probe.application, "beta") == [UUID(int=RARE.int + 1), RARE]
    assert found(probe.application, "gamma") == []
    assert found(probe.application, "") == []


def test_the_newest_come_first_and_no_more_than_asked_for(probe: Database) -> None:
    newest = found(probe.application, "alpha", "select petition_id from probe_search_match('''企业''', 3)")
    assert [value.int - RARE.int + 7 for value in newest] == [ROWS, ROWS - 1, ROWS - 2]


@pytest.fixture(scope="module")
def uneven(probe: Database) -> Database:
    """The newest 300 alone say `late`, the oldest 10,000 alone `early`."""
    with probe.superuser.begin() as connection:
        connection.execute(
            text("update probe_search set words = words || array_to_tsvector(array[case when n > :rows - 300 then 'late' else 'early' end])"
                 " from (select petition_id as id, row_number() over (order by petition_id) as n from probe_search where tenant_id = 'alpha') o"
                 " where petition_id = id and (n > :rows - 300 or n <= 10000)"),
            {"rows": ROWS},
        )  # fmt: skip
    return probe


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("'企业'", id="in every petition"),
        pytest.param("'企业' & 'y1'", id="in one of five hundred"),
        pytest.param("'late'", id="so common among the newest that these are walked, but in too few"),
        pytest.param("'early' & '企业'", id="common, but not among the newest"),
        pytest.param("'靐':*", id="in none"),
    ],
)
def test_rare_or_common_the_newest_are_found_as_a_plain_reading_finds_them(uneven: Database, query: str) -> None:
    quoted = query.replace("'", "''")
    plain = f"select petition_id from probe_search where words @@ '{quoted}' order by 1 desc limit 500"
    expected = found(uneven.application, "alpha", plain)
    assert found(uneven.application, "alpha", f"select petition_id from probe_search_match('{quoted}', 500)") == expected
    assert expected or "靐" in query


def test_a_common_word_is_met_on_a_short_walk_from_the_newest_back(probe: Database) -> None:
    used = plan(probe, "select petition_id from probe_search_match('''企业''', 100)")
    assert "Index Scan Backward using probe_search_pkey" in used
    assert "Bitmap Index Scan on probe_search_words" not in used


def test_the_program_cannot_become_the_owner_of_the_function(probe: Database) -> None:
    with (
        probe.application.connect() as connection,
        pytest.raises(ProgrammingError, match="permission denied"),
    ):
        connection.execute(text("set role zt_search"))


def test_the_program_cannot_lay_a_table_of_its_own_under_the_function(probe: Database) -> None:
    with (
        probe.application.connect() as connection,
        pytest.raises(ProgrammingError, match="permission denied"),
    ):
        connection.execute(text("create temporary table probe_search (petition_id uuid)"))


TEXTS = {
    "门前排水沟堵塞": ["排水沟", "排水", "沟", "门", "塞", "堵塞", "前"],
    "申请ABC补贴3000元": ["abc", "补贴", "3000", "元", "BC", "申请abc补贴"],
    "一、道路;二、用电": ["道路", "用电", "一", "二"],
}


@pytest.mark.parametrize(
    ("stored", "wanted"), [(stored, wanted) for stored, parts in TEXTS.items() for wanted in parts]
)
def test_every_part_of_a_text_is_found(probe: Database, stored: str, wanted: str) -> None:
    assert matches(probe, stored, wanted)


@pytest.mark.parametrize(
    ("stored", "wanted"),
    [("门前排水沟堵塞", "水门"), ("门前排水沟堵塞", "塞门"), ("一、道路;二、用电", "路用"), ("道路", "铁")],
)
def test_what_does_not_stand_there_is_not_found(probe: Database, stored: str, wanted: str) -> None:
    assert not matches(probe, stored, wanted)


def matches(database: Database, stored: str, wanted: str) -> bool:
    call = match("probe_search", wanted)
    assert call is not None
    query = next(iter(call.clauses)).clause.value  # type: ignore[attr-defined]
    with database.application.connect() as connection:
        statement = text("select array_to_tsvector(:words) @@ cast(:query as tsquery)")
        return bool(connection.scalar(statement, {"words": pairs(stored), "query": query}))


@pytest.mark.parametrize("nothing", ["", "  ", "。、!", "'", "\\", "&|!()"])
def test_a_query_without_a_letter_asks_nothing(nothing: str) -> None:
    assert match("probe_search", nothing) is None


@pytest.mark.parametrize("hostile", ["a'b", "x' | 'y", "水:*", "a\\b", "%", "_", "\x00水"])
def test_no_query_breaks_the_syntax(probe: Database, hostile: str) -> None:
    call = match("probe_search", hostile)
    if call is None:
        return
    with probe.application.connect() as connection:
        assert connection.execute(call.select()).all() == []


def test_full_width_letters_are_found_by_their_common_forms() -> None:
    assert pairs("ＡＢ１") == pairs("ab1")


def test_the_call_can_be_used_in_a_select(probe: Database) -> None:
    engine = create_engine(probe.url)
    call = match("probe_search", "排水沟")
    assert call is not None
    with engine.connect() as connection:
        connection.execute(text("select set_config('app.tenant', 'alpha', true)"))
        assert list(connection.execute(call.select()).scalars()) == [RARE]
    engine.dispose()
