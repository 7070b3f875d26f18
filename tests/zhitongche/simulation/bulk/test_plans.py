"""Where there are thousands of petitions no page reads a table whole: every statement of it is explained, as the program's own role."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from flask import Flask, g

from tests.bench import counting
from tests.bench.stories import STORIES
from tests.bench.visitors import Ask, Visitor
from tests.zhitongche.simulation.bulk.conftest import BEGAN, KINDS, Stage
from zhitongche.casework import sweep
from zhitongche.identity import people
from zhitongche.identity.actors import AccountUser
from zhitongche.kernel import clock
from zhitongche.persistence import db, tenant_scope
from zhitongche.statistics import Period, figures
from zhitongche.statistics.reports import spans
from zhitongche.statistics.reports.gathering import gather

PETITIONS = 2800
GREAT = ("petition", "petition_search", "clock", "journal_entry", "dossier_key", "record", "rating", "paper", "figure_fact", "figure_case", "figure_tally")
"""Tables that grow with the petitions."""
FEW = 1100
"""A scan that ends after so many rows is none: lists are counted up to a thousand, and the planner may begin anywhere."""
FIRST_CLOSED = list(STORIES).index("satisfied")
NOW = BEGAN.replace(month=3, day=25)


@pytest.fixture(scope="module")
def crowded(stage: Stage) -> Iterator[Stage]:
    """The second county with some thousand petitions, most of them long closed, as after years of work."""
    closed = [at for at in range(KINDS) if at >= FIRST_CLOSED]
    stage.stamp(PETITIONS // len(closed), closed)
    with psycopg.connect(stage.database.admin_url, autocommit=True) as connection:
        connection.execute("analyze")
    with tenant_scope(stage.stamped), clock.at(NOW):
        yield stage
    stage.empty()


def whole(app: Flask, tenant: str, statements: list[counting.Statement]) -> list[str]:
    """The tables that one of the statements reads whole, with the rows it reads."""
    found = []
    for one in statements:
        if one.sql.lstrip()[:6].lower() == "select":
            for node in counting.explained(app, one, tenant):
                read = node.get("Actual Rows", 0) + node.get("Rows Removed by Filter", 0)
                if node["Node Type"] == "Seq Scan" and node["Relation Name"] in GREAT and read > FEW:
                    found.append(f"{node['Relation Name']} ({read} rows): {one.sql[:300]}")
    return found


def official(stage: Stage, role: str) -> Visitor:
    """Whoever holds the role, with a session."""
    with psycopg.connect(stage.database.admin_url) as connection:
        row = connection.execute("select id from person where tenant_id = %s and %s = any(roles) order by id limit 1", [stage.stamped, role]).fetchone()
    assert row
    client = stage.app.test_client()
    with client.session_transaction(base_url=f"http://{stage.stamped}.localhost") as session:
        session["_user_id"], session["_fresh"] = AccountUser(people.by_id(row[0])).get_id(), True
    # The request is served in this context: nobody is known there yet, and its transaction must be one that is counted.
    for kept in list(g):
        g.pop(kept)
    db.session.rollback()
    cookie = client.get_cookie("session", domain=f"{stage.stamped}.localhost")
    assert cookie
    return Visitor(cookie=f"session={cookie.value}", host=f"{stage.stamped}.localhost")


@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("triage", "/desk/"), ("handler", "/desk/"), ("triage", "/desk/petitions"), ("triage", "/desk/petitions?late=now"), ("triage", "/desk/petitions?q=道路"),
        ("supervision", "/desk/figures/overview"), ("supervision", "/desk/figures/overview?period=year"), ("handler", "/desk/figures/own"),
        ("supervision", "/desk/figures/on_time_rate"), ("supervision", "/desk/figures/finished/petitions?part=numerator"),
        ("supervision", "/desk/figures/on_hand/petitions?part=numerator"),
    ],
)  # fmt: skip
def test_no_page_reads_a_great_table_whole(crowded: Stage, role: str, path: str) -> None:
    counted = counting.count(crowded.app, official(crowded, role), Ask(path))
    assert counted.statements
    assert whole(crowded.app, crowded.stamped, counted.statements) == []


def test_neither_does_the_sweep_of_limits(crowded: Stage) -> None:
    with counting.counted() as counted:
        sweep.waiting()
    assert whole(crowded.app, crowded.stamped, counted.statements) == []


def test_neither_do_the_figures_behind_a_monthly_report(crowded: Stage) -> None:
    month = Period.month(clock.today())
    with counting.counted() as counted:
        gather(spans.span("month", month.first, month.last))
        figures.behind("on_time_rate", month, "denominator")
    assert whole(crowded.app, crowded.stamped, counted.statements) == []
