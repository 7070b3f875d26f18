"""The inbox shows what I owe, the most urgent first."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from tests.support.database import Database
from tests.zhitongche.desk.conftest import Office, office_of
from zhitongche.kernel import clock as kernel_clock

HANDLER = "jiaotong"


def accept(office: Office, lead: str = HANDLER, co: tuple[str, ...] = ()) -> None:
    play = office.play
    ground = next(iter(play.pack.grounds_accept))
    play.act("accept", "triage", accept_ground=ground, lead=play.unit(lead), co=[play.unit(one) for one in co])


def titles(page: str) -> list[str]:
    """Titles of the table's rows, in order."""
    return re.findall(r'<th scope="row"[^>]*>\s*<a href="[^"]+">([^<]+)</a>', page)


def tile(page: str, label: str) -> int:
    """The count on a tile."""
    found = re.search(rf'tile-label">{label}</span>\s*<span class="tile-value">(\d+)', page)
    assert found, label
    return int(found[1])


def test_the_earliest_due_stands_first_and_late_ones_are_counted(raoping: Office, clock: kernel_clock.Simulated) -> None:
    for title in ("第一件：道路破损", "第二件：用电增容"):
        raoping.play.hand_in(title=title)
        clock.advance(timedelta(days=6))
    page = raoping.at_desk("triage").see("/desk/")
    assert titles(page) == ["第一件：道路破损", "第二件：用电增容"]
    assert (tile(page, "已超期"), tile(page, "全部")) == (2, 2)


def test_what_is_not_mine_to_do_is_not_in_my_inbox(raoping: Office) -> None:
    raoping.play.hand_in()
    assert tile(raoping.at_desk(HANDLER).see("/desk/"), "全部") == 0
    accept(raoping)
    assert tile(raoping.at_desk("triage").see("/desk/"), "全部") == 0
    page = raoping.at_desk(HANDLER).see("/desk/")
    assert "平台接收" in page
    assert "依据 RP-2.3.b" in page
    assert tile(raoping.at_desk("zhujian").see("/desk/"), "全部") == 0


def test_a_co_organizer_finds_its_own_part_and_not_the_lead_units(raoping: Office) -> None:
    raoping.play.hand_in()
    accept(raoping, co=("huanggang",))
    page = raoping.at_desk("huanggang").see("/desk/")
    assert "提交协办意见" in page
    assert "平台接收" not in page


def test_a_filter_by_state_keeps_the_other_filters_in_its_address(raoping: Office, clock: kernel_clock.Simulated) -> None:
    raoping.play.hand_in(title="投诉一件：办证太慢", category="complaint")
    raoping.play.hand_in(title="咨询一件：如何办证", category="consultation")
    official = raoping.at_desk("triage")
    page = official.see("/desk/", category="complaint")
    assert titles(page) == ["投诉一件：办证太慢"]
    late = re.search(r'href="([^"]*state=late[^"]*)"', page)
    assert late
    assert "category=complaint" in late[1]
    clock.advance(timedelta(days=7))
    assert titles(official.see(late[1].replace("&amp;", "&"))) == ["投诉一件：办证太慢"]


def test_the_second_page_goes_on_where_the_first_ended_and_leads_back(raoping: Office, clock: kernel_clock.Simulated) -> None:
    for number in range(23):
        raoping.play.hand_in(title=f"第{number:02d}件诉求")
        clock.advance(timedelta(days=1) if number == 11 else timedelta(0))
    official = raoping.at_desk("triage")
    first = official.see("/desk/")
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following
    second = official.see(following[1])
    assert len(titles(first)) == 20
    assert sorted(titles(first) + titles(second)) == [f"第{number:02d}件诉求" for number in range(23)]
    previous = re.search(r'rel="prev" href="([^"]+)"', second)
    assert previous
    assert titles(official.see(previous[1])) == titles(first)


@pytest.mark.parametrize("spoilt", ["after=abc", "before=1.2", "state=x&unit=1", "after=99999999999999999999.00"])
def test_a_spoilt_address_shows_the_inbox_all_the_same(raoping: Office, spoilt: str) -> None:
    raoping.play.hand_in()
    assert titles(raoping.at_desk("triage").see(f"/desk/?{spoilt}"))


def test_my_units_cases_in_which_others_have_the_turn_are_listed_below(raoping: Office) -> None:
    raoping.play.hand_in(title="已回复待统一答复")
    accept(raoping)
    raoping.play.act("receive", HANDLER)
    raoping.play.act("reply", HANDLER, reply="已修复路面。", resolution="resolved")
    page = raoping.at_desk(HANDLER).see("/desk/")
    assert tile(page, "全部") == 0
    assert "本单位其他在办件" in page
    assert titles(page) == ["已回复待统一答复"]


def test_the_rail_says_how_much_waits_and_that_some_of_it_is_late(raoping: Office, clock: kernel_clock.Simulated) -> None:
    raoping.play.hand_in()
    official = raoping.at_desk("triage")
    assert 'class="count urgent"' not in official.see("/desk/petitions")
    clock.advance(timedelta(days=10))
    assert 'class="count urgent"' in official.see("/desk/petitions")


def test_the_desk_of_a_province_that_takes_no_petitions_opens_too(served_app: Flask, tenant_db: Database) -> None:
    for province in office_of(served_app, "guangdong"):
        official = province.at_desk("admin")
        first = official.get("/desk/").headers["Location"]
        assert first == "/desk/admin/people", "there is no inbox where nothing is handed in"
        for address in set(re.findall(r'href="(/desk/[^"#?]*)"', official.see(first))) - {"/desk/"}:
            assert official.get(address).status_code == 200, address
