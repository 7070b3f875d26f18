from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zhitongche.statistics.period import Period
from zhitongche.statistics.spans import Piece, before_and_within, pieces


def days_of(piece: Piece) -> list[date]:
    if piece.grain == "d":
        return [piece.first + timedelta(n) for n in range((piece.last - piece.first).days + 1)]
    months = {(piece.first + timedelta(n)).replace(day=1) for n in range((piece.last - piece.first).days + 1)}
    return [day for month in months for day in days_of(Piece("d", month, Period.month(month).last))]


@given(st.dates(date(2024, 1, 1), date(2027, 1, 1)), st.integers(0, 800))
def test_the_pieces_hold_each_day_of_the_period_once(first: date, length: int) -> None:
    last = first + timedelta(length)
    found = sorted(day for piece in pieces(first, last) for day in days_of(piece))
    assert found == days_of(Piece("d", first, last))
    assert len(pieces(first, last)) <= 3


def test_whole_months_are_read_by_month_and_the_rest_by_day() -> None:
    assert pieces(date(2026, 1, 30), date(2026, 4, 2)) == [
        Piece("d", date(2026, 1, 30), date(2026, 1, 31)), Piece("m", date(2026, 2, 1), date(2026, 3, 31)),
        Piece("d", date(2026, 4, 1), date(2026, 4, 2)),
    ]  # fmt: skip
    assert [piece.grain for piece in before_and_within(Period.month(date(2026, 4, 2)).last_ones(13))] == ["m"]
    assert [piece.grain for piece in before_and_within(Period.week(date(2026, 4, 2)).last_ones(4))] == ["d"]
