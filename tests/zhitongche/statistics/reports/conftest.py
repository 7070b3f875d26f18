"""A county with figures of more than a year, some folded into sums and some not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from flask import Flask
from sqlalchemy import text

from tests.support.database import Database
from tests.support.stage import Play
from tests.zhitongche.statistics import planting
from zhitongche import notices, outbox
from zhitongche.flow.facts import Actor
from zhitongche.kernel import clock as kernel_clock
from zhitongche.persistence import db, tenant_scope, unit_of_work
from zhitongche.statistics.reports import asking, making
from zhitongche.statistics.reports.tables import FigureReport
from zhitongche.tenancy import current

TENANT = "raoping"


@dataclass
class County:
    """The county's people, and the worker that makes its reports."""

    app: Flask
    play: Play

    def actor(self, who: str) -> Actor:
        return self.play.actor(who)

    def ask(self, first: date, last: date, who: str = "leader", formats: tuple[str, ...] = ("pdf", "docx", "xlsx")) -> FigureReport:
        actor = self.actor(who)
        with unit_of_work():
            return asking.ask(first, last, ["overview", "quality", "late", "units", "definitions"], formats, actor)

    def work(self) -> int:
        """What the worker does when it is woken; how many of its promises it could not keep."""
        return outbox.relay({**making.HANDLERS, **notices.HANDLERS}, timedelta(seconds=100)).failed


@pytest.fixture(scope="module")
def founded(served_app: Flask, database: Database) -> Iterator[County]:
    """The county and its figures, for all tests of a file."""
    with served_app.app_context(), tenant_scope(TENANT), kernel_clock.at(datetime(2026, 1, 5, 2, tzinfo=UTC)):
        play = Play.open(current.registry()[TENANT])
        handlers = [play.handler(code).unit_id for code in ("zhengshu", "gongan")]
        with unit_of_work():
            random = Random(11)
            planting.plant(planting.happened(random, 700, [unit for unit in handlers if unit]), random)
        yield County(served_app, play)
        db.session.remove()
    database.wipe()


@pytest.fixture
def county(founded: County, database: Database, clock: kernel_clock.Simulated) -> Iterator[County]:
    """The same without any report yet, on Friday 2026-03-06, 10:00."""
    with founded.app.app_context(), tenant_scope(TENANT):
        yield founded
        db.session.remove()
    _forget(database)


def _forget(database: Database) -> None:
    with database.superuser.begin() as connection:
        for table in ("figure_report_made", "figure_report", "notice", "outbox"):
            connection.execute(text(f"delete from {table}"))
