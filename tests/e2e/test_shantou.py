"""The city's mechanism from the enterprise's form to the call-back, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.e2e.house import House
from tests.e2e.people import DESKTOP, PHONE, Somebody, code_in, link_in, number_on, opens, sign_in

pytestmark = pytest.mark.e2e

MOBILE = "13800005678"
CONTENT = "我公司新增注塑生产线，申请增容至800千伏安已两个月，答复需等待配电房改造，影响旺季订单，请协调尽快送电。"
REPLY = "已协调供电部门于三月十六日前完成配电房改造并送电，施工期间安排临时供电保障生产。"


@pytest.mark.clause("ST-3.2.b")
@pytest.mark.clause("ST-3.6.a")
def test_a_petition_goes_through_confirmation_leader_letter_contact_reply_and_call_back(
    shantou: House, visitors: Callable[..., Somebody]
) -> None:
    taskforce, unit, leader = officials(shantou, visitors)
    enterprise = visitors(shantou, PHONE)
    register(shantou, enterprise)
    number = hand_in(enterprise)

    shantou.clock.advance(timedelta(minutes=35))
    propose(taskforce, number)
    shantou.clock.advance(timedelta(hours=1))
    confirm(unit, number)
    fix_with_leader(taskforce, number)
    approve(leader, number)
    issue(taskforce, number)

    shantou.clock.advance(timedelta(hours=2))
    contact_and_reply(unit, number)
    enterprise.goes(link_in(shantou.sms(MOBILE, "答复")))
    enterprise.sees(REPLY)
    enterprise.looks("st-08-tracking-replied")

    shantou.clock.advance(timedelta(hours=22))
    call_back(taskforce, number)
    see_the_end(enterprise)
    assert shantou.broken(enterprise.page.url.rpartition("/")[2]) == []


def officials(house: House, visitors: Callable[..., Somebody]) -> list[Somebody]:
    """Task force, power supply and a city leader, each at a desk."""
    staff = (
        ("wengweipeng", "翁伟鹏", "zhuanban", "triage", "zhuanban-2026-mima"),
        ("gongdian", "陈晓彬", "gongdian", "handler", "dianliju-2026-mima"),
        ("wangchuangye", "王创业", "shilingdao", "leader", "shizhang-2026-mima"),
    )
    desks = []
    for login, name, unit, role, password in staff:
        house.hire(login, name, unit, role, password=password)
        desks.append(visitors(house, DESKTOP))
        sign_in(desks[-1], login, password)
    return desks


def register(house: House, enterprise: Somebody) -> None:
    """Without a password: from then on by SMS code."""
    enterprise.goes("/register")
    enterprise.fills(credit_code="91440511MAAGKBX4AB", name="汕头市澄星玩具有限公司", person_name="李丽璇", mobile=MOBILE)
    enterprise.presses("获取验证码")
    enterprise.fills(code=code_in(house.sms(MOBILE, "验证码")))
    enterprise.presses("注册并登录")


def hand_in(enterprise: Somebody) -> str:
    """Three steps; answers the petition's number."""
    enterprise.fills(title="生产线用电增容迟迟未送电", content=CONTENT, wish="三月中旬前送电")
    enterprise.picks("诉求类别", "涉企服务投诉")
    enterprise.picks("诉求事项", "用电")
    enterprise.presses("下一步")
    enterprise.presses("下一步")
    enterprise.presses("确认提交")
    enterprise.sees("市工作专班正在研判")
    enterprise.looks("st-01-tracking-received")
    return number_on(enterprise)


def propose(taskforce: Somebody, number: str) -> None:
    """The matter suggests its usual unit (ST-3.2.a)."""
    opens(taskforce, number)
    taskforce.looks("st-02-desk-case")
    taskforce.presses("受理并通知拟承办单位")
    taskforce.picks("受理依据", "项目建设、生产经营中需本市政府部门协调的问题")
    assert taskforce.page.get_by_label("拟承办单位").locator("option:checked").inner_text() == "供电局"
    taskforce.looks("st-03-desk-propose")
    taskforce.presses("受理并通知拟承办单位")
    taskforce.sees("已完成“受理并通知拟承办单位”")


def confirm(unit: Somebody, number: str) -> None:
    opens(unit, number)
    unit.presses("确认受理")
    unit.presses("确认受理")


def fix_with_leader(taskforce: Somebody, number: str) -> None:
    """The transfer opinion goes to a leader before anything is issued (ST-3.2.b)."""
    opens(taskforce, number)
    taskforce.presses("形成转办意见")
    taskforce.picks("牵头单位", "供电局")
    taskforce.fills(opinion="拟请市供电局牵头，市工业和信息化局配合，加快配电房改造。")
    taskforce.page.get_by_text("需呈报市领导审核").click()
    taskforce.looks("st-04-desk-fix")
    taskforce.presses("形成转办意见")
    assert taskforce.page.get_by_role("link", name="发出《转办函》").count() == 0


def approve(leader: Somebody, number: str) -> None:
    opens(leader, number)
    leader.looks("st-05-leader-case")
    leader.presses("审核转办意见")
    leader.picks("决定", "同意")
    leader.fills(opinion="同意。请供电局抓紧。")
    leader.presses("审核转办意见")


def issue(taskforce: Somebody, number: str) -> None:
    """The letter gets its number (ST-3.2.b)."""
    opens(taskforce, number)
    taskforce.presses("发出《转办函》")
    taskforce.presses("发出《转办函》")
    taskforce.sees("汕企直转")
    taskforce.looks("st-06-desk-letter")


def contact_and_reply(unit: Somebody, number: str) -> None:
    """No reply before the enterprise was contacted (ST-3.3.a)."""
    opens(unit, number)
    unit.sees("现在不能办结答复企业")
    unit.looks("st-07-unit-case")
    unit.presses("登记与企业联系")
    unit.picks("方式", "上门走访")
    unit.fills(with_whom="李丽璇", text="到厂查看配电房，说明改造进度，企业同意临时供电方案。")
    unit.presses("登记与企业联系")
    unit.presses("办结答复企业")
    unit.fills(reply=REPLY)
    unit.picks("办理结果", "已解决")
    unit.presses("办结答复企业")
    unit.sees("已完成“办结答复企业”")


def call_back(taskforce: Somebody, number: str) -> None:
    """How, who, when and the enterprise's satisfaction (ST-3.6.a)."""
    opens(taskforce, number)
    taskforce.presses("登记回访")
    taskforce.picks("方式", "电话")
    taskforce.fills(with_whom="李丽璇", text="企业表示已恢复生产，对办理满意。")
    taskforce.picks("企业评价", "满意")
    taskforce.presses("登记回访")
    taskforce.sees("已办结")
    taskforce.looks("st-09-desk-closed")


def see_the_end(enterprise: Somebody) -> None:
    """The tracking page shows each step."""
    enterprise.page.reload()
    enterprise.sees("诉求已提交", "已交供电局办理", "转办函编号", "承办单位已与您联系", "已答复", "已回访，您表示满意", "已办结")
    enterprise.looks("st-10-tracking-closed")
