"""How far away a limit is, in the unit in which it was set."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel import deadlines, limits
from zhitongche.kernel.working_days import Calendar
from zhitongche.webkit import relative
from zhitongche.webkit.layout import Frame


@pytest.fixture
def page():
    """A Friday in March, on a page of a tenant with the national calendar."""
    app = Flask("page")
    app.extensions["webkit_frame"] = Frame()
    with app.app_context(), kernel_clock.at(datetime(2026, 3, 6, 2, tzinfo=UTC)) as clock:
        yield clock


@pytest.mark.clause("RP-2.10.a")
@pytest.mark.parametrize(("limit", "left"), [("5 nd", "还剩5天"), ("5 wd", "还剩5个工作日"), ("24 h", "还剩1天"), ("3 h", "还剩3小时")])
def test_what_is_left_is_told_in_the_unit_of_the_limit(page, limit: str, left: str) -> None:
    due = deadlines.due(kernel_clock.now(), limits.parse(limit), Calendar())
    assert relative.relative(due.at) == left


def test_a_clock_that_says_when_it_comes_near_is_near_from_then_on(page) -> None:
    now, hour = kernel_clock.now(), timedelta(hours=1)
    assert relative.state(now + 3 * hour, near_at=now + hour) == "on_time"
    assert relative.state(now + 300 * hour, near_at=now - hour) == "near"
    assert relative.state(now + 3 * hour) == "near", "where only the due moment is known, its last day"
