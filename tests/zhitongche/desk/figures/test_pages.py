"""The pages of figures: who sees which, what is late and whose, and that every number opens what it counts."""

import html
import re
from uuid import UUID

import pytest

from tests.zhitongche.desk.conftest import Office
from tests.zhitongche.desk.figures.conftest import OTHER
from tests.zhitongche.desk.test_inbox import HANDLER, accept, titles
from zhitongche.kernel import clock as kernel_clock
from zhitongche.persistence import db, unit_of_work
from zhitongche.statistics.definitions import installed
from zhitongche.supervision.tables import Problem

AT = "/desk/figures"


def text(page: str) -> str:
    """What a person reads of it."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page.partition("<main")[2])))


def row_of(page: str, name: str) -> str:
    """The table row that a name heads."""
    rows = re.findall(r"<tr.*?</tr>", page, re.DOTALL)
    return next(row for row in rows if re.search(rf"<th[^>]*>\s*(<a[^>]*>)?{name}<", row))


def links(piece: str) -> list[str]:
    """Where its links lead."""
    return [html.unescape(found) for found in re.findall(r'href="([^"#]+)', piece)]


@pytest.mark.clause("ST-1.1.3")
def test_the_overview_tells_what_is_late_whose_and_since_when_and_what_changed(late: Office) -> None:
    page = late.at_desk("leader").see(f"{AT}/overview")
    unit = next(unit for unit in late.play.pack.units if unit.code == HANDLER)
    assert "1 件 超期未办结，涉及 1 个责任方，最早的自 2026年3月" in text(page)
    assert titles(page.partition("超期最久的")[2].partition("</table>")[0]) == ["厂区门口道路破损"]
    held = row_of(page, unit.name)
    assert [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td.*?</td>", held, re.DOTALL)][:2] == ["1", "1"]
    compared = page.partition('id="compared"')[2]
    assert "收到诉求 2 0 增加2件" in text("<main" + row_of(compared, "收到诉求"))
    assert "增加1件，变差" in row_of(compared, "超期未办结")
    for chart in ("flow", "satisfaction", "on-time", "refused"):
        assert f'id="{chart}"' in page


@pytest.mark.clause("ST-1.1.4")
def test_the_overview_names_the_largest_groups_of_what_repeats_and_opens_them(raoping: Office) -> None:
    now = kernel_clock.now()
    with unit_of_work():
        for size, area in ((3, "三饶镇"), (7, "工业园区")):
            db.session.add(Problem(key=area, area=area, subject="roads", ground=f"近90天{size}件，前90天1件", size=size, proposed_at=now, updated_at=now))
    page = raoping.at_desk("leader").see(f"{AT}/overview").partition('id="repeats"')[2].partition("</section>")[0]
    assert re.findall("近90天(.)件", page) == ["7", "3"]
    assert "工业园区：" in page
    first, *_ = links(page)
    assert raoping.at_desk("leader").get(first).status_code == 200


def test_every_number_of_the_overview_opens_a_page_and_the_petitions_behind_it(late: Office) -> None:
    official = late.at_desk("supervision")
    page = official.see(f"{AT}/overview")
    ways = {way for way in links(page.partition("<main")[2]) if way.startswith(AT)}
    assert len([way for way in ways if "/petitions?" in way]) > 8
    assert {way: official.get(way).status_code for way in ways if official.get(way).status_code != 200} == {}
    (received, *_) = [way for way in links(row_of(page, "收到诉求")) if "/petitions" in way]
    assert titles(official.see(received)) == ["厂区门口道路破损", "另一件：不予受理的事"]
    (refused,) = [way for way in links(row_of(page, "不予受理")) if "/petitions" in way]
    assert titles(official.see(refused)) == ["另一件：不予受理的事"]


@pytest.mark.clause("ST-5.3")
def test_a_unit_sees_its_figures_against_its_limits_and_all_units_together(late: Office) -> None:
    page = late.at_desk(HANDLER).see(f"{AT}/own")
    receive = row_of(page, "平台接收")
    assert "0%" in receive
    assert "0/1" in receive
    opinion = row_of(page, "回复办理意见")
    assert "1 件" in opinion
    assert "已超期 1 件" in opinion
    assert "依据 RP-2.3.d" in opinion
    rate = text("<main" + row_of(page, "按时率"))
    assert "按时率 0% 0/2" in rate
    assert links(row_of(page, "按时率"))[0].startswith(f"{AT}/on_time_rate?")
    assert titles(late.at_desk(OTHER).see(f"{AT}/own")) == []


def test_who_has_no_part_in_figures_is_kept_out(late: Office) -> None:
    pages = ("", "/overview", "/own", "/received", "/received/petitions", "/objections")
    for who in ("admin", "window", "hotline", "reviewer"):
        official = late.at_desk(who)
        assert [official.get(AT + page).status_code for page in pages] == [403] * len(pages), who
        assert f'href="{AT}' not in official.see("/desk/")
    assert late.at_desk(HANDLER).get(f"{AT}/overview").status_code == 403
    assert late.at_desk("leader").get(f"{AT}/own").status_code == 403


def test_a_handler_gets_the_own_units_numbers_whatever_unit_the_address_names(late: Office) -> None:
    unit = late.play.unit(HANDLER)
    mine = late.at_desk(OTHER).see(f"{AT}/on_time_rate", unit=unit)
    assert "0/2" not in mine
    assert "按单位" not in mine
    assert titles(late.at_desk(OTHER).see(f"{AT}/on_time_rate/petitions", unit=unit, part="denominator")) == []
    theirs = late.at_desk("triage").see(f"{AT}/on_time_rate", unit=unit)
    assert "0/2" in theirs


def test_a_definition_shows_its_formula_its_source_and_what_it_is_made_of(late: Office) -> None:
    page = late.at_desk("triage").see(f"{AT}/on_time_rate")
    figure = installed().figures["on_time_rate"]
    told = text(page)
    for part in (figure.name, figure.meaning, figure.excluded, figure.period, "依据 ST-5.3", "按时完成 ＋ 逾期", "2/4", "按时限", "按单位"):
        assert part.replace(" ", "") in told.replace(" ", ""), part
    behind = [way for way in links(page) if "/petitions" in way and "part=numerator" in way]
    assert behind


def test_every_figure_has_a_page_and_a_list_behind_it(late: Office) -> None:
    official = late.at_desk("triage")
    page = official.see(AT)
    for code in installed().figures:
        assert f'href="{AT}/{code}?' in page
        official.see(f"{AT}/{code}", period="year", by="week")
        official.see(f"{AT}/{code}/petitions", period="quarter", part="denominator", key="")


@pytest.mark.clause("ST-5.1")
def test_petitions_that_one_may_not_read_are_counted_and_not_shown(late: Office) -> None:
    play = late.play
    play.hand_in(title="后来改派给别人的事")
    accept(late)
    play.act("object", HANDLER, reason="不属于本单位职责。", should_be=play.unit(OTHER))
    play.act("settle", "triage", verdict="agree", reason="异议成立。", lead=play.unit(OTHER))
    page = late.at_desk(HANDLER).see(f"{AT}/handed/petitions")
    assert "共 2 件次" in page
    assert "另有 1 件您无权查看" in page
    assert titles(page) == ["厂区门口道路破损"]
    assert "后来改派" not in page
    assert "另有" not in late.at_desk("triage").see(f"{AT}/handed/petitions")


def test_pages_of_petitions_go_on_by_key(late: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhitongche.desk.figures.behind.PAGE", 1)
    official = late.at_desk("triage")
    first = official.see(f"{AT}/received/petitions")
    (following,) = [way for way in links(first) if "after=" in way]
    second = official.see(following)
    assert {*titles(first), *titles(second)} == {"另一件：不予受理的事", "厂区门口道路破损"}
    assert "after=" not in "".join(way for way in links(second) if "下一页" in way)


def test_a_span_that_makes_no_sense_is_told_beside_its_field_and_the_page_stays(late: Office) -> None:
    answer = late.at_desk("triage").get(f"{AT}/overview", period="span", first="2026-03-09", last="2026-03-01", by="week")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "结束日期不能早于开始日期" in page
    assert 'value="2026-03-09"' in page
    assert '<input type="hidden" name="by" value="week">' in page


@pytest.mark.parametrize("bad", ["/nothing", "/nothing/petitions", "/received/petitions?part=all", "/received/petitions?after=x", "/received?unit=x", f"/received?unit={UUID(int=1)}"])
def test_an_address_that_names_nothing_is_not_found(raoping: Office, bad: str) -> None:
    assert raoping.at_desk("triage").get(AT + bad).status_code == 404
