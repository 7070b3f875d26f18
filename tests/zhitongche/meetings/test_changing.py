"""What would move before it moves, the order of the list, and words that everyone may read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.zhitongche.meetings.conftest import House
from tests.zhitongche.meetings.test_month import DAY, LEAD, april, decided, given_up, up_to_the_eve
from zhitongche import meetings
from zhitongche.kernel.errors import Forbidden, Invalid, NotFound
from zhitongche.meetings import agenda, rehearsing
from zhitongche.meetings.queries import agenda as queries
from zhitongche.meetings.tables import Meeting
from zhitongche.persistence import db, unit_of_work


@pytest.mark.clause("RP-2.1.b")
def test_what_would_move_is_told_and_nothing_has_moved(county: House) -> None:
    county.at(date(2026, 4, 1))
    april(county)
    form = {"day": "2026-04-29", "reason": "县里有会"}
    with unit_of_work():
        shifts = rehearsing.of_move(county.id, county.play.people["triage"], form)
    told = {shift.name: (shift.before, shift.after) for shift in shifts}
    assert told["目录报县政府办公室"] == (date(2026, 4, 15), date(2026, 4, 22))
    assert county.meeting.day == DAY
    assert county.due("submit") == date(2026, 4, 15)
    county.do(meetings.move, who="triage", **form)
    assert county.due("submit") == date(2026, 4, 22)


def test_who_may_not_move_a_meeting_may_not_try_it_either(county: House) -> None:
    county.at(date(2026, 4, 1))
    april(county)
    with pytest.raises(Forbidden), unit_of_work():
        rehearsing.of_move(county.id, county.play.people["supervision"], {"day": "2026-04-29", "reason": "x"})


@pytest.mark.clause("RP-2.5")
def test_the_order_is_changed_by_whoever_decides_and_after_fixing_only_with_a_reason_as_a_new_version(county: House) -> None:
    up_to_the_eve(county)
    second = county.cases["乙"]
    with pytest.raises(Invalid) as wrong:
        county.do(meetings.put, second, who="office", place="1")
    assert "reason" in wrong.value.errors
    with pytest.raises(Invalid):
        county.do(meetings.put, second, who="office", place="3", reason="先研究")
    with pytest.raises(Forbidden):
        county.do(meetings.put, second, who="supervision", place="1", reason="先研究")
    county.do(meetings.put, second, who="office", place="1", reason="先研究")
    assert [item.petition_id for item in agenda.items(county.id)] == [second, county.cases["甲"]]
    assert [(version.number, version.reason) for version in agenda.versions_of(county.id)] == [(1, ""), (2, "先研究")]


@pytest.mark.clause("RP-2.5")
def test_only_what_is_in_has_a_turn_and_can_be_given_another(county: House) -> None:
    up_to_the_eve(county)
    first, second = county.cases["甲"], county.cases["乙"]
    county.do(meetings.overrule, first, who="leader", verdict="out", reason="已与企业谈妥")
    lines = {line.petition.id: line for line in queries.of(county.id, county.play.actor("triage"))}
    assert (lines[first].turn, lines[second].turn) == (None, 1)
    with pytest.raises(NotFound):
        county.do(meetings.put, first, who="office", place="1", reason="先研究")
    with pytest.raises(Invalid):
        county.do(meetings.put, second, who="office", place="2", reason="放在最后")


@pytest.mark.clause("RP-3.3")
@pytest.mark.parametrize("leak", ["甲公司门口道路", "联系 138 0000 1234", "91440500617540496q", "RP2026000001"])
def test_a_commitment_that_names_the_enterprise_is_not_published(county: House, leak: str) -> None:
    up_to_the_eve(county)
    decided(county)
    said = {"subject": "厂区门口道路修复", "leader": "副局长", "person": "股长", "due": "2026-06-20", "measures": leak}
    county.case("甲")
    said["measures"] = leak.replace("RP2026000001", county.play.petition.number)
    with pytest.raises(Invalid) as wrong:
        county.act("commit", LEAD, petition=str(county.cases["甲"]), **said)
    assert list(wrong.value.errors) == ["measures"]


@pytest.mark.clause("RP-2.1.a")
def test_whoever_registers_after_the_list_is_closed_is_for_the_next_meeting(county: House) -> None:
    county.at(date(2026, 4, 1))
    april(county)
    closed = county.due("close_list")
    county.at(closed)
    given_up(county, "甲")
    county.at(closed + timedelta(days=1))
    given_up(county, "乙")
    county.act("draft", "triage")
    assert [item.petition_id for item in agenda.items(county.id)] == [county.cases["甲"]]
    county.meeting_id = db.session.scalars(select(Meeting.id).where(Meeting.month == date(2026, 5, 1))).one()
    county.do(lambda meeting, actor, _form: meetings.refresh(meeting, actor), who="triage")
    assert [item.petition_id for item in agenda.items(county.id)] == [county.cases["乙"]]
