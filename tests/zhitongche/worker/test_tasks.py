"""What the worker does at its turns, on a real database."""

from datetime import timedelta

from sqlalchemy import select

from tests.support.stage import Play
from tests.zhitongche.casework.conftest import case_app, raoping  # noqa: F401 - fixtures
from zhitongche import journal
from zhitongche.casework import sweep
from zhitongche.outbox.tables import Outbox
from zhitongche.persistence import db, unit_of_work
from zhitongche.supervision import heartbeat
from zhitongche.worker import tasks


def test_a_turn_of_the_sweep_misses_what_is_past_and_leaves_its_pulse(raoping: Play, clock) -> None:  # noqa: F811
    raoping.hand_in()
    clock.advance(timedelta(days=10))
    tasks.sweep_tenant("raoping")
    assert raoping.clock("screen").missed_at is not None
    assert heartbeat.last()["sweep"] == clock.now()


def test_one_broken_row_does_not_keep_the_others_waiting(raoping: Play, clock, monkeypatch) -> None:  # noqa: F811
    raoping.hand_in()
    first = raoping.id
    raoping.hand_in(title="第二件诉求")
    clock.advance(timedelta(days=10))
    whole = sweep.pass_due
    broken = next(c.id for c in [raoping.clock("screen")])

    def sometimes(clock_id) -> None:
        if clock_id == broken:
            raise RuntimeError("planted")
        whole(clock_id)

    monkeypatch.setattr(sweep, "pass_due", sometimes)
    tasks.sweep_tenant("raoping")
    raoping.petition_id = first
    assert raoping.clock("screen").missed_at is not None


def test_an_enterprise_is_not_urged_in_the_words_for_officials(raoping: Play, clock) -> None:  # noqa: F811
    lead = next(u.code for u in raoping.pack.units if "handler" in u.roles)
    raoping.hand_in()
    raoping.act("accept", "triage", accept_ground=next(iter(raoping.pack.grounds_accept)), lead=raoping.unit(lead))
    raoping.act("receive", lead)
    raoping.act("reply", lead, reply="已安排修复。", resolution="resolved")
    raoping.act("answer", "triage", reply="已安排修复。")
    clock.advance(timedelta(days=4, hours=20))
    tasks.sweep_tenant("raoping")
    assert raoping.clock("rating").near_told_at is not None
    told = [p for p in db.session.scalars(select(Outbox.payload).where(Outbox.topic == "notice")) if p["party"] == "enterprise"]
    assert {p["message"] for p in told} == {"received", "accepted", "please_rate"}


def test_a_limit_is_missed_once_however_often_it_is_swept(raoping: Play, clock) -> None:  # noqa: F811
    raoping.hand_in()
    clock.advance(timedelta(days=10))
    tasks.sweep_tenant("raoping")
    missed = raoping.clock("screen").missed_at
    late = raoping.clock("screen").id
    clock.advance(timedelta(hours=3))
    for _ in range(2):
        with unit_of_work():
            sweep.pass_due(late)
        tasks.sweep_tenant("raoping")
    assert raoping.clock("screen").missed_at == missed
    assert [e.action for e in journal.entries(raoping.id)].count("overdue") == 1
