"""One whole month of the monthly day, from the enterprise's form to the commitment that everyone can read, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
from playwright.sync_api import expect

from tests.e2e.house import House
from tests.e2e.people import DESKTOP, PHONE, Somebody, link_in, opens, sign_in
from tests.e2e.test_raoping import MOBILE, accept, hand_in, register
from zhitongche.kernel import clock
from zhitongche.worker import tasks

pytestmark = pytest.mark.e2e

PASSWORD = "huodongri-2026-mima"
TABLET = (1024, 768)
DAY = date(2026, 4, 22)
OPINION = "由县交通运输局牵头，六月底前完成路面修复；施工期间保证货车通行。"
MEETING = "2026年4月现场活动日"


@pytest.mark.clause("RP-1.a")
@pytest.mark.clause("RP-2.7")
@pytest.mark.clause("RP-3.3")
def test_a_month_from_the_form_through_the_day_to_the_published_commitment(raoping: House, visitors: Callable[..., Somebody]) -> None:
    comes(raoping, date(2026, 4, 1))
    bureau, office, leader, unit = officials(raoping, visitors)
    enterprise = visitors(raoping, PHONE)
    sees_the_announcement(enterprise)
    register(raoping, enterprise)
    number = hand_in(enterprise)
    reaches_the_county(raoping, bureau, unit, number)

    prepares_the_list(raoping, bureau, office)
    fixes_and_invites(raoping, bureau, leader)
    is_invited(raoping, enterprise)
    the_day(raoping, bureau, visitors)
    decides(raoping, bureau, office, leader)
    commits(raoping, unit, enterprise)
    everyone_reads_it(visitors(raoping, DESKTOP))

    enterprise.goes(link_in(raoping.sms(MOBILE, "活动日")))
    enterprise.sees("公开承诺", "县交通运输局")
    enterprise.looks("month-16-enterprise-end")
    assert raoping.broken(enterprise.page.url.rpartition("/")[2]) == []


def comes(house: House, day: date, hour: int = 10) -> None:
    """Let that day come, with everything that the machine does by itself."""
    house.clock.set(clock.on(day, time(hour)))
    with house.inside():
        tasks.sweep_tenant(house.tenant)
        tasks.relay(house.tenant)


def officials(house: House, visitors: Callable[..., Somebody]) -> list[Somebody]:
    """The bureau, the county's office, a leader, the unit."""
    people = (
        ("wenwanting", "温婉婷", "县政数局", "triage"), ("qiuzhiqiang", "邱志强", "县府办", "office"),
        ("yumingyuan", "余明远", "县领导", "leader"), ("zhangxuefen", "张雪芬", "县交通局", "handler"),
    )  # fmt: skip
    found = []
    for login, name, at, role in people:
        password = house.hire(login, name, at, role, password=PASSWORD)
        found.append(visitors(house, DESKTOP))
        sign_in(found[-1], login, password)
    return found


def sees_the_announcement(enterprise: Somebody) -> None:
    """Published by itself, for everyone (RP-2.1.a)."""
    enterprise.goes("/meetings")
    enterprise.sees("接受登记", "2026年4月22日（周三） 09:00")
    enterprise.looks("month-01-portal")


def reaches_the_county(house: House, bureau: Somebody, unit: Somebody, number: str) -> None:
    """The unit cannot solve it alone; the bureau agrees that it is the county's (RP-2.3.e)."""
    accept(bureau, number)
    opens(unit, number)
    unit.presses("接收")
    unit.presses("接收")
    unit.presses("无法解决，申请列入县级")
    unit.fills(opinion="涉及财政资金和多个部门，本单位无法解决。")
    unit.presses("无法解决，申请列入县级")
    opens(bureau, number)
    bureau.presses("审核是否列入县级")
    bureau.picks("决定", "同意")
    bureau.fills(opinion="情况属实，同意列入县级。")
    bureau.presses("审核是否列入县级")
    bureau.sees("已完成“审核是否列入县级”")


def step(official: Somebody, name: str, button: str = "", **fields: str) -> None:
    """From the inbox to the step that waits there, and done."""
    official.goes("/desk/")
    official.sees(name)
    official.presses(name)
    official.fills(**fields)
    official.presses(button or name)
    official.sees(f"已完成“{name}”")


def prepares_the_list(house: House, bureau: Somebody, office: Somebody) -> None:
    """Judged by the rules, reported to the office, coordinated (RP-2.4, RP-2.5)."""
    comes(house, date(2026, 4, 9))
    bureau.goes("/desk/meetings")
    bureau.looks("month-02-year")
    bureau.goes("/desk/")
    bureau.looks("month-03-inbox")
    step(bureau, "研判审核，形成问题目录")
    bureau.looks("month-04-timeline")
    bureau.presses("上会目录")
    bureau.sees("已列为县级诉求", "依据 RP-2.4.a")
    bureau.looks("month-05-agenda")
    step(office, "协调确定出席县领导")
    comes(house, date(2026, 4, 14))
    step(bureau, "目录报县政府办公室")
    comes(house, date(2026, 4, 17))
    office.goes("/desk/meetings")
    office.presses(MEETING)
    office.presses("上会目录")
    office.presses("厂区门口道路破损影响货车进出")
    office.looks("month-06-item")
    office.presses("处理建议")
    office.fills(proposal="建议由县交通运输局牵头修复，资金由县财政统筹。")
    office.presses("保存")
    step(office, "召集单位协调，提出处理建议")


def fixes_and_invites(house: House, bureau: Somebody, leader: Somebody) -> None:
    """The leader fixes the list; units and enterprises are told to come; everyone has a duty (RP-2.5, RP-2.6, RP-2.7)."""
    comes(house, date(2026, 4, 20))
    step(leader, "县领导审定当日目录")
    leader.presses("上会目录")
    leader.sees("第 1 版")
    step(bureau, "通知单位和企业参会", place="县政务服务大厅三楼")
    step(bureau, "落实现场分工", **{"duty-0": "温婉婷"})
    bureau.looks("month-07-timeline-eve")


def is_invited(house: House, enterprise: Somebody) -> None:
    """The invitation stands on the enterprise's own petition."""
    enterprise.goes(link_in(house.sms(MOBILE, "诚邀")))
    enterprise.sees(f"诚邀您参加{MEETING}", "县政务服务大厅三楼")
    enterprise.looks("month-08-invited")


def the_day(house: House, bureau: Somebody, visitors: Callable[..., Somebody]) -> None:
    """On a tablet: who came, the case, the opinion taken down; what is typed outlives a lost connection (RP-1.a)."""
    comes(house, DAY)
    tablet = visitors(house, TABLET)
    sign_in(tablet, "wenwanting", PASSWORD)
    tablet.goes("/desk/meetings")
    tablet.presses(MEETING)
    tablet.presses("到会")
    for answer in tablet.page.get_by_label("到会", exact=True).all():
        answer.check()
    tablet.presses("保存到会情况")
    tablet.looks("month-09-attendance")
    tablet.presses("当日流程")
    tablet.presses("从第一件开始")
    tablet.fills(text=OPINION, due="2026-06-30")
    tablet.page.context.set_offline(True)
    tablet.page.context.set_offline(False)
    tablet.page.reload()
    expect(tablet.page.locator("[name=text]")).to_have_value(OPINION)
    tablet.looks("month-10-run-sheet")
    tablet.presses("保存")
    tablet.sees("处理意见已保存")
    step(bureau, "举办现场活动日")


def decides(house: House, bureau: Somebody, office: Somebody, leader: Somebody) -> None:
    """Written up, reviewed by the office, approved by the leader: the unit's clock runs (RP-2.8.a)."""
    comes(house, date(2026, 4, 23))
    step(bureau, "整理领导处理意见")
    office.goes("/desk/meetings")
    office.presses(MEETING)
    office.presses("处理意见")
    office.sees(OPINION)
    office.looks("month-11-opinions")
    step(office, "县府办审核处理意见")
    step(leader, "县领导审定处理意见并交办")


def commits(house: House, unit: Somebody, enterprise: Somebody) -> None:
    """The unit publishes who answers, by when, by which measures; the enterprise's name is refused (RP-3.3)."""
    comes(house, date(2026, 4, 24))
    unit.goes("/desk/")
    unit.presses("公布责任领导、责任人、时限和措施")
    unit.presses("填写并公布")
    unit.fills(subject="饶平县海丰水产有限公司门口道路", leader="副局长 林某", person="股长 张某", due="2026-06-20", measures="五月进场，六月完工。")
    unit.page.get_by_role("button", name="公布").click()
    unit.sees("公开内容不得出现企业名称")
    unit.complaints.clear()  # the browser reports every answer 422
    unit.looks("month-12-commit")
    unit.fills(subject="厂区门口农村公路修复")
    unit.presses("公布")
    unit.sees("承诺已保存")
    unit.looks("month-13-commitments")
    comes(house, date(2026, 6, 18))
    unit.goes("/desk/meetings/commitments")
    unit.presses("登记落实")
    unit.fills(result="路面修复完工，已恢复双向通行。")
    unit.presses("登记落实")
    unit.sees("已登记落实情况")


def everyone_reads_it(stranger: Somebody) -> None:
    """On the public portal, without the enterprise (RP-3.3)."""
    stranger.goes("/meetings")
    stranger.sees("厂区门口农村公路修复", "已落实", "路面修复完工，已恢复双向通行。", "副局长 林某")
    assert "海丰" not in stranger.page.content()
    stranger.looks("month-14-portal-promise")
    stranger.goes("/")
    stranger.looks("month-15-home")
