"""A report says in each of its formats what `figures.read` says (RP-2.10.d)."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import docx
import pytest
from openpyxl import load_workbook

from tests.support.pdf_text import text_of
from tests.zhitongche.statistics.reports.conftest import County
from zhitongche.identity import units
from zhitongche.persistence import unit_of_work
from zhitongche.statistics import Period, Value, figures
from zhitongche.statistics.reports import keeping
from zhitongche.statistics.reports.figure_codes import SHOWN, UNITS

FIRST, LAST = date(2026, 2, 26), date(2026, 3, 6)
PERIOD = Period.of(FIRST, LAST)


@pytest.fixture
def files(county: County) -> dict[str, bytes]:
    """The report in all formats."""
    report = county.ask(FIRST, LAST)
    assert county.work() == 0
    with unit_of_work():
        return {form: keeping.taken(report.id, form, county.actor("leader"))[0] for form in ("pdf", "docx", "xlsx")}


def lines(values: dict[str, Value], before: dict[str, Value]) -> list[list[str]]:
    """The rows of the table of figures, without the names."""
    return [[value.text, f"{value.numerator}/{value.denominator}" if value.denominator else "", before[code].text] for code, value in values.items()]


@pytest.mark.clause("RP-2.10.d")
def test_pdf_word_and_excel_say_what_the_figures_are(files: dict[str, bytes]) -> None:
    now, before = figures.read(SHOWN, PERIOD), figures.read(SHOWN, Period.of(date(2026, 2, 17), date(2026, 2, 25)))
    told = lines(now, before)
    assert now["received"].numerator
    assert now["on_time_rate"].denominator

    grid = next(one for one in docx.Document(BytesIO(files["docx"])).tables if one.cell(0, 0).text == "指标")
    assert [[cell.text for cell in row.cells][1:4] for row in grid.rows[1:]] == told

    sheet = load_workbook(BytesIO(files["xlsx"]))["指标"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert [(row[3], row[4]) for row in rows] == [(value.numerator, value.denominator) for value in now.values()]
    amounts = [None if v.amount is None else v.amount / 100 if v.figure.shape == "rate" else v.amount for v in now.values()]
    assert [row[2] for row in rows] == [pytest.approx(one) for one in amounts]
    assert [row[-1] for row in rows] == [value.left_out for value in now.values()]

    runs = text_of(files["pdf"])
    assert f"收到企业诉求{now['received'].text}件" in re.sub(r"\s", "", runs)
    cells = runs[runs.rindex("主要指标"):]
    for line in (line for line in told if line[1]):
        assert "\n" + "\n".join(line) + "\n" in cells


@pytest.mark.clause("RP-2.10.d")
def test_the_units_stand_in_all_formats_with_their_own_figures(files: dict[str, bytes]) -> None:
    named = {unit.id: unit.name for unit in units.listing()}
    found = {named[unit]: values for unit, values in figures.by_unit(UNITS, PERIOD).items() if any(v.numerator or v.denominator for v in values.values())}
    sheet = load_workbook(BytesIO(files["xlsx"]))["各单位"]
    rows = {row[0]: row[1:] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert {name: [(row[n + 1], row[n + 2]) for n in range(0, 18, 3)] for name, row in rows.items()} == {
        name: [(value.numerator, value.denominator) for value in values.values()] for name, values in found.items()
    }
    grid = next(one for one in docx.Document(BytesIO(files["docx"])).tables if one.cell(0, 0).text == "单位")
    assert {row.cells[0].text: row.cells[3].text for row in grid.rows[1:]} == {name: values["on_hand"].text for name, values in found.items()}


def test_a_workbook_holds_the_definitions_and_no_formula(files: dict[str, bytes]) -> None:
    book = load_workbook(BytesIO(files["xlsx"]))
    assert book.sheetnames == ["指标", "各单位", "分项", "趋势", "指标口径"]
    assert [row[0] for row in book["指标口径"].iter_rows(min_row=2, values_only=True)] == list(SHOWN)
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_a_pdf_of_a_report_is_archival(files: dict[str, bytes]) -> None:
    assert files["pdf"].startswith(b"%PDF")
    assert b"pdfaid" in files["pdf"]
