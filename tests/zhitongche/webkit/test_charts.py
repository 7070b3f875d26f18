"""A chart's numbers stand in the page; the picture is only drawn from them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhitongche.webkit.charts import Cell
from zhitongche.webkit.gallery_charts import tables


@dataclass(frozen=True)
class Rate:
    text: str = "97.2%"
    amount: float | None = 97.2


def test_every_number_of_a_chart_stands_in_a_table_that_is_open_without_scripts(client):
    page = client.get("/gallery/charts").get_data(as_text=True)
    for name, table in tables().items():
        figure = page.partition(f'<figure class="chart" id="{name}"')[2].partition("</figure>")[0]
        assert ("<details open>" in figure) is bool(table.rows)
        for row in table.rows:
            for cell in row.cells:
                assert cell.text in figure
                assert cell.amount is None or f'data-amount="{cell.amount}"' in figure


def test_a_chart_writes_no_style_and_no_script_into_the_page(client):
    page = client.get("/gallery/charts").get_data(as_text=True)
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", page)


def test_only_a_page_with_a_chart_loads_the_script(client):
    assert "echarts" in client.get("/gallery/charts").get_data(as_text=True)
    assert "echarts" not in client.get("/gallery/home").get_data(as_text=True)


def test_a_value_without_a_denominator_leaves_a_gap_and_not_a_nought():
    assert Cell.of(Rate("—", None), "/x") == Cell("—", None, "/x")
    assert Cell.of(Rate(), note="412/424") == Cell("97.2%", 97.2, "", "412/424")
