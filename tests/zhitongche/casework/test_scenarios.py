"""Every scenario of every pack, played through the very use cases that people use."""

from datetime import datetime
from random import Random
from typing import Any

import pytest
import yaml
from sqlalchemy import select

from tests.support import rising
from tests.support.forms import fill
from tests.support.stage import Play
from tests.zhitongche.casework.conftest import TENANTS
from zhitongche.casework import escalations, replay, reporting
from zhitongche.casework.fields import fields_of
from zhitongche.casework.tables import Clock
from zhitongche.identity import units
from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel.errors import Forbidden, Refused
from zhitongche.outbox.tables import Outbox
from zhitongche.persistence import db, unit_of_work

SCENARIOS = sorted(TENANTS.glob("*/scenarios/*.yaml"))
UNIT_FIELDS = frozenset({"lead", "proposed", "should_be"})


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: f"{file.parts[-3]}-{file.stem}")
def test_a_scenario_of_a_pack_holds_in_the_running_product(request, clock: kernel_clock.Simulated, file) -> None:
    story = yaml.safe_load(file.read_text(encoding="utf-8"))
    clock.set(_moment(story["when"][0]["at"]))
    play: Play = request.getfixturevalue(file.parts[-3])
    for step in story["when"]:
        clock.set(_moment(step["at"]))
        play.sweep()
        _take(play, step, story["given"])
    assert play.petition.stage == story["then"]["stage"]
    assert {code: _state(play, code) for code in story["then"].get("clocks", {})} == story["then"].get("clocks", {})
    told = {(p["party"], p["message"]) for p in db.session.scalars(select(Outbox.payload).where(Outbox.topic == "notice"))}
    assert set(story["then"].get("told", {}).items()) <= told
    assert replay.broken(play.id) == []


def _take(play: Play, step: dict[str, Any], given: dict[str, Any]) -> None:
    action = play.pack.flow.actions[step["do"]]
    if action.verb == "register":
        source = {"window": "window", "hotline": "hotline", "triage": "visit"}.get(step["by"], "web")
        facts = {"order_number": "GD1", "first_received": "2026-01-05T09:00", "visited_at": "2026-01-05T09:00",
                 "visited_by": "王科长", "visit_note": "走访时提出"}  # fmt: skip
        play.hand_in(step["by"], source=source, mismatched=given.get("enterprise") == "mismatched",
                     category=given["category"], matter=given.get("matter") or "", **facts)  # fmt: skip
        return
    if action.verb == "report_in":
        with unit_of_work():
            play.petition_id = escalations.report(rising.report(category=given["category"])).id
        return
    if step["by"] == "system" and play.petition.outcome:
        return  # the sweep, at this moment, has already done what the system does
    refused = step.get("refused")
    who, form = _who(play, step["by"]), _form(play, action, step.get("with", {}))
    if refused:
        with pytest.raises((Refused, Forbidden)) as error:
            play.act(action.code, who, **form)
        assert error.value.clause == refused
        return
    with reporting.heard_by(rising.nobody_in_particular):
        play.act(action.code, who, **form)
    assert step.get("to", play.petition.stage) == play.petition.stage


def _form(play: Play, action: Any, told: dict[str, Any]) -> dict[str, Any]:
    form = fill([f for f in fields_of(action, play.pack, play.petition) if f.required], Random(1))
    for name, value in told.items():
        if name in UNIT_FIELDS:
            form[name] = play.unit(value)
        elif name == "co":
            form[name] = [play.unit(code) for code in ([value] if isinstance(value, str) else value)]
        else:
            form[name] = value
    return form


def _who(play: Play, party: str) -> Any:
    facts = play.facts
    unit = {"lead": facts.lead, "proposed": facts.proposed, "co": next(iter(facts.co), None)}.get(party)
    return play.handler(units.by_id(unit).code) if unit else play.actor(party)


def _state(play: Play, code: str) -> str:
    row = db.session.scalars(
        select(Clock).where(Clock.petition_id == play.id, Clock.code == code).order_by(Clock.id.desc()).limit(1)
    ).one()
    if row.missed_at:
        return "missed"
    return "met" if row.met_at else "lapsed" if row.lapsed_at else "open"


def _moment(told: Any) -> datetime:
    moment = told if isinstance(told, datetime) else datetime.fromisoformat(str(told))
    return moment.replace(tzinfo=kernel_clock.CHINA)
