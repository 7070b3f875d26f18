"""The province's role reads every tenant's sums and can read nothing else: asked of the real database, as the real role."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

import pytest
from flask import Flask
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from tests.conftest import ALPHA, BETA
from tests.support.database import Database
from tests.zhitongche.statistics import planting
from zhitongche.persistence import db, models, tenant_scope
from zhitongche.persistence.upward import as_province
from zhitongche.statistics import Period, figures, province

CODES = ["received", "on_time_rate", "on_hand", "step_median"]
YEAR = Period.year(date(2025, 1, 1))
OPEN = {"figure_edition", "figure_increment", "figure_tally", "figure_reported", "figure_reporter"}


@pytest.fixture(scope="module")
def app(bare_app: Flask, database: Database) -> Iterator[Flask]:
    random = Random(7)
    with bare_app.app_context():
        for tenant in (ALPHA, BETA):
            with tenant_scope(tenant):
                planting.plant(planting.happened(random, 400, planting.units(3)), random)
                db.session.commit()
                db.session.remove()
        yield bare_app
    database.wipe()


def test_all_tenants_stand_side_by_side_each_with_its_own_figures(app: Flask) -> None:
    found = province.read([ALPHA, BETA, "none-yet"], CODES, YEAR)
    for tenant in (ALPHA, BETA):
        with tenant_scope(tenant):
            assert found[tenant] == figures.read(CODES, YEAR)
    assert found["none-yet"]["on_time_rate"].text == "—"


def test_what_is_all_together_comes_from_sums_and_no_rate_is_averaged(app: Flask) -> None:
    single = province.read([ALPHA, BETA], CODES, YEAR)
    both = province.side_by_side({"both": [ALPHA, BETA], "one": [BETA]}, CODES, YEAR)
    for code in ("received", "on_time_rate", "on_hand"):
        assert both["both"][code].numerator == sum(one[code].numerator for one in single.values())
    rate = both["both"]["on_time_rate"]
    assert rate.denominator == sum(one["on_time_rate"].denominator or 0 for one in single.values())
    assert rate.amount == pytest.approx(100 * rate.numerator / (rate.denominator or 0))
    assert both["one"] == single[BETA]


def test_a_trend_over_all_is_each_month_read_alone(app: Flask) -> None:
    months = Period.month(date(2026, 2, 1)).last_ones(13)
    groups = {"both": [ALPHA, BETA], "alpha": [ALPHA]}
    alone = [province.side_by_side(groups, CODES, month) for month in months]
    assert province.trends(groups, CODES, months) == alone
    assert province.trend([ALPHA, BETA], CODES, months) == [one["both"] for one in alone]


def test_a_figure_of_each_tenant_is_divided_by_its_key(app: Flask) -> None:
    with tenant_scope(BETA):
        alone = figures.by_key("on_time_rate", YEAR)
    assert province.by_key([ALPHA, BETA], "on_time_rate", YEAR)[BETA] == alone


def refused(connection: Connection, statement: str) -> str:
    with pytest.raises(DBAPIError) as error, connection.begin_nested():
        connection.execute(text(statement))
    return str(error.value.orig)


def test_the_role_can_read_no_other_table_of_the_catalogue(app: Flask) -> None:
    tables = [table.name for table in models.load().sorted_tables]
    assert {"petition", "journal_entry", "enterprise", "figure_fact", "figure_case"} <= set(tables)
    with as_province() as connection:
        for table in set(tables) - OPEN:
            assert "permission denied" in refused(connection, f'select 1 from "{table}"'), table


def test_of_what_it_may_read_it_learns_no_unit_no_act_and_no_words(app: Flask) -> None:
    with as_province() as connection:
        for column, table in (("unit_id", "figure_increment"), ("id", "figure_increment"), ("definitions", "figure_edition")):
            assert "permission denied" in refused(connection, f"select {column} from {table}")
        found = connection.execute(text("select tenant_id, count(*) filter (where unit_id <> :nil) as units from figure_tally group by 1"), {
            "nil": planting.NIL,
        }).all()  # fmt: skip
    assert sorted(tuple(row) for row in found) == [(ALPHA, 0), (BETA, 0)]


@pytest.mark.parametrize("statement", [
    "update figure_tally set n = 0", "delete from figure_increment", "insert into figure_tally default values", "truncate figure_tally",
    "create table mine ()", "set local role zt_owner", "select lo_import('/etc/passwd')",
])  # fmt: skip
def test_the_role_can_change_nothing(app: Flask, statement: str) -> None:
    with as_province() as connection:
        assert any(word in refused(connection, statement) for word in ("permission denied", "read-only", "must be"))


def test_even_a_statement_that_ends_read_only_cannot_write_as_the_role(app: Flask, database: Database) -> None:
    with database.application.begin() as connection:
        connection.execute(text("set local role zt_province"))
        assert "permission denied" in refused(connection, "update figure_tally set n = 0")


def test_after_the_transaction_the_role_is_gone(app: Flask) -> None:
    # Only one connection in the pool, so that the next one is the same.
    db.engine.dispose()
    with as_province() as connection:
        assert connection.scalar(text("select current_user")) == "zt_province"
        driver = connection.connection.driver_connection
    with db.engine.connect() as connection:
        assert connection.connection.driver_connection is driver, "the pool gave another connection: this proves nothing"
        assert connection.scalar(text("select current_user")) == "zt_app"
        assert connection.scalar(text("select count(*) from figure_tally")) == 0


def test_the_program_without_the_role_sees_its_own_tenants_sums_only(app: Flask, database: Database) -> None:
    with database.application.begin() as connection:
        assert connection.scalar(text("select count(*) from figure_tally")) == 0
        connection.execute(text("select set_config('app.tenant', :tenant, true)"), {"tenant": ALPHA})
        assert connection.scalars(text("select distinct tenant_id from figure_tally")).all() == [ALPHA]


def test_a_tenant_in_scope_reads_no_more_through_the_role(app: Flask) -> None:
    with tenant_scope(ALPHA), as_province() as connection:
        assert connection.scalar(text("select count(*) from figure_tally where unit_id <> :nil"), {"nil": planting.NIL}) == 0
