"""Meetings are called, held and followed up by simulated people, and what must hold of them is looked after."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support import database as databases
from tests.support.database import Database
from tests.zhitongche.simulation.conftest import app_on
from tests.zhitongche.simulation.test_invariants import broken
from zhitongche.kernel import clock
from zhitongche.meetings.tables import Commitment, Meeting, Opinion
from zhitongche.persistence import db, tenant_scope
from zhitongche.simulation import invariants
from zhitongche.simulation.run import period, simulate

FIRST, LAST = period(date(2026, 3, 2), date(2026, 5, 8))

PLANTS = {
    "没有版本": ("agenda_version", "delete from agenda_version where ctid = (select ctid from agenda_version limit 1)"),
    "没有依据": (
        "agenda_item",
        """update agenda_item set grounds = '[{"side": "in", "clause": ""}]', reason = '' where ctid = (select ctid from agenda_item limit 1)""",
    ),
    "没有责任单位或时限": (
        "clock",
        "update clock set started_at = started_at - interval '1 day' where ctid = (select ctid from clock where code = 'opinion' limit 1)",
    ),
    "先于": (
        "meeting_step",
        "update meeting_step set met_at = met_at - interval '90 days' where ctid = (select ctid from meeting_step where code = 'approve' and met_at is not null limit 1)",
    ),
    "没有写明是否上会": ("agenda_item", "update agenda_item set taken = null where ctid = (select ctid from agenda_item where taken limit 1)"),
}
"""What is found → the table, and how it is broken behind the program's back."""


@pytest.fixture(scope="module")
def spring_database(server: str) -> Database:
    """A database of its own: these petitions are harder than elsewhere."""
    return databases.build(server, "zhitongche_spring")


@pytest.fixture(scope="module")
def spring(spring_database: Database, folder: Path) -> Flask:
    """Two months of the monthly day, with petitions that it takes a meeting to solve."""
    app = app_on(spring_database, folder)
    simulate(app, "raoping", FIRST, LAST, petitions=8, seed=11, hard=0.8)
    return app


def found(app: Flask) -> list[str]:
    with app.app_context(), clock.at(LAST):
        return invariants.check("raoping")


def test_every_month_has_its_day_and_what_was_decided_has_an_owner_and_a_limit(spring: Flask) -> None:
    with spring.app_context(), tenant_scope("raoping"):
        held = db.session.scalars(select(Meeting).where(Meeting.held_at.is_not(None)).order_by(Meeting.day)).all()
        assert [row.day for row in held] == [date(2026, 3, 25), date(2026, 4, 22)]
        assert db.session.scalars(select(Opinion).where(Opinion.approved_at.is_not(None))).first()
        assert db.session.scalars(select(Commitment)).first()
    assert found(spring) == []


@pytest.mark.parametrize("said", sorted(PLANTS))
def test_a_planted_fault_is_found(spring: Flask, spring_database: Database, said: str) -> None:
    with broken(spring_database, *PLANTS[said]):
        assert [what for what in found(spring) if said in what]
    assert found(spring) == []
