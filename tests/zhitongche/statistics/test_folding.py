"""Increments become sums exactly once, whoever folds and whoever is killed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

from flask import Flask
from sqlalchemy import text

from tests.support.database import Database
from tests.support.threads import start
from tests.zhitongche.statistics import counted
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import TenantSession, db, unit_of_work
from zhitongche.statistics import folding
from zhitongche.statistics.tables import FigureIncrement

DAY = date(2026, 3, 6)


def _increments(session: TenantSession, many: int) -> None:
    with unit_of_work():
        session.add_all(FigureIncrement(edition=1, day=DAY, kind=f"k{number % 7}", n=1) for number in range(many))


def test_several_workers_at_once_fold_every_increment_once(session: TenantSession, bare_app: Flask) -> None:
    _increments(session, 300)

    def work() -> None:
        for _ in range(5):
            with unit_of_work():
                folding.fold(batch=20)

    with ThreadPoolExecutor(3) as pool:
        for one in [start(pool, bare_app, "alpha", work) for _ in range(3)]:
            one.result()
    assert counted.waiting() == 0
    assert sum(counted.tallied().values()) == sum(counted.tallied("d").values()) == 300


def test_a_worker_that_is_killed_in_the_middle_has_folded_nothing_and_lost_nothing(session: TenantSession, tenant_db: Database) -> None:
    _increments(session, 10)
    folding.fold()
    victim = db.session.scalar(text("select pg_backend_pid()"))
    assert counted.waiting() == 0, "seen by the victim alone"
    with tenant_db.superuser.begin() as connection:
        connection.execute(text("select pg_terminate_backend(:pid)"), {"pid": victim})
    session.invalidate()
    db.session.remove()
    assert counted.waiting() == 10
    assert not counted.tallied()
    counted.fold()
    assert sum(counted.tallied().values()) == 10


def test_a_day_is_summed_under_itself_and_its_month_its_unit_and_the_whole(session: TenantSession) -> None:
    unit = new_id()
    with unit_of_work():
        session.add(FigureIncrement(edition=1, day=DAY, unit_id=unit, kind="k", key="a", n=2))
    counted.fold()
    rows = session.execute(text("select grain, start, unit_id = :unit, n from figure_tally order by 1, 3"), {"unit": unit}).all()
    assert [tuple(row) for row in rows] == [
        ("d", DAY, False, 2), ("d", DAY, True, 2), ("m", date(2026, 3, 1), False, 2), ("m", date(2026, 3, 1), True, 2),
    ]  # fmt: skip
