from __future__ import annotations

from collections import Counter
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from zhitongche.statistics.percentiles import RATIO, bucket_of, hours_at

MINUTES = st.integers(0, 2_000_000)


@given(st.lists(MINUTES, min_size=1, max_size=60), st.sampled_from([0.1, 0.5, 0.9]))
def test_a_percentile_is_at_most_a_twentieth_off(minutes: list[int], share: float) -> None:
    exact = sorted(minutes)[ceil(share * len(minutes)) - 1] / 60
    found = hours_at(share, Counter(map(bucket_of, minutes)))
    assert found is not None
    assert abs(found - exact) <= 0.05 * exact + 1e-9


@given(MINUTES, MINUTES)
def test_a_longer_span_is_never_in_a_lower_bucket(one: int, other: int) -> None:
    assert (bucket_of(one) <= bucket_of(other)) or one > other


def test_spans_that_were_taken_back_do_not_count_and_none_has_no_percentile() -> None:
    assert hours_at(0.5, {bucket_of(60): 0}) is None
    assert hours_at(0.5, {}) is None
    assert hours_at(0.9, {0: 3}) == 0.0


def test_every_power_of_the_ratio_begins_a_bucket_of_its_own() -> None:
    assert len({bucket_of(ceil(RATIO**power)) for power in range(30, 100)}) == 70
