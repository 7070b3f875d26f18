"""All jurisdictions side by side: ranked, sorted, summed, covered."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.support.pages import Visitor
from tests.zhitongche.province.conftest import Put, line, lines
from zhitongche.province.league import Row, Sorting, ranks, sections
from zhitongche.province.places import Family, Place
from zhitongche.statistics.cells import Cell

PAGES = ("", "/map", "/trend", "/flows", "/figures/on_time_rate", "/places/chenghai", "/sheet")


def row(code: str, amount: float | None) -> Row:
    return Row(Place(code, code, "county", "city", 1), code, {"x": Cell("", amount)})


def test_equals_share_a_rank_and_what_is_covered_has_none() -> None:
    rows = [row("a", 90.0), row("b", 97.0), row("c", 90.0), row("d", None), row("e", 10.0)]
    assert ranks(rows, "x", "up") == {"b": 1, "a": 2, "c": 2, "e": 4}
    assert ranks(rows, "x", "down") == {"e": 1, "a": 2, "c": 2, "b": 4}


def families() -> tuple[list[Family], dict[str, dict[str, Cell]], dict[str, dict[str, Cell]]]:
    """Two families, of 3 and of 1."""
    amounts = {"a": 5.0, "a1": None, "a2": 30.0, "b": 7.0}
    found = [Family("a", "A市", tuple(Place(c, c, "county", "a", len(c) - 1) for c in ("a", "a1", "a2"))), Family("b", "B市", (Place("b", "b", "city", "top", 0),))]
    return found, {code: {"x": Cell("", amount)} for code, amount in amounts.items()}, {"a": {"x": Cell("", 35.0)}, "b": {"x": Cell("", 7.0)}}


@pytest.mark.parametrize(
    ("by", "order"),
    [
        (Sorting(), ["a", "a1", "a2", "b"]),
        (Sorting("x"), ["a2", "a", "a1", "b"]),
        (Sorting("x", down=False), ["b", "a", "a2", "a1"]),
        (Sorting("x", together=False), ["a2", "b", "a", "a1"]),
        (Sorting("x", down=False, together=False), ["a", "b", "a2", "a1"]),
    ],
)
def test_families_stay_together_unless_asked_otherwise_and_the_covered_stand_last(by: Sorting, order: list[str]) -> None:
    assert [one.place.code for section in sections(*families(), by) for one in section.rows if one.place] == order


def test_a_family_of_one_needs_no_sum() -> None:
    assert [section.total is not None for section in sections(*families(), Sorting())] == [True, False]


def filled(put: Put) -> None:
    put("shantou", kept=180, missed=20, received=200, rated=40, satisfied=39)
    put("chenghai", kept=57, missed=3, received=100)
    put("chaozhou", kept=80, missed=0, received=70, rated=3, satisfied=3)
    put("raoping", kept=1, missed=2, received=12)
    put("huanggang", kept=30, missed=10, received=30)


def test_every_rate_has_its_denominator_in_sight_and_sums_are_sums(put: Put, province: Visitor) -> None:
    filled(put)
    page = province.see("/desk/regions", set="pace", period="2026-03")
    assert line(page, "汕头市本级")[0].startswith("90.0%180/200")
    # The three that are late there are few.
    assert line(page, "澄海区")[0].startswith("95.0%57/60")
    # 237 of 260, not the mean of 90 and 95.
    assert line(page, "汕头市合计")[0] == "91.2%237/260"
    assert line(page, "全部合计")[0] == "90.9%348/383"


def test_few_are_not_shown_nor_can_they_be_worked_out(put: Put, province: Visitor) -> None:
    filled(put)
    page = province.see("/desk/regions", set="pace", period="2026-03")
    assert line(page, "饶平县")[0] == "—<5"
    # With both its neighbours and the sum of all three in sight, its three would be told.
    assert line(page, "黄冈镇")[0].startswith("＊")
    assert line(page, "潮州市本级")[0] == "100%80/80"
    # The rating of three is told neither as a rate nor by the sum of all.
    page = province.see("/desk/regions", set="quality", period="2026-03")
    assert line(page, "潮州市本级")[1] == "—<5"
    assert "43" not in line(page, "全部合计")[1]


def test_a_reader_sorts_by_a_figure_in_the_head_of_the_table(put: Put, province: Visitor) -> None:
    filled(put)
    page = province.see("/desk/regions", set="volume", period="2026-03", sort="received", together="no")
    assert list(lines(page)) == ["全部合计", "汕头市本级", "澄海区", "潮州市本级", "黄冈镇", "饶平县"]
    assert 'aria-sort="descending"' in page
    assert re.search(r'href="[^"]*sort=received[^"]*order=up', page)


def test_months_quarters_and_years_may_be_asked_for_and_single_days_not(put: Put, province: Visitor) -> None:
    filled(put)
    for period in ("2026-03", "2026-Q1", "2026", "2026-03-05", "nonsense", "2027", "9999-99"):
        page = province.see("/desk/regions", set="volume", period=period)
        assert line(page, "汕头市本级")[0].startswith("200"), period
    assert not line(province.see("/desk/regions", period="2025"), "汕头市本级")[0].startswith("200")


def test_what_another_deployment_reports_or_nobody_counts_is_no_fault(province: Visitor) -> None:
    for page in PAGES:
        assert province.get(f"/desk/regions{page}").status_code == 200, page


def test_the_spreadsheet_holds_the_same_cells(put: Put, province: Visitor) -> None:
    filled(put)
    answer = province.get("/desk/regions/sheet", period="2026-03")
    sheet = load_workbook(BytesIO(answer.data))["时效"]
    rows = {values[0]: values[1:] for values in sheet.iter_rows(values_only=True)}
    assert rows["汕头市本级"][:2] == (90, "180/200")
    assert rows["饶平县"][:2] == ("—", "<5")
    numbers = {str(value) for values in rows.values() for value in values[:2]}
    assert not any(text.split("/")[0] in {"1", "2", "3", "4"} for text in numbers), "no few in any cell"
