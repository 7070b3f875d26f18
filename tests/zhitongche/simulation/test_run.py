"""People act in simulated time: what they do is the same for a seed, plausible, and needs no code for a new county."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.support.database import Database
from tests.zhitongche.simulation.conftest import THIRD, Lived, live
from zhitongche import journal
from zhitongche.casework.tables import Clock, Petition, Rating
from zhitongche.documents.tables import PaperIssue
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Invalid
from zhitongche.persistence import db, tenant_scope
from zhitongche.simulation import report
from zhitongche.simulation.run import period, simulate


def acts(app: Flask, tenant: str) -> list[tuple[object, ...]]:
    """What the journal says was done: when, by whom, from where to where; by number, not by id."""
    with app.app_context(), tenant_scope(tenant):
        petitions = db.session.scalars(select(Petition).order_by(Petition.number)).all()
        return [
            (p.number, p.title, e.seq, e.at, e.action, e.actor_name, e.from_stage, e.to_stage)
            for p in petitions
            for e in journal.entries(p.id)
        ]


def test_the_same_seed_gives_the_same_acts_and_another_seed_others(empty_app: Flask, tenant_db: Database) -> None:
    told = []
    for seed in (3, 3, 4):
        tenant_db.wipe()
        live(empty_app, THIRD, 3, 9, seed)
        told.append(acts(empty_app, THIRD))
    assert told[0] == told[1]
    assert told[0] != told[2]
    assert len(told[0]) > 6


def test_a_third_county_of_a_few_lines_lives_without_code(sim_app: Flask, lived: dict[str, Lived]) -> None:
    done = {line[4] for line in acts(sim_app, THIRD)}
    assert {"register", "accept", "receive", "reply"} <= done


def test_each_mechanism_goes_its_own_way_to_the_end(sim_app: Flask, lived: dict[str, Lived]) -> None:
    assert {"accept", "receive", "reply", "answer"} <= {line[4] for line in acts(sim_app, "raoping")}
    assert {"propose", "confirm", "fix", "issue", "contact", "reply", "call_back"} <= {line[4] for line in acts(sim_app, "shantou")}
    with sim_app.app_context():
        for tenant in ("raoping", "shantou"):
            with tenant_scope(tenant):
                assert "resolved" in set(db.session.scalars(select(Petition.outcome)))


def test_officials_keep_most_limits_and_act_within_the_simulated_time(sim_app: Flask, lived: dict[str, Lived]) -> None:
    with sim_app.app_context(), tenant_scope("shantou"):
        clocks = db.session.scalars(select(Clock).where(Clock.met_at.is_not(None))).all()
        kept = [row for row in clocks if row.missed_at is None]
        assert len(kept) > 0.7 * len(clocks)
        first, last = period(date(2026, 3, 2), date(2026, 3, 30))
        assert all(first <= row.met_at <= last for row in clocks)


def test_people_act_by_day(sim_app: Flask, lived: dict[str, Lived]) -> None:
    hours = [clock.local(line[3]).hour for line in acts(sim_app, "shantou") if line[4] in {"propose", "fix", "issue", "reply"}]
    assert hours
    assert all(8 <= hour < 18 for hour in hours)


def test_the_report_tells_given_and_default_ratings_apart(sim_app: Flask, lived: dict[str, Lived]) -> None:
    with sim_app.app_context(), clock.at(lived["raoping"].last):
        told = list(report.lines("raoping", lived["raoping"].ran))
    assert told[0] == "诉求 12 件"
    assert any(line.startswith("默认评价") and "不计入满意率" in line for line in told)
    assert any("按时率" in line for line in told)


def test_the_report_counts_what_was_issued_by_kind(sim_app: Flask, lived: dict[str, Lived]) -> None:
    with sim_app.app_context(), clock.at(lived["shantou"].last):
        told = list(report.lines("shantou", lived["shantou"].ran))
    with sim_app.app_context(), tenant_scope("shantou"):
        issued = db.session.scalar(select(func.count()).select_from(PaperIssue))
        letters = db.session.scalar(select(func.count()).where(Petition.letter_number.is_not(None)))
    (line,) = (line for line in told if line.startswith("公文"))
    assert line.startswith(f"公文 {issued} 件：")
    assert f"转办函 {letters}" in line


def test_a_time_for_rating_that_passed_is_no_limit_that_anybody_missed(sim_app: Flask, lived: dict[str, Lived]) -> None:
    with sim_app.app_context(), clock.at(lived["raoping"].last):
        told = list(report.lines("raoping", lived["raoping"].ran))
    with sim_app.app_context(), tenant_scope("raoping"):
        by_default = db.session.scalar(select(func.count()).select_from(Rating).where(Rating.given_by == "default"))
        missed = db.session.scalar(select(func.count()).where(Clock.missed_at.is_not(None), Clock.code != "rating"))
    assert by_default
    (passed,) = (line for line in told if "按默认处理" in line)
    assert f"按默认处理 {by_default} 项" in passed
    assert any(f"逾期 {missed} 项" in line for line in told)
    assert not any(line.startswith("  逾期") and "企业评价" in line for line in told)


@pytest.mark.parametrize("tenant", ["nowhere", "guangdong"])
def test_a_tenant_that_takes_no_petitions_is_not_simulated(sim_app: Flask, tenant: str) -> None:
    first, last = period(date(2026, 3, 2), date(2026, 3, 3))
    with pytest.raises(Invalid, match="没有受理诉求"):
        simulate(sim_app, tenant, first, last, petitions=1, seed=1)
