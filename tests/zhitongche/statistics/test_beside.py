"""Meetings and what units commit themselves to are counted and proved like everything else."""

from datetime import date, time

import pytest

from tests.support.stage import Play
from tests.zhitongche.meetings.conftest import House
from tests.zhitongche.meetings.test_commitments import commit, written_up
from tests.zhitongche.meetings.test_month import LEAD, OTHER
from tests.zhitongche.statistics import counted
from zhitongche import meetings
from zhitongche.casework import replay
from zhitongche.kernel import clock as kernel_clock
from zhitongche.meetings import commitments
from zhitongche.statistics import Period, building, figures


@pytest.mark.clause("RP-3.3")
def test_a_meeting_held_and_a_commitment_kept_and_one_broken_are_counted_once(raoping: Play, clock) -> None:
    clock.set(kernel_clock.on(date(2026, 4, 1), time(10)))
    county = House(raoping, clock)
    written_up(county)
    county.act("review", "office")
    county.act("approve", "leader")
    commit(county, "甲", LEAD)
    commit(county, "乙", OTHER, due="2026-05-06")
    of = {one.unit_id: one.id for one in commitments.listing(county.id)}
    county.do(lambda _m, c, a, f: meetings.fulfil(c, a, f), of[raoping.actor(LEAD).unit_id], who=LEAD, result="已完工通车")
    county.at(date(2026, 5, 8))
    county.sweep()
    county.do(lambda _m, c, a, f: meetings.fulfil(c, a, f), of[raoping.actor(OTHER).unit_id], who=OTHER, result="已完成配合")

    found = figures.read(["commitments_kept", "meetings_held"], Period.of(date(2026, 4, 1), date(2026, 5, 31)))
    assert found["commitments_kept"].text == "50.0%"
    assert found["meetings_held"].numerator == 1
    held = figures.by_key("meetings_held", Period.month(date(2026, 4, 1)))
    assert {key: value.numerator for key, value in held.items()} == {county.meeting.kind: 1}
    assert replay.broken(county.cases["甲"]) == []
    assert counted.differences() == []
    building.rebuild()
    assert counted.differences() == []
    assert figures.read(["meetings_held"], Period.month(date(2026, 4, 1)))["meetings_held"].numerator == 1
