"""Bands of a map: by rank, never two for one value."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from zhitongche.province.bands import Band, bands, level

AMOUNTS = st.lists(st.sampled_from([0.0, 1.0, 2.5, 50.0, 97.2, 100.0]) | st.floats(0, 1e6), max_size=143)


@given(AMOUNTS)
def test_every_value_is_in_one_band_and_the_bands_follow_the_values(amounts: list[float]) -> None:
    found = bands(amounts)
    assert [band.level for band in found] == list(range(1, len(found) + 1))
    assert len(found) <= min(5, len(set(amounts)))
    assert all(one.high < next_one.low for one, next_one in pairwise(found))
    assert all(sum(band.low <= amount <= band.high for band in found) == 1 for amount in amounts)
    assert [level(amount, found) for amount in sorted(amounts)] == sorted(level(amount, found) for amount in amounts)


def test_without_ties_the_bands_are_of_equal_number() -> None:
    assert bands(range(10)) == (Band(1, 0, 1), Band(2, 2, 3), Band(3, 4, 5), Band(4, 6, 7), Band(5, 8, 9))


def test_nothing_has_no_bands_and_equals_share_one() -> None:
    assert bands([]) == ()
    assert bands([100.0] * 7) == (Band(1, 100.0, 100.0),)
