"""The period that a reader picks."""

from datetime import UTC, date, datetime

import pytest

from zhitongche.desk.figures import picking, words
from zhitongche.kernel import clock
from zhitongche.statistics import Period


@pytest.fixture(autouse=True)
def today():
    """Late on 10 March 2026 in China, though it is still the day's first half in Greenwich."""
    with clock.at(datetime(2026, 3, 10, 12, tzinfo=UTC)):
        yield


@pytest.mark.parametrize(
    ("word", "first", "last"),
    [
        ("", date(2026, 3, 1), date(2026, 3, 31)),
        ("nonsense", date(2026, 3, 1), date(2026, 3, 31)),
        ("last_month", date(2026, 2, 1), date(2026, 2, 28)),
        ("quarter", date(2026, 1, 1), date(2026, 3, 31)),
        ("year", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_word_picks_the_period_of_today(word, first, last):
    picked = picking.read({"period": word})
    assert (picked.period.first, picked.period.last, picked.errors) == (first, last, {})


def test_any_span_of_days_is_read_and_carried_on():
    picked = picking.read({"period": "span", "first": "2026-01-05", "last": "2026-02-03"})
    assert (picked.period, picked.status) == (Period.of(date(2026, 1, 5), date(2026, 2, 3)), 200)
    assert picking.read(picked.query) == picked


@pytest.mark.parametrize(
    ("first", "last", "wrong"),
    [
        ("", "2026-02-03", {"first": words.NOT_A_DAY}),
        ("2026-02-30", "x", {"first": words.NOT_A_DAY, "last": words.NOT_A_DAY}),
        ("2026-02-03", "2026-02-02", {"last": words.ENDS_BEFORE}),
        ("1999-12-31", "2026-02-02", {"first": words.TOO_EARLY.format(year=2000)}),
        ("2001-01-01", "2026-02-02", {"last": words.TOO_LONG.format(years=10)}),
    ],
)
def test_what_is_wrong_with_a_span_is_said_beside_its_field_and_nothing_typed_is_lost(first, last, wrong):
    picked = picking.read({"period": "span", "first": first, "last": last})
    assert (picked.errors, picked.status, picked.typed) == (wrong, 422, {"first": first, "last": last})


def test_a_running_period_is_compared_with_as_many_days_of_the_one_before():
    assert picking.before(Period.month(date(2026, 3, 1))) == Period.of(date(2026, 2, 1), date(2026, 2, 10))
    assert picking.before(Period.month(date(2026, 1, 1))) == Period.month(date(2025, 12, 1))
    with clock.at(datetime(2026, 3, 30, tzinfo=UTC)):
        assert picking.before(Period.month(date(2026, 3, 1))) == Period.month(date(2026, 2, 1))
