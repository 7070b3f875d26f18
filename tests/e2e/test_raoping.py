"""The county's mechanism from the enterprise's form to the final decision, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.e2e.house import House
from tests.e2e.people import (
    DESKTOP,
    PHONE,
    Somebody,
    code_in,
    link_in,
    number_on,
    opens,
    sign_in,
    sign_in_first_time,
)

pytestmark = pytest.mark.e2e

MOBILE = "13800001234"
PASSWORD = "haifeng-2026-mima"
CONTENT = "我司厂区门口约二百米道路破损严重，雨天积水，货车进出困难，多次报修未果，影响出货，请协调修复。"
REPLY = "经现场查看，该路段属农村公路。已列入本季度修复计划，三月二十日前完成路面修补。"
DECISION = "已与企业面谈并调整计划：三月十二日前先行铺填碎石保证通行，三月二十日前完成路面修补。"
"""Raoping: 饶平县海丰水产有限公司 stands in the county's register."""


@pytest.mark.clause("RP-2.2.a")
@pytest.mark.clause("RP-2.10.c")
def test_an_enterprise_hands_in_by_phone_is_answered_and_when_not_satisfied_gets_a_final_decision(
    raoping: House, visitors: Callable[..., Somebody]
) -> None:
    first = raoping.hire("wenwanting", "温婉婷", "县政数局", "triage")
    road = raoping.hire("zhangxuefen", "张雪芬", "县交通局", "handler", password="jiaotong-2026-mima")
    enterprise = visitors(raoping, PHONE)

    register(raoping, enterprise)
    number = hand_in(enterprise)

    raoping.clock.advance(timedelta(minutes=40))
    bureau = visitors(raoping, DESKTOP)
    sign_in_first_time(bureau, "wenwanting", first, "zhengshu-2026-xin")
    accept(bureau, number)

    raoping.clock.advance(timedelta(hours=3))
    unit = visitors(raoping, DESKTOP)
    sign_in(unit, "zhangxuefen", road)
    handle(unit, number)

    raoping.clock.advance(timedelta(hours=20))
    answer(bureau, number)

    rate_unsatisfied(raoping, enterprise)
    pass_on(bureau, number)
    raoping.clock.advance(timedelta(hours=2))
    decide(unit, number)

    see_the_end(raoping, enterprise)
    petition_id = enterprise.page.url.rpartition("/")[2]
    assert raoping.broken(petition_id) == []


def register(house: House, enterprise: Somebody) -> None:
    """Credit code, name, mobile confirmed by SMS."""
    enterprise.goes("/")
    enterprise.looks("rp-01-home")
    enterprise.goes("/register")
    enterprise.fills(credit_code="91445122MAPBRNYTPQ", name="饶平县海丰水产有限公司", person_name="杨伟雄", mobile=MOBILE)
    enterprise.picks("所在镇街", "柘林镇人民政府")
    enterprise.presses("获取验证码")
    enterprise.fills(code=code_in(house.sms(MOBILE, "验证码")), password=PASSWORD)
    enterprise.looks("rp-02-register")
    enterprise.presses("注册并登录")
    enterprise.sees("注册成功")


def hand_in(enterprise: Somebody) -> str:
    """Three steps, with a photograph of the place; answers the petition's number."""
    enterprise.fills(title="厂区门口道路破损影响货车进出", content=CONTENT, wish="尽快修复路面")
    enterprise.picks("诉求类别", "疑难问题")
    enterprise.picks("诉求事项", "道路交通")
    enterprise.looks("rp-03-step-content")
    enterprise.presses("下一步")
    enterprise.page.set_input_files("[name=files]", {"name": "门口路面.jpg", "mimeType": "image/jpeg", "buffer": enterprise.page.screenshot(type="jpeg")})
    enterprise.presses("上传所选附件")
    enterprise.sees("门口路面.jpg")
    enterprise.looks("rp-04-step-contact")
    enterprise.presses("下一步")
    enterprise.sees("饶平县海丰水产有限公司", "门口路面.jpg", "尽快修复路面")
    enterprise.looks("rp-05-step-confirm")
    enterprise.presses("确认提交")
    enterprise.sees("提交成功", "正在甄别诉求、确定主办单位")
    enterprise.looks("rp-06-tracking-received")
    return number_on(enterprise)


def accept(bureau: Somebody, number: str) -> None:
    """Name the unit that leads (RP-2.3.a)."""
    bureau.goes("/desk/")
    bureau.looks("rp-07-desk-inbox")
    opens(bureau, number)
    bureau.sees("门口路面.jpg", CONTENT)
    bureau.looks("rp-08-desk-case")
    bureau.presses("受理并交办")
    bureau.picks("受理依据", "属本级职能范围")
    bureau.picks("主办单位", "县交通运输局")
    bureau.fills(opinion="请县交通运输局牵头，会同柘林镇核实路况后办理。")
    bureau.looks("rp-09-desk-accept")
    bureau.presses("受理并交办")
    bureau.sees("已完成“受理并交办”")


def handle(unit: Somebody, number: str) -> None:
    """Receive, speak with the enterprise, submit the opinion (RP-2.3.b, RP-2.9, RP-2.3.d)."""
    opens(unit, number)
    unit.presses("接收")
    unit.presses("接收")
    unit.presses("登记与企业联系")
    unit.picks("方式", "电话")
    unit.fills(with_whom="杨伟雄", text="已电话联系，约定当日下午现场查看。")
    unit.presses("登记与企业联系")
    unit.presses("提交办理意见")
    unit.fills(reply=REPLY)
    unit.picks("办理结果", "已解释说明")
    unit.looks("rp-10-desk-reply")
    unit.presses("提交办理意见")
    unit.sees("已完成“提交办理意见”")


def answer(bureau: Somebody, number: str) -> None:
    """One way of answering all enterprises (RP-2.8.b); the unit's opinion is the suggestion."""
    opens(bureau, number)
    bureau.presses("统一回复企业")
    assert bureau.page.locator("main [name=reply]").input_value() == REPLY
    bureau.presses("统一回复企业")
    bureau.sees("已完成“统一回复企业”")


def rate_unsatisfied(house: House, enterprise: Somebody) -> None:
    """From the link in the SMS to the rating (RP-2.10.a)."""
    enterprise.goes(link_in(house.sms(MOBILE, "已回复")))
    enterprise.sees("请您评价办理结果", REPLY)
    enterprise.looks("rp-11-tracking-answered")
    enterprise.presses("去办理")
    enterprise.picks("企业评价", "不满意")
    enterprise.fills(text="三月二十日太晚，雨季货车进不来。")
    enterprise.looks("rp-12-rate")
    enterprise.presses("提交评价")
    enterprise.sees("已收到您的不满意评价")


def pass_on(bureau: Somebody, number: str) -> None:
    """The dissatisfaction goes back to the unit (RP-2.10.c)."""
    opens(bureau, number)
    bureau.presses("转主办单位再沟通")
    bureau.fills(opinion="请与企业当面沟通，先保证通行。")
    bureau.presses("转主办单位再沟通")
    bureau.sees("已完成“转主办单位再沟通”")


def decide(unit: Somebody, number: str) -> None:
    """No final decision without having spoken with the enterprise again."""
    opens(unit, number)
    unit.presses("登记与企业联系")
    unit.picks("方式", "上门走访")
    unit.fills(with_whom="杨伟雄", text="到厂面谈，企业同意先铺碎石再修补。")
    unit.presses("登记与企业联系")
    unit.presses("作出最后处理决定")
    unit.fills(reply=DECISION)
    unit.presses("作出最后处理决定")
    unit.sees("已完成“作出最后处理决定”")
    unit.looks("rp-13-desk-closed")


def see_the_end(house: House, enterprise: Somebody) -> None:
    """The tracking page shows each step, and who took it."""
    enterprise.goes(link_in(house.sms(MOBILE, "最后处理决定")))
    enterprise.sees("最后处理决定", DECISION, "县交通运输局")
    enterprise.sees("诉求已提交", "已交县交通运输局办理", "主办单位已接收", "承办单位已与您联系", "已答复", "您的评价：不满意")
    enterprise.sees("主办单位正与企业沟通并作最后处理")
    enterprise.looks("rp-14-tracking-closed")
