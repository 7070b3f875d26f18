from __future__ import annotations

import pytest

from zhitongche.statistics import definitions, making

FIGURES = definitions.installed().figures


@pytest.mark.parametrize(
    ("kept", "missed", "text", "full"),
    [
        (412, 12, "97.2%", "97.2%（412/424）"), (0, 0, "—", "—（0/0）"), (5, 0, "100%", "100%（5/5）"), (0, 5, "0%", "0%（0/5）"),
        (9999, 1, "99.9%", "99.9%（9999/10000）"), (1, 99999, "0.1%", "0.1%（1/100000）"),
    ],
)  # fmt: skip
def test_a_rate_has_its_denominator_in_sight_and_is_never_rounded_to_all_or_nothing(kept: int, missed: int, text: str, full: str) -> None:
    value = making.value(FIGURES["on_time_rate"], {"kept": {0: kept}, "missed": {0: missed}})
    assert (value.text, value.full) == (text, full)


def test_a_count_is_a_number_with_its_unit_and_tells_what_was_left_out() -> None:
    value = making.value(FIGURES["overdue_now"], {"overdue": {0: 12}, "~overdue": {0: 2}})
    assert (value.text, value.full, value.denominator, value.left_out) == ("12", "12件", None, 2)


def test_a_percentile_is_in_working_hours_and_says_of_how_many() -> None:
    value = making.value(FIGURES["handling_median"], {"handled": {0: 0, 50: 3}})
    assert (value.numerator, value.full) == (3, f"{value.amount:.1f}工时")
    assert making.value(FIGURES["handling_median"], {}).text == "—"


def test_a_rate_over_a_group_comes_from_sums_and_not_from_rates() -> None:
    small, large = {"kept": {0: 1}, "missed": {0: 1}}, {"kept": {0: 98}, "missed": {0: 0}}
    both = making.value(FIGURES["on_time_rate"], {kind: {0: small[kind][0] + large[kind][0]} for kind in small})
    assert both.text == "99.0%"
