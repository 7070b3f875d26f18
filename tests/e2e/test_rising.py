"""A case rises from the county to the city and its decision comes back, seen by everyone in a real browser (RP-2.3.f)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from tests.e2e.house import House
from tests.e2e.people import DESKTOP, PHONE, Somebody, code_in, link_in, opens, sign_in
from tests.escalation.levels import Levels
from zhitongche.persistence import tenant_scope

pytestmark = [pytest.mark.e2e, pytest.mark.clause("RP-2.3.f")]

MOBILE = "13800001234"
PASSWORD = "changcheng-2026-mima"
DECISION = "经市级研究，已将该路段列入市级道路改造计划，六月底前完工，其间由市里安排临时便道。"


@dataclass
class Both:
    """The county's product and the city's, behind one address each."""

    county: House
    city: House
    levels: Levels

    def carry(self) -> None:
        """What the worker does between the two."""
        with self.county.inside():
            self.levels.carry()

    def number(self) -> str:
        """The city's own number of what arrived."""
        with self.county.inside():
            arrived = self.levels.arrived()
            assert arrived is not None
            return arrived.number


@pytest.fixture
def both(raoping: House) -> Iterator[Both]:
    """A case that waits for the county government's opinion; the enterprise and the city know nothing of it yet."""
    with raoping.inside():
        levels = Levels.open("raoping", "chaozhou")
        levels.ready()
    return Both(raoping, replace(raoping, tenant="chaozhou"), levels)


def test_the_enterprise_sees_in_one_page_where_its_case_is_and_what_the_city_decided(both: Both, visitors: Callable[..., Somebody]) -> None:
    both.county.hire("qiuzhiqiang", "邱志强", "县府办", "office", password=PASSWORD)
    both.county.hire("wenwanting", "温婉婷", "县政数局", "triage", password=PASSWORD)
    both.city.hire("caiyingxue", "蔡映雪", "市政数局", "triage", password=PASSWORD)
    with both.county.inside():
        number = both.levels.below.petition.number

    office = visitors(both.county, DESKTOP)
    sign_in(office, "qiuzhiqiang", PASSWORD)
    send_up(office, number)

    enterprise = visitors(both.county, PHONE)
    signs_in_by_code(both.county, enterprise)
    enterprise.goes("/petitions")
    with enterprise.page.expect_navigation():
        enterprise.page.get_by_role("main").get_by_role("link", name="厂区门口道路破损影响货车进出").first.click()
    tracking = enterprise.page.url
    enterprise.sees("已发出", "未回执")
    enterprise.looks("up-02-sent")

    both.carry()
    enterprise.goes(tracking)
    enterprise.sees("已发出", "已送达", "待受理")

    city = visitors(both.city, DESKTOP)
    sign_in(city, "caiyingxue", PASSWORD)
    above = take(both, city)

    both.carry()
    enterprise.goes(tracking)
    enterprise.sees("已受理", "潮州市")
    enterprise.looks("up-05-taken")

    decide(both, city, above)
    both.carry()
    bureau = visitors(both.county, DESKTOP)
    sign_in(bureau, "wenwanting", PASSWORD)
    opens(bureau, number)
    bureau.sees(DECISION)
    bureau.looks("up-07-county-decided")
    bureau.presses("统一回复企业")
    assert bureau.page.locator("main [name=reply]").input_value() == DECISION
    bureau.presses("统一回复企业")

    enterprise.goes(link_in(both.county.sms(MOBILE, "已回复")))
    enterprise.sees("请您评价办理结果", DECISION)
    enterprise.looks("up-08-answered")


def signs_in_by_code(house: House, enterprise: Somebody) -> None:
    """At the portal's door, without a password."""
    enterprise.goes("/sign-in")
    enterprise.presses("短信验证码登录")
    enterprise.fills(mobile=MOBILE)
    enterprise.presses("获取验证码")
    enterprise.fills(code=code_in(house.sms(MOBILE, "验证码")))
    enterprise.presses("登录")


def send_up(office: Somebody, number: str) -> None:
    """The county's opinion; who decides sees what the unit and the bureau wrote."""
    opens(office, number)
    office.sees("现有规划由市级审批，县内无权调整", "情况属实，建议上报")
    office.presses("出具县政府意见并上报")
    office.picks("决定", "同意")
    office.fills(opinion="同意上报市级协调。")
    office.looks("up-01-county-opinion")
    office.presses("出具县政府意见并上报")
    office.sees("已完成“出具县政府意见并上报”")


def take(both: Both, city: Somebody) -> str:
    """The city's bureau reads why it comes, and not yet whose it is; answers the city's number."""
    number = both.number()
    opens(city, number)
    city.sees("现有规划由市级审批，县内无权调整", "同意上报市级协调。")
    assert "甲公司" not in city.page.get_by_role("main").inner_text()
    city.looks("up-03-city-arrived")
    city.presses("受理上报件")
    city.presses("受理上报件")
    both.carry()
    opens(city, number)
    city.sees("甲公司", "道路破损严重")
    assert MOBILE not in city.page.get_by_role("main").inner_text()
    city.looks("up-04-city-taken")
    return number


def decide(both: Both, city: Somebody, number: str) -> None:
    """The city's own flow, by its use cases up to the answer, which the bureau gives in the browser."""
    both.city.clock.advance(timedelta(hours=2))
    with both.city.inside():
        play = both.levels.above
        lead = next(unit.code for unit in play.pack.units if unit.kind == "department")
        with tenant_scope(play.pack.code):
            play.act("accept", "triage", accept_ground=next(iter(play.pack.grounds_accept)), lead=play.unit(lead))
            play.act("receive", lead)
            play.act("reply", lead, reply=DECISION, resolution="resolved")
    opens(city, number)
    city.presses("统一回复")
    city.looks("up-06-city-answer")
    city.presses("统一回复")
    city.sees("已完成“统一回复”")
