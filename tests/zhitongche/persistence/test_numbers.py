from concurrent.futures import ThreadPoolExecutor

from flask import Flask

from tests.support.database import Database
from tests.support.threads import start
from zhitongche.persistence import TenantSession, db, tenant_scope, unit_of_work
from zhitongche.persistence.numbers import next_number


def test_each_kind_and_year_and_tenant_counts_from_one(session: TenantSession) -> None:
    with unit_of_work():
        assert [next_number("letter", 2026), next_number("letter", 2026)] == [1, 2]
        assert [next_number("letter", 2027), next_number("case", 2026)] == [1, 1]
    with tenant_scope("beta"), unit_of_work():
        assert next_number("letter", 2026) == 1


def test_many_at_once_with_every_third_undone_leave_neither_gap_nor_double(
    bare_app: Flask, tenant_db: Database
) -> None:
    def work(worker: int) -> list[int]:
        kept = []
        for turn in range(15):
            number = next_number("letter", 2026)
            if (worker + turn) % 3 == 0:
                db.session.rollback()
            else:
                db.session.commit()
                kept.append(number)
        return kept

    with ThreadPoolExecutor(6) as pool:
        futures = [start(pool, bare_app, "alpha", lambda worker=n: work(worker)) for n in range(6)]
        given = sorted(number for future in futures for number in future.result())
    assert given == list(range(1, 61))
