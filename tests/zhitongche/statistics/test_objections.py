"""A unit may object to a petition being counted against it; the decision is on the record, and the figure shows it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.support.stage import Play
from tests.zhitongche.statistics import counted
from zhitongche import journal
from zhitongche.casework import replay
from zhitongche.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from zhitongche.persistence import db, unit_of_work
from zhitongche.statistics import Period, figures, objections
from zhitongche.statistics.tables import FigureObjection


@pytest.fixture
def late(raoping: Play, clock) -> str:
    """A petition that its unit has not received in time; the unit's code."""
    lead = next(unit.code for unit in raoping.pack.units if "handler" in unit.roles)
    raoping.hand_in()
    raoping.act("accept", "triage", accept_ground=next(iter(raoping.pack.grounds_accept)), lead=raoping.unit(lead))
    clock.advance(timedelta(days=3))
    raoping.sweep()
    return lead


def _object(play: Play, unit: str) -> FigureObjection:
    actor = play.actor(unit)
    with unit_of_work():
        return objections.raise_objection(play.id, "response_rate", "交办当日全县停电，平台无法登录。", actor)


def _decide(play: Play, verdict: str) -> None:
    row = db.session.scalars(select(FigureObjection)).one()
    with unit_of_work():
        objections.decide(row.id, verdict, "停电情况属实。", play.actor("triage"))


def test_what_is_left_out_no_longer_counts_and_the_figure_shows_how_many(raoping: Play, late: str, clock) -> None:
    month = Period.month(clock.now().date())
    assert figures.read(["response_rate"], month)["response_rate"].numerator == 0
    counted.fold()
    _object(raoping, late)
    _decide(raoping, "agree")
    value = figures.read(["response_rate"], month)["response_rate"]
    assert (value.denominator, value.left_out) == (0, 1)
    raoping.act("receive", late)
    assert counted.differences() == []
    assert replay.broken(raoping.id) == []
    last = [entry for entry in journal.entries(raoping.id) if entry.action == "leave_out"]
    assert [(entry.actor_name, entry.body["reason"]) for entry in last] == [(raoping.actor("triage").name, "停电情况属实。")]


def test_a_refused_objection_leaves_the_figure_as_it_was(raoping: Play, late: str) -> None:
    _object(raoping, late)
    _decide(raoping, "disagree")
    assert counted.facts()["response_missed"] == 1
    with pytest.raises(Conflict):
        _decide(raoping, "agree")


def test_only_a_handler_objects_and_only_to_what_counts_against_his_unit_once(raoping: Play, late: str) -> None:
    other = next(unit.code for unit in raoping.pack.units if "handler" in unit.roles and unit.code != late)
    with pytest.raises(Forbidden):
        _object(raoping, "triage")
    with pytest.raises(NotFound):
        _object(raoping, other)
    handler = raoping.actor(late)
    with pytest.raises(Invalid) as said, unit_of_work():
        objections.raise_objection(raoping.id, "satisfaction_given", "没有评价，不应计入。", handler)
    assert "figure" in said.value.errors
    with pytest.raises(Invalid) as said, unit_of_work():
        objections.raise_objection(raoping.id, "response_rate", "短", handler)
    assert "reason" in said.value.errors
    _object(raoping, late)
    with pytest.raises(Invalid):
        _object(raoping, late)


def test_who_may_not_decide_cannot(raoping: Play, late: str) -> None:
    row = _object(raoping, late)
    with pytest.raises(Forbidden), unit_of_work():
        objections.decide(row.id, "agree", "情况属实。", raoping.actor(late))
    assert objections.waiting_count(raoping.actor("supervision")) == 1
    assert objections.waiting_count(raoping.actor(late)) == 0
