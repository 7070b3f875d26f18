"""The register: found by number, enterprise, code and any Chinese words, only as far as one may read."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from tests.support.stage import CREDIT_CODES
from tests.zhitongche.desk.conftest import Office
from tests.zhitongche.desk.test_inbox import HANDLER, accept, titles
from zhitongche.casework.tables import Rating, ReadLog
from zhitongche.kernel import clock as kernel_clock
from zhitongche.persistence import db


def rows_of(content: bytes) -> list[tuple[object, ...]]:
    """All rows of an exported register."""
    return list(load_workbook(BytesIO(content)).active.iter_rows(values_only=True))


@pytest.mark.parametrize("query", ["甲公司", CREDIT_CODES[0], "水产加工", "加工厂用电", "RP2026000002"])
def test_a_petition_is_found_by_number_enterprise_code_and_any_words(raoping: Office, query: str) -> None:
    raoping.play.hand_in(title="厂区门口道路破损", content="道路破损严重，请协调修复路面。")
    raoping.play.hand_in(title="水产加工厂用电增容", content="水产加工厂申请增容没有答复。")
    assert "水产加工厂用电增容" in titles(raoping.at_desk("triage").see("/desk/petitions", q=query))


def test_words_that_stand_apart_in_the_text_are_not_taken_for_a_phrase(raoping: Office) -> None:
    raoping.play.hand_in(title="路面修复与道旁排水", content="道旁排水不畅，路面需要修复。")
    assert titles(raoping.at_desk("triage").see("/desk/petitions", q="道路")) == []


def test_a_unit_finds_only_its_own_cases(raoping: Office) -> None:
    raoping.play.hand_in(title="交通局的一件")
    accept(raoping)
    raoping.play.hand_in(title="还没有交办的一件")
    assert titles(raoping.at_desk(HANDLER).see("/desk/petitions")) == ["交通局的一件"]
    assert titles(raoping.at_desk("zhujian").see("/desk/petitions", q="交通局")) == []
    assert titles(raoping.at_desk("admin").see("/desk/petitions")) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"open": "open"}, True), ({"open": "closed"}, False), ({"late": "now"}, True), ({"late": "ever"}, True),
        ({"source": "web"}, True), ({"source": "hotline"}, False), ({"level": "unit"}, True), ({"level": "county"}, False),
        ({"since": "2026-03-06"}, True), ({"since": "2026-03-07"}, False), ({"until": "2026-03-05"}, False), ({"until": "2026-03-06"}, True),
        ({"stage": "screening"}, True), ({"stage": "closed"}, False), ({"rating": "none"}, True), ({"rating": "satisfied"}, False),
        ({"since": "没有这天", "unit": "x", "level": "'; drop table"}, False), ({"since": "没有这天", "unit": "x"}, True),
    ],
)  # fmt: skip
def test_each_filter_finds_what_it_says(raoping: Office, clock: kernel_clock.Simulated, query: dict[str, str], found: bool) -> None:
    raoping.play.hand_in()
    clock.advance(timedelta(days=8))
    assert bool(titles(raoping.at_desk("triage").see("/desk/petitions", **query))) is found


@pytest.mark.clause("RP-2.10.b")
def test_a_default_rating_is_found_as_default_and_never_among_the_satisfied(raoping: Office, clock: kernel_clock.Simulated) -> None:
    play = raoping.play
    play.hand_in()
    accept(raoping)
    play.act("receive", HANDLER)
    play.act("reply", HANDLER, reply="已修复路面。", resolution="resolved")
    play.act("answer", "triage", reply="已修复路面。")
    clock.advance(timedelta(days=6))
    play.sweep()
    official = raoping.at_desk("triage")
    assert titles(official.see("/desk/petitions", rating="default"))
    assert titles(official.see("/desk/petitions", rating="satisfied")) == []
    assert "不计入满意率" in official.see(raoping.case)


def test_it_is_the_last_rating_that_counts_in_the_filter(raoping: Office, clock: kernel_clock.Simulated) -> None:
    raoping.play.hand_in()
    for satisfaction in ("unsatisfied", "satisfied"):
        clock.advance(timedelta(days=1))
        db.session.add(Rating(petition_id=raoping.play.petition_id, given_by="enterprise", satisfaction=satisfaction, at=kernel_clock.now()))
        db.session.commit()
        for asked in ("satisfied", "unsatisfied"):
            assert bool(titles(raoping.at_desk("triage").see("/desk/petitions", rating=asked))) is (asked == satisfaction)
    assert titles(raoping.at_desk("triage").see("/desk/petitions", rating="unheard-of")) == []


@pytest.mark.clause("ST-3.1.2")
def test_the_filtered_register_is_exported_with_source_time_and_matter_and_who_made_it_when(shantou: Office) -> None:
    shantou.play.hand_in(title="用电增容没有答复", category="complaint", matter=next(iter(shantou.play.pack.matters)))
    shantou.play.hand_in(title="咨询补贴政策", category="consultation")
    answer = shantou.at_desk("triage").get("/desk/petitions/export", category="complaint")
    head, line, columns, *rows = rows_of(answer.get_data())
    assert "诉求台账" in str(head[0])
    assert "导出人：triage某" in str(line[0])
    assert "导出时间：2026-03-06 10:00" in str(line[0])
    assert "类别：" in str(line[0])
    first = dict(zip(columns, rows[0], strict=True))
    assert len(rows) == 1
    assert (first["诉求来源"], first["收件时间"]) == ("企业网上提交", "2026-03-06 10:00")
    assert first["诉求事项"] == next(iter(shantou.play.pack.matters.values())).name


@pytest.mark.clause("ST-5.1")
def test_an_export_is_logged_as_a_read_of_each_petition_in_it(raoping: Office) -> None:
    raoping.play.hand_in()
    raoping.at_desk("supervision").get("/desk/petitions/export")
    assert [row.why for row in db.session.scalars(select(ReadLog))] == ["导出诉求台账"]


def test_what_an_enterprise_wrote_never_runs_as_a_formula(raoping: Office) -> None:
    evil = '=HYPERLINK("http://evil.example","点这里")'
    raoping.play.hand_in(title=evil)
    sheet = load_workbook(BytesIO(raoping.at_desk("triage").get("/desk/petitions/export").get_data())).active
    cell = next(cell for cell in sheet[4] if cell.value == evil)
    assert cell.data_type == "s"


def test_a_search_keeps_its_filters_over_the_pages(raoping: Office, clock: kernel_clock.Simulated) -> None:
    for number in range(22):
        raoping.play.hand_in(title=f"第{number:02d}件道路破损")
        clock.advance(timedelta(minutes=1))
    official = raoping.at_desk("triage")
    first = official.see("/desk/petitions", q="道路破损")
    following = next(line for line in first.splitlines() if 'rel="next"' in line).split('href="')[-1].split('"')[0].replace("&amp;", "&")
    assert titles(first)[0] == "第21件道路破损"
    assert titles(official.see(following)) == ["第01件道路破损", "第00件道路破损"]
