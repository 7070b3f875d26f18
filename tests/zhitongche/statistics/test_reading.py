"""What is read from sums is what counting the facts one by one gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import event

from tests.conftest import ALPHA, BETA
from tests.support.database import Database
from tests.zhitongche.statistics import planting
from tests.zhitongche.statistics.planting import Fact
from zhitongche.kernel.errors import NotFound
from zhitongche.persistence import db, tenant_scope
from zhitongche.statistics import Period, figures

CODES = ["received", "on_time_rate", "satisfaction_given", "on_hand", "step_median"]


@dataclass(frozen=True)
class World:
    """The facts, whose they are, and chance."""

    facts: list[Fact]
    owners: list[UUID]
    periods: list[Period]

    def count(self, kinds: set[str], period: Period, unit: UUID | None = None, key: str | None = None) -> int:
        """Counted one by one; stocks from the beginning."""
        return sum(
            fact.n for fact in self.facts
            if fact.counted in kinds and fact.day <= period.last and (fact.day >= period.first or "on_hand" in kinds)
            and (unit is None or fact.unit == unit) and (key is None or fact.key == key)
        )  # fmt: skip


@pytest.fixture(scope="module")
def world(bare_app: Flask, database: Database) -> Iterator[World]:
    random = Random(5)
    with bare_app.app_context(), tenant_scope(ALPHA):
        owners = planting.units(4)
        facts = planting.happened(random, 1500, owners)
        planting.plant(facts, random)
        db.session.commit()
        yield World(facts, owners, planting.some_periods(random, 12))
        db.session.remove()
    database.wipe()


def test_a_period_is_the_sum_of_its_days_of_the_tenant_and_of_a_unit(world: World) -> None:
    for period in world.periods:
        for unit in (None, world.owners[1]):
            found = figures.read(CODES, period, unit=unit)
            assert found["received"].numerator == world.count({"received"}, period, unit)
            assert found["received"].left_out == world.count({"~received"}, period, unit)
            assert found["on_time_rate"].numerator == world.count({"kept"}, period, unit)
            assert found["on_time_rate"].denominator == world.count({"kept", "missed"}, period, unit)
            assert found["on_time_rate"].left_out == world.count({"~kept", "~missed"}, period, unit)
            assert found["on_hand"].numerator == world.count({"on_hand"}, period, unit)
            assert found["step_median"].numerator == world.count({"step"}, period, unit)


def test_every_unit_has_its_own_and_their_sums_are_the_tenants_but_for_what_is_nobodys(world: World) -> None:
    period = world.periods[0]
    found = figures.by_unit(CODES, period)
    assert set(found) <= set(world.owners)
    for unit, values in found.items():
        assert values == figures.read(CODES, period, unit=unit)


def test_a_figure_is_divided_by_its_key(world: World) -> None:
    for period in world.periods:
        found = figures.by_key("on_time_rate", period)
        for key in ("first", "second"):
            kept, all_of_them = world.count({"kept"}, period, key=key), world.count({"kept", "missed"}, period, key=key)
            assert all_of_them == 0 or (found[key].numerator, found[key].denominator) == (kept, all_of_them)
        steps = figures.by_key("step_p90", period)
        assert sum(value.numerator for value in steps.values()) == world.count({"step"}, period)


@pytest.mark.parametrize("periods", [
    Period.month(date(2026, 2, 3)).last_ones(13), Period.week(date(2025, 6, 3)).last_ones(9),
    [Period.month(date(2025, 6, 1)), Period.year(date(2025, 1, 1)), Period.of(date(2025, 5, 9), date(2025, 6, 6))],
])  # fmt: skip
def test_a_trend_is_each_period_read_alone(world: World, periods: list[Period]) -> None:
    assert figures.trend(CODES, periods) == [figures.read(CODES, period) for period in periods]
    assert figures.trend(CODES, periods, unit=world.owners[0]) == [figures.read(CODES, one, unit=world.owners[0]) for one in periods]


def test_a_reading_is_one_statement_beside_that_for_the_definitions(world: World) -> None:
    told: list[str] = []

    @event.listens_for(db.engine, "before_cursor_execute")
    def heard(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "set_config" not in statement:
            told.append(statement)

    try:
        figures.trend(CODES, world.periods[0].last_ones(13))
    finally:
        event.remove(db.engine, "before_cursor_execute", heard)
    assert len(told) == 2


def test_another_tenant_reads_nothing_of_it(world: World) -> None:
    with tenant_scope(BETA):
        assert all(value.numerator == 0 for value in figures.read(CODES, world.periods[0]).values())


def test_what_is_defined_nowhere_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        figures.read(["invented"], world.periods[0])
    with pytest.raises(NotFound):
        figures.read(["received"], world.periods[0], edition=9)
    with pytest.raises(NotFound):
        figures.behind("received", world.periods[0], after="2026-02-30.x")


def test_the_petitions_behind_a_figure_are_those_that_were_counted(world: World) -> None:
    for period in [*world.periods, Period.year(date(2025, 1, 1))]:
        for unit in (None, world.owners[2]):
            found = _all_behind("received", period, unit)
            wanted = sorted(
                ((fact.day, fact.petition) for fact in world.facts
                 if fact.counted == "received" and period.first <= fact.day <= period.last and unit in (None, fact.unit)), reverse=True,
            )  # fmt: skip
            assert found == [petition for _, petition in wanted]


def test_behind_a_stock_stands_what_has_come_and_not_gone(world: World) -> None:
    for period in world.periods:
        here = {fact.petition for fact in world.facts if fact.kind == "on_hand" and fact.n == 1 and fact.day <= period.last}
        gone = {fact.petition for fact in world.facts if fact.kind == "on_hand" and fact.n == -1 and fact.day <= period.last}
        found = figures.behind("on_hand", period, limit=1000)
        assert set(found.ids) == here - gone
        assert found.total == len(here - gone)


def test_behind_what_was_left_out_stand_the_petitions_left_out(world: World) -> None:
    year = Period.year(date(2025, 1, 1))
    found = figures.behind("on_time_rate", year, "left_out", key="first", limit=1000)
    wanted = {fact.petition for fact in world.facts if fact.counted in ("~kept", "~missed") and fact.key == "first" and fact.day.year == 2025}
    assert (set(found.ids), found.total) == (wanted, len(wanted))


def _all_behind(code: str, period: Period, unit: UUID | None) -> list[UUID]:
    found, mark = [], None
    while True:
        page = figures.behind(code, period, unit=unit, after=mark, limit=20)
        found += page.ids
        assert page.total >= len(found) or page.next is None
        if page.next is None:
            return found
        mark = page.next


def test_a_day_more_is_a_day_more(world: World) -> None:
    first = date(2025, 2, 1)
    for length in range(0, 70, 7):
        last = first + timedelta(length)
        assert figures.read(["received"], Period.of(first, last))["received"].numerator == world.count({"received"}, Period.of(first, last))
