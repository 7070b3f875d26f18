import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from tests.support.database import Database
from zhitongche.persistence import TenantSession, db, unit_of_work
from zhitongche.persistence.numbers import next_number
from zhitongche.persistence.unit_of_work import NestedUnitOfWork


def stored(database: Database) -> int:
    with database.superuser.connect() as connection:
        return connection.execute(text("select count(*) from number_series")).scalar_one()


def fail(error: BaseException) -> None:
    with unit_of_work():
        next_number("letter", 2026)
        raise error


def test_the_edge_commits_at_the_end_of_the_block(session: TenantSession, tenant_db: Database) -> None:
    with unit_of_work():
        next_number("letter", 2026)
        assert stored(tenant_db) == 0
    assert stored(tenant_db) == 1


@pytest.mark.parametrize("error", [ValueError("wrong"), SystemExit(1), KeyboardInterrupt()])
def test_any_error_undoes_everything(
    session: TenantSession, tenant_db: Database, error: BaseException
) -> None:
    with pytest.raises(type(error)):
        fail(error)
    assert stored(tenant_db) == 0
    assert not session.in_transaction()


def test_a_broken_off_request_does_not_give_its_connection_back(
    session: TenantSession, tenant_db: Database
) -> None:
    def connection_lives_after(error: BaseException) -> bool:
        query = text("select pg_backend_pid()")
        pid = 0

        def work() -> None:
            nonlocal pid
            with unit_of_work():
                pid = session.execute(query).scalar_one()
                raise error

        with pytest.raises(type(error)):
            work()
        return pid in {row[0] for row in pooled()}

    def pooled() -> list[tuple[int]]:
        engine = db.engine
        held = [engine.connect() for _ in range(engine.pool.checkedin())]  # type: ignore[attr-defined]
        pids = [connection.execute(text("select pg_backend_pid()")).one() for connection in held]
        for connection in held:
            connection.close()
        return pids  # type: ignore[return-value]

    assert connection_lives_after(ValueError("wrong"))
    assert not connection_lives_after(SystemExit())


def test_a_use_case_cannot_commit_inside_of_the_edge(session: TenantSession, tenant_db: Database) -> None:
    def use_case() -> None:
        with unit_of_work():
            next_number("letter", 2026)
            with unit_of_work():
                pass

    with pytest.raises(NestedUnitOfWork):
        use_case()
    assert stored(tenant_db) == 0
    with unit_of_work():
        next_number("letter", 2026)
    assert stored(tenant_db) == 1


def test_after_a_refused_statement_the_session_is_fit_for_the_next_unit(session: TenantSession) -> None:
    def refused() -> None:
        with unit_of_work():
            session.execute(text("truncate number_series"))

    with pytest.raises(ProgrammingError):
        refused()
    with unit_of_work():
        assert next_number("letter", 2026) == 1
