"""How a figure changed, in words."""

import pytest

from zhitongche.desk.figures import comparing, drawing
from zhitongche.statistics import Value
from zhitongche.statistics.definitions import installed


def value(code: str, numerator: int, denominator: int | None = None, amount: float | None = None) -> Value:
    figure = installed().figures[code]
    if amount is None and denominator != 0:
        amount = 100 * numerator / denominator if denominator else float(numerator)
    return Value(figure, numerator, denominator, 0, amount)


@pytest.mark.parametrize(
    ("now", "before", "said", "tone"),
    [
        (value("received", 12), value("received", 10), "增加2件（20.0%）", "plain"),
        (value("received", 3), value("received", 0), "增加3件", "plain"),
        (value("overdue_now", 2), value("overdue_now", 5), "减少3件（60.0%），好转", "success"),
        (value("on_time_rate", 9, 10), value("on_time_rate", 19, 20), "降低5.0个百分点，变差", "danger"),
        (value("on_time_rate", 18, 20), value("on_time_rate", 9, 10), "持平", "plain"),
        (value("handling_median", 9, amount=20.0), value("handling_median", 9, amount=16.5), "延长3.5工时，变差", "danger"),
        (value("on_time_rate", 0, 0), value("on_time_rate", 9, 10), "没有可比的数", "plain"),
    ],
)
def test_a_change_is_told_in_words_and_judged_by_what_the_figure_says_is_better(now, before, said, tone):
    change = comparing.change(now, before)
    assert (change.text, change.tone) == (said, tone)


def test_all_units_together_are_made_from_sums_and_never_from_rates():
    together = drawing.total([value("on_time_rate", 1, 1), value("on_time_rate", 0, 99)])
    assert together is not None
    assert (together.numerator, together.denominator, together.text) == (1, 100, "1.0%")
    assert drawing.total([value("handling_median", 9, amount=20.0)]) is None
