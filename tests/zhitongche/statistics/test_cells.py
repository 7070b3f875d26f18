"""What may be seen of a value by those who may not see small counts."""

from __future__ import annotations

import pytest

from zhitongche.statistics import cells, definitions
from zhitongche.statistics.covering import COVERED, FEW
from zhitongche.statistics.values import Value

ON_TIME, RECEIVED, MEDIAN = (definitions.installed().figures[code] for code in ("on_time_rate", "received", "handling_median"))


@pytest.mark.parametrize(
    ("value", "numerator", "denominator", "full", "amount"),
    [
        (Value(ON_TIME, 412, 424, 0, 97.17), None, None, "97.2%（412/424）", 97.17),
        (Value(ON_TIME, 3, 33, 0, 9.1), FEW, None, "<15.2%（<5/33）", None),
        (Value(ON_TIME, 3, 4, 0, 75.0), FEW, FEW, "—（<5）", None),
        (Value(ON_TIME, 40, 50, 0, 80.0), COVERED, None, "＊（＊/50）", None),
        (Value(ON_TIME, 40, 50, 0, 80.0), COVERED, COVERED, "＊（＊）", None),
        (Value(RECEIVED, 3, None, 0, 3.0), FEW, None, "<5", None),
        (Value(RECEIVED, 12, None, 0, 12.0), None, None, "12", 12.0),
        (Value(MEDIAN, 3, None, 0, 6.5), FEW, None, "—", None),
    ],
)
def test_a_cell_tells_no_more_than_it_may(value: Value, numerator: str | None, denominator: str | None, full: str, amount: float | None) -> None:
    cell = cells.cell(value, numerator, denominator)
    assert (cell.full, cell.amount) == (full, amount)


def test_for_noughts_nothing_is_covered() -> None:
    lines = [("all", ["a", "b", "c"])]
    assert cells.hidden({"a": 0, "b": 7, "c": 9, "all": 16}, lines) == {"a": FEW}
    assert cells.hidden({"a": 0, "b": 3, "c": 9, "all": 12}, lines) == {"a": FEW, "b": FEW, "c": COVERED}


def test_what_is_shown_is_no_markup() -> None:
    assert cells.cell(Value(RECEIVED, 3, None, 0, 3.0), FEW, None).__html__() == '<span class="figure few">&lt;5</span>'
