"""The one file of definitions: read strictly, and complete."""

import pytest

from zhitongche.kernel.errors import ZhitongcheError
from zhitongche.statistics import definitions
from zhitongche.tenancy.findings import PackError

DEMANDED = [
    "received", "accepted", "refused", "duplicates", "on_hand", "overdue_now", "finished", "response_rate",
    "resolution_rate", "satisfaction_given", "satisfaction_default", "on_time_rate", "first_assignment_rate",
    "objection_rate", "rehandling_rate", "call_back_rate", "participation_rate", "rise_rate", "return_rate",
    "step_median", "step_p90", "handling_median", "handling_p90", "commitments_kept", "meetings_held",
]  # fmt: skip


def test_every_figure_that_was_asked_for_is_defined_with_what_is_excluded_and_by_what_right() -> None:
    figures = definitions.installed().figures
    assert set(DEMANDED) <= set(figures)
    for figure in figures.values():
        assert figure.excluded
        assert figure.period
        assert figure.source
        assert figure.meaning


def test_default_ratings_are_in_no_figure_of_what_was_given() -> None:
    figures = definitions.installed().figures
    assert "rated_by_default" not in figures["satisfaction_given"].kinds
    assert "satisfied" not in figures["satisfaction_default"].kinds


def test_every_figure_that_a_unit_may_object_to_is_made_of_facts_that_units_own() -> None:
    by = definitions.installed()
    for figure in (one for one in by.figures.values() if one.contestable):
        for kind in figure.kinds:
            rule = by.facts[kind]
            assert rule.stock or rule.unit != "none" or by.facts[rule.like].unit != "none", kind


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("times: first", "times: frist", "frist。是否应为 first"),
        ("on: [send_up]", "on: [sendup]", "操作或事件 sendup"),
        ("verdict: [agree]", "verdict: [agreed]", "条件值 agreed"),
        ("numerator: [received]", "numerator: [recieved]", "计数事实 recieved"),
        ("like: accepted", "like: acepted", "计数事实 acepted"),
        ("stock: late", "stocks: late", "键 stocks"),
        ("numerator: [solved], denominator: [concluded]", "numerator: [solved]", "比率须有分母"),
    ],
)
def test_what_the_file_says_wrong_is_told_with_its_line_and_a_remedy(good: str, bad: str, said: str) -> None:
    text = definitions.installed().text
    line = text[: text.index(good)].count("\n") + 1
    with pytest.raises(PackError) as told:
        definitions.of(text.replace(good, bad, 1))
    message = str(told.value)
    assert said in message
    assert any(f"第{near}行" in message for near in range(line - 12, line + 1))
    assert isinstance(told.value, ZhitongcheError)
