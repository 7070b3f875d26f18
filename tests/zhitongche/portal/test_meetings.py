"""What everyone may know of meetings, and what an enterprise is told on its own petition."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.stage import Play
from tests.zhitongche.meetings.conftest import House
from tests.zhitongche.meetings.test_month import DAY, LEAD, april, decided, up_to_the_eve
from tests.zhitongche.portal.conftest import Browser, Inside, text_of
from zhitongche import meetings
from zhitongche.kernel import clock as kernel_clock
from zhitongche.meetings import commitments


def eve(raoping: Play, clock: kernel_clock.Simulated) -> House:
    """The evening before the day."""
    house = House(raoping, clock)
    up_to_the_eve(house)
    return house


@pytest.mark.clause("RP-2.1.a")
def test_everyone_reads_the_announcement_with_its_window_and_the_ways_to_register(
    visitor: Browser, raoping: Play, inside: Inside, clock: kernel_clock.Simulated
) -> None:
    assert "下一次还没有公告" in visitor.get("/meetings").text
    with inside():
        house = House(raoping, clock)
        house.at(date(2026, 4, 1))
        april(house)
    page = text_of(visitor.get("/meetings").text)
    for shown in ("2026年4月现场活动日", "接受登记", "2026年4月1日（周三） 至 2026年4月8日（周三）", "拨打 12345"):
        assert shown in page
    paper = visitor.get(f"/meetings/{house.id}/announcement")
    assert (paper.status_code, paper.data[:5]) == (200, b"%PDF-")
    assert f"DTSTART:{DAY:%Y%m%d}T010000Z" in visitor.get("/meetings.ics").text
    assert "2026年4月现场活动日" in visitor.get("/").text


@pytest.mark.clause("RP-2.6")
def test_an_invited_enterprise_is_told_on_its_own_petition_and_nobody_else_is(
    owner: Browser, stranger: Browser, raoping: Play, inside: Inside, clock: kernel_clock.Simulated
) -> None:
    with inside():
        petition = eve(raoping, clock).cases["甲"]
    assert "诚邀您参加2026年4月现场活动日" in owner.get(f"/petitions/{petition}").text
    assert "BEGIN:VEVENT" in owner.get(f"/petitions/{petition}/meeting.ics").text
    assert stranger.get(f"/petitions/{petition}/meeting.ics").status_code == 404


@pytest.mark.clause("RP-3.3")
def test_commitments_and_their_fulfilment_are_public_and_tell_nothing_of_the_enterprise(
    owner: Browser, raoping: Play, inside: Inside, clock: kernel_clock.Simulated
) -> None:
    visitor = Browser(owner.client.application.test_client(), owner.host)
    with inside():
        house = eve(raoping, clock)
        decided(house)
        said = {"subject": "厂区门口道路修复", "leader": "副局长", "person": "股长", "due": "2026-06-20", "measures": "五月进场"}
        house.act("commit", LEAD, petition=str(house.cases["甲"]), **said)
        number = house.play.petition.number
    page = visitor.get("/meetings").text
    assert all(shown in page for shown in ("厂区门口道路修复", "副局长", "股长", "五月进场", "落实中"))
    assert not any(secret in page for secret in ("甲公司", "陈静", number, "六月底前完成修复"))
    assert "公开承诺" in owner.get(f"/petitions/{house.cases['甲']}").text
    with inside():
        (published,) = commitments.listing(house.id)
        house.do(lambda _m, one, actor, form: meetings.fulfil(one, actor, form), published.id, who=LEAD, result="已完工通车")
    assert "已完工通车" in visitor.get("/meetings?state=done").text
    assert "已完工通车" not in visitor.get("/meetings?state=open").text


@pytest.mark.clause("ST-4.2")
def test_an_enterprise_says_on_its_petition_that_it_does_not_want_to_be_discussed_and_takes_it_back(
    city: Browser, shantou: Play, inside: Inside
) -> None:
    with inside("shantou"):
        petition = shantou.hand_in().id
    path = f"/petitions/{petition}"
    assert "是否愿意上会" in city.get(path).text
    page = city.get(f"{path}/do/keep_off").text
    assert "会议目录审定之前都可以改变主意" in page
    version = page.partition('name="version" type="hidden" value="')[2].partition('"')[0]
    assert city.post(f"{path}/do/keep_off", page=f"{path}/do/keep_off", version=version, reason="已与单位商定").status_code == 302
    shown = city.get(path).text
    assert "您已提出不上会" in shown
    assert "同意上会" in shown


def test_a_tenant_that_announces_no_meetings_has_no_public_page_of_them(city: Browser) -> None:
    assert city.get("/meetings").status_code == 404
    assert 'href="/meetings"' not in city.get("/").text
