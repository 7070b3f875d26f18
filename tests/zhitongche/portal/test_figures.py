"""How it goes, told to everyone: what may be public, and no few nor what would give them away."""

from __future__ import annotations

import re
from datetime import date

from flask import Flask

from tests.support.pages import Visitor
from tests.zhitongche.portal.conftest import text_of
from tests.zhitongche.province.conftest import Put, put  # noqa: F401  a fixture
from zhitongche.portal import openness
from zhitongche.statistics import definitions

JANUARY, FEBRUARY, MARCH = (date(2026, month, 1) for month in (1, 2, 3))


def portal(app: Flask, code: str) -> Visitor:
    return Visitor(app.test_client(), f"http://{code}.localhost")


def figure(page: str, code: str) -> list[str]:
    """What stands beside a figure's name: this month, this year."""
    box = page[page.index(f'id="f-{code}"') :].partition("</dl>")[0]
    return [text_of(one).strip() for one in re.findall(r"<dd>(.*?)</dd>", box, re.DOTALL)]


def test_everyone_reads_what_is_public_and_how_it_is_reckoned(served_app: Flask, put: Put) -> None:  # noqa: F811
    put("chenghai", JANUARY, received=31, kept=40, missed=10)
    put("chenghai", MARCH, received=20, kept=45, missed=5)
    page = portal(served_app, "chenghai").see("/figures")
    assert figure(page, "received") == ["20 件", "51 件"]
    assert figure(page, "on_time_rate") == ["90.0% 45/50", "85.0% 85/100"]
    opened = [one for one in definitions.installed().figures.values() if one.public]
    assert re.findall(r'<h2 id="f-(\w+)"', page) == [one.code for one in opened]
    assert "按时完成 ÷ （按时完成＋逾期）" in page
    assert 'id="f-objection_rate"' not in page
    assert 'href="/figures"' in portal(served_app, "chenghai").see("/")


def test_a_month_of_few_is_not_told_nor_by_the_years_sum(served_app: Flask, put: Put) -> None:  # noqa: F811
    for month, n in ((JANUARY, 31), (FEBRUARY, 12), (MARCH, 3)):
        put("chenghai", month, received=n, finished=20)
    page = portal(served_app, "chenghai").see("/figures")
    assert figure(page, "received") == ["<5", "46 件"]
    assert figure(page, "finished") == ["20 件", "60 件"]
    table = re.search(r'<figure class="chart" id="cases".*?</figure>', page, re.DOTALL)
    assert table
    # 46 less 31 and 12 would be three.
    assert "31" in text_of(table[0])
    assert "12" not in re.findall(r"\d+", text_of(table[0]).replace("12月", ""))


def test_a_rate_of_few_is_not_told(served_app: Flask, put: Put) -> None:  # noqa: F811
    put("chenghai", MARCH, rated=4, satisfied=4, kept=3, missed=30)
    page = portal(served_app, "chenghai").see("/figures")
    assert figure(page, "satisfaction_given") == ["— <5", "— <5"]
    assert figure(page, "on_time_rate")[0] == "<15.2% <5/33"


def test_above_only_what_each_tells_itself_is_summed(served_app: Flask, put: Put) -> None:  # noqa: F811
    put("chenghai", MARCH, received=20, kept=40, missed=10)
    put("shantou", MARCH, received=100, kept=150, missed=0)
    put("raoping", MARCH, received=3, kept=2, missed=1)
    page = portal(served_app, "guangdong").see("/figures")
    assert figure(page, "received") == ["120 件"], "the three are not in it, so that nobody finds them by taking away"
    assert figure(page, "on_time_rate") == ["95.0% 190/200"]


def test_a_new_portal_has_the_page_too(served_app: Flask, put: Put) -> None:  # noqa: F811
    assert figure(portal(served_app, "raoping").see("/figures"), "received") == ["<5", "<5"]
    assert len(openness.public()) > 10
