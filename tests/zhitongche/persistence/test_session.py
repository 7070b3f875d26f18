import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import delete, event, exists, insert, literal, select, text, true, union_all, update
from sqlalchemy.exc import ProgrammingError, StatementError
from sqlalchemy.orm import aliased, with_loader_criteria

from tests.support.database import Database
from tests.support.threads import start
from zhitongche.persistence import ForeignTenant, TenantSession, belt, db, tenant_scope, unit_of_work
from zhitongche.persistence.owned import TenantOwned
from zhitongche.persistence.session import _tell_tenant
from zhitongche.persistence.tables import NumberSeries


def series(kind: str, last: int = 1) -> NumberSeries:
    return NumberSeries(kind=kind, year=2026, last=last)


@pytest.fixture
def both(session: TenantSession) -> TenantSession:
    """One row of the same key in each of two tenants; the session is alpha's."""
    for tenant, last in (("alpha", 1), ("beta", 2)):
        with tenant_scope(tenant), unit_of_work() as own:
            own.add(series("letter", last))
    return session


def kinds(session: TenantSession) -> list[tuple[str, int]]:
    return [(row.tenant_id, row.last) for row in session.scalars(select(NumberSeries))]


def test_a_row_is_given_the_tenant_of_its_session(both: TenantSession, tenant_db: Database) -> None:
    with tenant_db.superuser.connect() as connection:
        rows = connection.execute(text("select tenant_id, last from number_series order by 1")).all()
    assert rows == [("alpha", 1), ("beta", 2)]


def test_each_tenant_sees_its_own_rows_only(both: TenantSession) -> None:
    assert kinds(both) == [("alpha", 1)]
    with tenant_scope("beta"):
        assert kinds(db.session()) == [("beta", 2)]
    assert kinds(both) == [("alpha", 1)]


def test_without_a_tenant_a_query_sees_no_row_and_nothing_can_be_written(
    both: TenantSession, bare_app: Flask
) -> None:
    both.rollback()

    def nobody() -> None:
        assert db.session.scalars(select(NumberSeries)).all() == []
        assert db.session.execute(text("select count(*) from number_series")).scalar() == 0
        with pytest.raises(StatementError, match="当前没有租户"):
            db.session.execute(insert(NumberSeries).values(kind="x", year=1, last=1))
        db.session.add(series("x"))
        with pytest.raises(ForeignTenant):
            db.session.flush()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(_outside_any_tenant, bare_app, nobody).result()


def _outside_any_tenant(app: Flask, work) -> None:
    with app.app_context():
        work()


def test_the_identity_map_of_one_tenant_is_not_anothers(both: TenantSession) -> None:
    mine = both.get_one(NumberSeries, ("alpha", "letter", 2026))
    with tenant_scope("beta"):
        assert db.session.get(NumberSeries, ("alpha", "letter", 2026)) is None
        assert db.session() is not both
    assert db.session.get(NumberSeries, ("alpha", "letter", 2026)) is mine


def test_an_object_of_another_tenant_is_refused_before_it_reaches_the_database(both: TenantSession) -> None:
    both.add(NumberSeries(tenant_id="beta", kind="x", year=2026, last=1))
    with pytest.raises(ForeignTenant, match="其他租户"):
        both.flush()
    both.rollback()
    mine = both.get_one(NumberSeries, ("alpha", "letter", 2026))
    mine.tenant_id = "beta"
    with pytest.raises(ForeignTenant):
        both.flush()
    both.rollback()


def test_the_tenant_is_told_anew_in_every_transaction_and_survives_a_savepoint(both: TenantSession) -> None:
    for _ in range(3):
        assert both.execute(text("select count(*) from number_series")).scalar() == 1
        both.commit()
    savepoint = both.begin_nested()
    savepoint.rollback()
    assert both.execute(text("select count(*) from number_series")).scalar() == 1


def test_a_pooled_connection_does_not_carry_the_tenant_on(both: TenantSession, bare_app: Flask) -> None:
    connection_id = both.execute(text("select pg_backend_pid()")).scalar()
    both.commit()
    seen = set()
    with bare_app.app_context():
        for _ in range(30):
            with db.engine.connect() as connection:
                seen.add(connection.execute(text("select pg_backend_pid()")).scalar())
                assert connection.execute(text("select count(*) from number_series")).scalar() == 0
    assert connection_id in seen


@pytest.fixture
def without_the_belt(both: TenantSession, monkeypatch: pytest.MonkeyPatch) -> Iterator[TenantSession]:
    """Statements compiled inside are told no tenant; none compiled before or inside is used on the other side."""
    monkeypatch.setattr(belt, "CRITERIA", with_loader_criteria(TenantOwned, lambda cls: true()))
    db.engine.clear_compiled_cache()
    assert "tenant_id = " not in str(select(NumberSeries))
    yield both
    db.engine.clear_compiled_cache()


def test_row_security_alone_keeps_the_tenants_apart(without_the_belt: TenantSession) -> None:
    both = without_the_belt
    assert kinds(both) == [("alpha", 1)]
    changed = both.execute(update(NumberSeries).values(last=9).returning(NumberSeries.tenant_id))
    assert changed.all() == [("alpha",)]
    assert both.execute(delete(NumberSeries).returning(NumberSeries.tenant_id)).all() == [("alpha",)]
    both.rollback()
    with pytest.raises(ProgrammingError, match="row-level security"):
        both.execute(insert(NumberSeries).values(tenant_id="beta", kind="x", year=1, last=1))
    both.rollback()


def test_the_belt_holds_every_shape_of_statement_and_whatever_stands_inside_it() -> None:
    other = aliased(NumberSeries)
    inner = select(NumberSeries.last).scalar_subquery()
    shapes = {
        select(NumberSeries): 1,
        select(other.last): 1,
        select(other.last).join(NumberSeries, NumberSeries.last == other.last): 2,
        select(other.last).where(exists().where(NumberSeries.last == other.last)): 2,
        union_all(select(NumberSeries.last), select(other.last)): 2,
        select(union_all(select(NumberSeries.last), select(other.last)).subquery()): 2,
        select(literal(1)).where(inner > 0): 1,
        update(NumberSeries).values(last=select(other.last).scalar_subquery()): 2,
        delete(NumberSeries).where(exists().where(NumberSeries.last == other.last)): 2,
    }
    for statement, entities in shapes.items():
        assert str(statement).count("tenant_id = :own_tenant") == entities, str(statement)


def test_a_statement_kept_from_another_tenants_request_asks_for_the_present_one(both: TenantSession) -> None:
    kept = select(NumberSeries.last)
    found = []
    for tenant in ("alpha", "beta", "alpha"):
        with tenant_scope(tenant):
            found.append(db.session.scalars(kept).all())
    assert found == [[1], [2], [1]]


def test_the_orm_filter_alone_keeps_the_tenants_apart(both: TenantSession, tenant_db: Database) -> None:
    # Told the wrong tenant, the database shows beta's rows: the second belt must still hold.
    def lie(session, transaction, connection) -> None:
        connection.execute(text("select set_config('app.tenant', 'beta', true)"))

    both.rollback()
    event.remove(TenantSession, "after_begin", _tell_tenant)
    event.listen(TenantSession, "after_begin", lie)
    try:
        assert both.execute(text("select count(*) from number_series")).scalar() == 1
        assert kinds(both) == []
        assert both.execute(update(NumberSeries).values(last=9).returning(NumberSeries.last)).all() == []
        assert both.execute(delete(NumberSeries).returning(NumberSeries.last)).all() == []
    finally:
        both.rollback()
        event.remove(TenantSession, "after_begin", lie)
        event.listen(TenantSession, "after_begin", _tell_tenant)


def test_all_sessions_of_a_context_are_closed_with_it(bare_app: Flask, tenant_db: Database) -> None:
    with bare_app.app_context():
        before = db.engine.pool.checkedout()  # type: ignore[attr-defined]
        for tenant in ("alpha", "beta", "gamma"):
            with tenant_scope(tenant):
                db.session.execute(text("select 1"))
        assert db.engine.pool.checkedout() == before + 3  # type: ignore[attr-defined]
    with bare_app.app_context():
        assert db.engine.pool.checkedout() == before  # type: ignore[attr-defined]


def test_threads_of_different_tenants_do_not_disturb_each_other(bare_app: Flask, both: TenantSession) -> None:
    def look() -> list[tuple[str, int]]:
        rows = []
        for _ in range(20):
            rows += kinds(db.session())
            db.session.commit()
        return rows

    with ThreadPoolExecutor(4) as pool:
        alpha = [start(pool, bare_app, "alpha", look) for _ in range(2)]
        beta = [start(pool, bare_app, "beta", look) for _ in range(2)]
        assert {row for future in alpha for row in future.result()} == {("alpha", 1)}
        assert {row for future in beta for row in future.result()} == {("beta", 2)}


def test_the_tenant_column_comes_first_in_the_primary_key() -> None:
    assert issubclass(NumberSeries, TenantOwned)
    assert next(iter(NumberSeries.__table__.primary_key)).name == "tenant_id"  # type: ignore[attr-defined]


def test_many_threads_may_end_their_contexts_at_the_same_time(tenant_db, bare_app):
    # A benchmark met it: one thread's context ended while another's session was being registered.
    def visits() -> None:
        for _ in range(40):
            with bare_app.app_context(), tenant_scope("alpha"):
                db.session()

    # As on a busy server: the more sessions are open, the longer it takes to look through them.
    registry, others = db.session.registry.registry, {(-n, "alpha"): None for n in range(3000)}
    registry.update(others)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            for visit in [pool.submit(visits) for _ in range(8)]:
                visit.result()
    finally:
        sys.setswitchinterval(interval)
        for key in others:
            del registry[key]
