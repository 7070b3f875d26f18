"""What a tenant tells those above it elsewhere, and what they make of it: the same figures as it reads itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from flask import Flask
from sqlalchemy import text

from tests.conftest import ALPHA, BETA
from tests.support.database import Database
from tests.zhitongche.statistics import planting
from zhitongche.kernel import clock
from zhitongche.persistence import db, tenant_scope
from zhitongche.statistics import Period, figures, province, reported
from zhitongche.statistics.reported import Sheet
from zhitongche.statistics.tables import FigureIncrement

CODES = ["received", "on_time_rate", "on_hand", "step_median", "step_p90"]
FAR = "far-county"
PERIODS = [Period.month(date(2025, 3, 3)), Period.of(date(2024, 12, 9), date(2025, 4, 20)), Period.year(date(2025, 1, 1))]


@pytest.fixture
def below(bare_app: Flask, tenant_db: Database) -> Iterator[None]:
    random = Random(11)
    with bare_app.app_context():
        with tenant_scope(ALPHA):
            planting.plant(planting.happened(random, 600, planting.units(2)), random)
            db.session.commit()
        yield


def tell(to: str = BETA) -> list[Sheet]:
    with tenant_scope(ALPHA):
        sheets = reported.due(to)
    for sheet in sheets:
        with tenant_scope(to):
            assert reported.take(FAR, sheet)
            db.session.commit()
        with tenant_scope(ALPHA):
            reported.taken(to, sheet)
            db.session.commit()
    return sheets


def happens(n: int, kind: str = "received", day: date = date(2025, 3, 7)) -> None:
    with tenant_scope(ALPHA):
        db.session.add(FigureIncrement(edition=1, day=day, kind=kind, n=n))
        db.session.commit()


def same() -> None:
    for period in PERIODS:
        with tenant_scope(ALPHA):
            own = figures.read(CODES, period)
        assert province.read([FAR], CODES, period)[FAR] == own


def test_what_is_read_above_is_what_is_read_below(below: None) -> None:
    sheets = tell()
    assert len(sheets) > 1
    same()
    months = Period.month(date(2026, 2, 3)).last_ones(13)
    with tenant_scope(ALPHA):
        own = figures.trend(CODES, months)
    assert province.trend([FAR], CODES, months) == own


def test_only_what_has_changed_since_it_was_taken_is_told_again(below: None) -> None:
    tell()
    assert tell() == []
    happens(3)
    (sheet,) = tell()
    assert list(sheet.days) == [date(2025, 3, 7)]
    same()


def test_what_never_arrived_is_told_again(below: None) -> None:
    with tenant_scope(ALPHA):
        first, *_ = reported.due(BETA)
        assert reported.due(BETA)[0].days == first.days


def test_a_day_that_has_become_empty_is_told_too(below: None) -> None:
    late = date(2026, 12, 1)
    happens(2, day=late)
    tell()
    happens(-2, day=late)
    (sheet,) = tell()
    assert sheet.days == {late: []}
    assert province.read([FAR], ["received"], Period.month(late))[FAR]["received"].numerator == 0


def test_telling_twice_changes_nothing_and_what_is_older_is_refused(below: None) -> None:
    first = tell()
    happens(5)
    with clock.at(clock.now() + timedelta(minutes=1)):
        (newer,) = tell()
    with tenant_scope(BETA):
        assert reported.take(FAR, newer)
        assert not any(reported.take(FAR, sheet) for sheet in first)
        db.session.commit()
    same()


def test_other_definitions_are_told_whole(below: None) -> None:
    days = sum(len(sheet.days) for sheet in tell())
    with tenant_scope(ALPHA):
        db.session.execute(text("update figure_edition set definitions = replace(definitions, '收到诉求', '收到的诉求')"))
        db.session.commit()
    assert sum(len(sheet.days) for sheet in tell()) == days


def test_a_tenant_that_lives_here_counts_by_itself_and_not_by_what_it_once_reported(below: None) -> None:
    sheets = tell()
    with tenant_scope(BETA):
        reported.take(ALPHA, sheets[0])
        db.session.commit()
    with tenant_scope(ALPHA):
        own = figures.read(CODES, PERIODS[2])
    assert province.read([ALPHA], CODES, PERIODS[2])[ALPHA] == own


def test_one_that_moved_to_another_above_counts_once(below: None) -> None:
    tell(BETA)
    with clock.at(clock.now() + timedelta(days=1)):
        tell("gamma")
    same()
    assert list(province.reporters()) == [FAR]


def test_a_sheet_is_never_too_large_but_a_day_is_never_cut() -> None:
    days = {date(2025, 1, 1) + timedelta(n): [("kept", "", 0, 1)] * 500 for n in range(5)}
    assert [list(part) for part in reported._cut(days)] == [list(days)[:2], list(days)[2:4], list(days)[4:]]
    huge = {date(2025, 1, 1): [("kept", "", 0, 1)] * 5000}
    assert list(reported._cut(huge)) == [huge]


def test_nobody_else_sees_what_was_reported_to_one_above(below: None) -> None:
    (sheet, *_) = tell()
    with tenant_scope("gamma"):
        assert db.session.scalar(text("select count(*) from figure_reported")) == 0
    with tenant_scope("gamma"):
        assert reported.take(FAR, replace(sheet, days={}))
        db.session.rollback()
