"""One petition from the town to the county and on to the city, and every answer back down, on one installation (RP-2.3.e, RP-2.3.f)."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select

from escalation.carriage import delivering
from tests.escalation.levels import MINUTE, Levels, opened, soon
from zhitongche.casework import replay
from zhitongche.casework.tables import Escalation, Petition, Report
from zhitongche.kernel import clock as kernel_clock
from zhitongche.persistence import db, tenant_scope

pytestmark = [pytest.mark.clause("RP-2.3.e"), pytest.mark.clause("RP-2.3.f")]

OFFICE, DEPARTMENT = "guihua", "ziran"


@dataclass
class Ladder:
    """Town and county, county and city: the county's play is the same in both."""

    first: Levels
    second: Levels

    def carry(self) -> None:
        """What the worker does for all three, until nothing is left to send."""
        codes = (self.first.below.pack.code, self.first.above.pack.code, self.second.above.pack.code)
        while sum(delivering.deliver(code, MINUTE) for code in codes):
            pass

    def risen_from_town(self) -> None:
        """Reported by the town, arrived at the county."""
        town = self.first.below
        with tenant_scope(town.pack.code):
            town.hand_in("window", source="window")
            ground = next(iter(town.pack.grounds_accept))
            town.act("accept", "triage", accept_ground=ground, lead=town.unit(OFFICE))
            town.act("receive", OFFICE)
            town.act("explain", OFFICE, opinion="涉及规划调整，镇里无权解决")
            town.act("review_up", "triage", verdict="agree", opinion="情况属实，建议报县里")
            town.act("send_up", "leader", verdict="agree", opinion="同意报县里协调")
        self.carry()
        assert self.first.arrived() is not None

    def heard_in_county(self) -> None:
        """Reviewed by the bureau, heard on the day, handed out to the county's unit."""
        county = self.first.above
        with tenant_scope(county.pack.code):
            county.act("take", "triage", lead=county.unit(DEPARTMENT))
        self.carry()
        with tenant_scope(county.pack.code):
            county.act("enlist", "triage", meeting_day=soon(5))
            county.act("take_up", "triage")
            county.act("hand_out", "leader", opinion="请自然资源局牵头研究", due=soon(20))
        self.carry()

    def risen_from_county(self) -> None:
        """And on to the city, which has it now."""
        county = self.first.above
        with tenant_scope(county.pack.code):
            county.act("explain", DEPARTMENT, opinion="规划由市级审批，县里无权调整")
            county.act("review_city", "triage", verdict="agree", opinion="情况属实，建议上报")
            county.act("send_up", "office", verdict="agree", opinion="同意上报市级协调")
        self.carry()
        assert self.second.arrived() is not None

    def taken_in_city(self) -> None:
        """The city has taken it, and the details followed."""
        self.second.up("take", "triage")
        self.carry()

    @property
    def stages(self) -> tuple[str, str, str]:
        """Where it stands in town, county and city."""
        return self.first.below_now().stage, self.first.above_now().stage, self.second.above_now().stage


@pytest.fixture
def ladder(bridge_app: Flask, clock: kernel_clock.Simulated) -> Ladder:
    """The town under the county's portal, its county and the city."""
    town, county, city = map(opened, ("huanggang", "raoping", "chaozhou"))
    return Ladder(Levels(town, county), Levels(county, city))


def _rise(code: str) -> Escalation:
    with tenant_scope(code):
        db.session.expire_all()
        return db.session.scalars(select(Escalation)).one()


def _report(code: str) -> Report:
    with tenant_scope(code):
        db.session.expire_all()
        return db.session.scalars(select(Report)).one()


def test_the_countys_bureau_makes_a_towns_report_a_county_level_petition_with_a_lead_unit(ladder: Ladder) -> None:
    ladder.risen_from_town()
    assert (ladder.first.below_now().stage, ladder.first.above_now().stage) == ("risen", "reported")
    report = _report("raoping")
    assert [one["text"] for one in report.opinions] == ["涉及规划调整，镇里无权解决", "情况属实，建议报县里", "同意报县里协调"]

    ladder.heard_in_county()
    county = ladder.first.above_now()
    assert (county.level, county.stage) == ("county", "executing")
    assert "道路破损严重" in county.content
    town = ladder.first.below_now()
    assert (town.stage, town.level) == ("above", "county")
    assert _rise("huanggang").holder == "县自然资源局"


def test_a_case_may_rise_twice_and_what_the_city_does_reaches_the_town(ladder: Ladder) -> None:
    ladder.risen_from_town()
    ladder.heard_in_county()
    ladder.risen_from_county()
    assert ladder.stages == ("above", "risen", "reported")
    assert ladder.second.above_now().contact_mobile == ""

    ladder.taken_in_city()
    assert ladder.stages == ("above", "above", "screening")
    told = _rise("huanggang")
    assert told.holder == "市政务服务数据管理局"
    assert told.progress == "正在甄别诉求、确定主办单位"
    assert "道路破损严重" in ladder.second.above_now().content
    with tenant_scope("raoping"):
        assert db.session.scalars(select(Report)).one().petition_id == db.session.scalars(select(Escalation)).one().petition_id

    city = ladder.second.above
    with tenant_scope("chaozhou"):
        city.act("accept", "triage", accept_ground=next(iter(city.pack.grounds_accept)), lead=city.unit(DEPARTMENT))
        city.act("receive", DEPARTMENT)
        city.act("reply", DEPARTMENT, reply="已列入市级改造计划，六月底前完工", resolution="resolved")
        city.act("answer", "triage", reply="已列入市级改造计划，六月底前完工")
    ladder.carry()
    assert ladder.stages == ("above", "replied", "closed")
    assert _rise("huanggang").decided_at is None

    with tenant_scope("raoping"):
        ladder.first.above.act("answer", "triage", reply="市里已列入改造计划，六月底前完工")
    ladder.carry()
    assert ladder.stages == ("replied", "closed", "closed")
    assert _rise("huanggang").decision == "市里已列入改造计划，六月底前完工"
    for play in (ladder.first.below, ladder.first.above, city):
        with tenant_scope(play.pack.code):
            assert replay.broken(play.id) == []


def test_what_the_city_gives_back_is_the_countys_again_and_the_town_hears_of_it(ladder: Ladder) -> None:
    ladder.risen_from_town()
    ladder.heard_in_county()
    ladder.risen_from_county()
    ladder.taken_in_city()
    ladder.second.up("return_report", "triage", reason="属县级权限，请县里按现行规定办理")
    ladder.carry()
    assert ladder.stages == ("above", "executing", "returned")
    assert _rise("huanggang").holder == "县自然资源局"
    assert ladder.first.above_now().level == "county"


def test_a_withdrawal_in_the_town_is_carried_to_county_and_city_and_erases_in_both(ladder: Ladder) -> None:
    ladder.risen_from_town()
    ladder.heard_in_county()
    ladder.risen_from_county()
    ladder.taken_in_city()
    ladder.first.down("withdraw", "window", reason="问题已自行解决")
    ladder.carry()
    assert ladder.stages == ("withdrawn", "withdrawn", "withdrawn")
    for code in ("raoping", "chaozhou"):
        assert _report(code).erased_at is not None
        with tenant_scope(code):
            assert "道路破损" not in db.session.scalars(select(Petition)).one().content


def test_the_county_sends_back_what_the_town_can_do_itself(ladder: Ladder) -> None:
    ladder.risen_from_town()
    ladder.first.up("return_report", "triage", reason="属镇级权限，请继续办理")
    ladder.carry()
    assert (ladder.first.below_now().stage, ladder.first.above_now().stage) == ("handling", "returned")
    assert _rise("huanggang").return_reason == "属镇级权限，请继续办理"
