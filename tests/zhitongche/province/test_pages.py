"""Who looks from above, at sums only: nobody else gets in, and no way leads from here to a petition."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask

from tests.support.database import Database
from tests.support.pages import Visitor
from tests.support.stage import Play
from tests.zhitongche.province.conftest import Put, line
from zhitongche.kernel import clock as kernel_clock
from zhitongche.persistence import tenant_scope
from zhitongche.province import words
from zhitongche.statistics import Period, figures
from zhitongche.tenancy import current

PAGES = ("", "/map", "/trend", "/trend?place=chenghai", "/flows", "/figures/received", "/places/chenghai", "/sheet")
Official = Callable[[str, str], Visitor]
CANARY = "金丝雀7311"


@pytest.mark.parametrize(("tenant", "role"), [("guangdong", "admin"), ("guangdong", "operator"), ("shantou", "triage"), ("shantou", "handler"), ("chenghai", "leader")])
def test_no_other_role_and_nobody_below_whom_there_is_none_sees_them(official: Official, tenant: str, role: str) -> None:
    visitor = official(tenant, role)
    assert {visitor.get(f"/desk/regions{page}").status_code for page in PAGES} == {403}
    assert "各地运行" not in visitor.see("/desk/notices")


def test_a_citys_leader_sees_its_districts_and_no_other_citys(put: Put, official: Official) -> None:
    put("chenghai", received=40)
    put("raoping", received=77)
    leader = official("shantou", "leader")
    page = leader.see("/desk/regions", period="2026-03")
    assert line(page, "澄海区")[0].startswith("40")
    assert "饶平县" not in page
    foreign, missing = (leader.get(f"/desk/regions/places/{code}") for code in ("raoping", "nobody"))
    assert (foreign.status_code, missing.status_code) == (404, 404)
    foreign_page, missing_page = (re.sub(r'name="csrf_token"[^>]*', "", answer.text) for answer in (foreign, missing))
    assert foreign_page.replace("raoping", "nobody") == missing_page


def test_every_link_of_these_pages_stays_within_figures(put: Put, province: Visitor) -> None:
    put("chenghai", received=40, risen=9, kept=20, missed=6)
    allowed = re.compile(r"/desk/(regions|figures|reports|account|notices|sign-out|$)|/desk/parts/|/desk/reports|/assets/|/brand|/province-assets/|#|\?")
    seen, ahead = set(), ["/desk/regions", *(f"/desk/regions?set={one}" for one in words.SETS)]
    while ahead:
        path = ahead.pop()
        page = province.see(path)
        links = set(re.findall(r'(?:href|action)="([^"]*)"', page.replace("&amp;", "&")))
        assert [link for link in links if not allowed.match(link)] == [], path
        within = {link.partition("?")[0] for link in links if link.startswith("/desk/regions")} - {"/desk/regions/sheet"}
        ahead += [link for link in within - seen if link not in ahead]
        seen |= within | {path}
    assert len(seen) > 25


def test_a_figure_opens_its_definition(put: Put, province: Visitor) -> None:
    put("chenghai", kept=20, missed=6)
    page = province.see("/desk/regions/figures/on_time_rate", period="2026-03")
    assert "按时完成 ÷ （按时完成＋逾期）" in page
    assert "76.9%" in page
    assert province.get("/desk/regions/figures/step_median").status_code == 404


def test_a_tenants_page_says_what_it_is_among_all(put: Put, province: Visitor) -> None:
    put("chenghai", kept=20, missed=6)
    put("shantou", kept=90, missed=10)
    page = province.see("/desk/regions/places/chenghai", period="2026-03", set="pace")
    assert line(page, "按时率%") == ["76.9%20/26", "2/2", "87.3%110/126", "87.3%110/126", "趋势：按时率"]


def test_what_rises_is_counted_by_level_and_from_place_to_place(put: Put, province: Visitor) -> None:
    put("huanggang", risen=12, taken_above=8, returned_above=9, decided_above=6)
    put("raoping", risen=20, taken_above=15, returned_above=5, decided_above=10)
    put("chenghai", risen=30, taken_above=25, returned_above=5, decided_above=20)
    page = province.see("/desk/regions/flows", period="2026-03")
    assert line(page, "镇级上报") == ["12", "8", "9", "6"]
    assert line(page, "县（区）级上报") == ["50", "40", "10", "30"]
    assert line(page, "黄冈镇 → 饶平县") == ["12", "8", "9", "6"]
    assert line(page, "澄海区")[0] == "汕头市"


def test_no_petitions_words_nor_names_come_up_to_the_province(
    served_app: Flask, tenant_db: Database, clock: kernel_clock.Simulated, province: Visitor, official: Official
) -> None:
    secrets = {CANARY, "甲公司", "13800001234", "91440500617540496Q"}
    for code in ("chenghai", "raoping"):
        with served_app.app_context(), tenant_scope(code):
            play = Play.open(current.registry()[code])
            for _ in range(6):
                petition = play.hand_in(contact_name=f"陈{CANARY}", **dict.fromkeys(("title", "content", "wish"), f"厂区门口道路破损影响货车进出请协调{CANARY}"))
                secrets |= {petition.number, str(petition.id)}
            whole = figures.read(["received"], Period.month(kernel_clock.today()))["received"]
    page = province.see("/desk/regions", period="2026-03")
    assert line(page, "饶平县")[0] == str(whole.numerator) == "6"
    assert line(page, "全部合计")[0] == "12", "what a tenant counts for itself is what is summed above"
    for visitor in (province, official("chaozhou", "supervision")):
        for path in PAGES:
            body = visitor.get(f"/desk/regions{path}").data.decode("utf-8", "replace")
            assert not [secret for secret in secrets if secret in body], path
