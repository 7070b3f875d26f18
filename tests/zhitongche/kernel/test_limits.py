import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhitongche.kernel import limits
from zhitongche.kernel.errors import Invalid
from zhitongche.kernel.limits import Limit, Unit


@pytest.mark.parametrize(
    ("text", "limit", "chinese"),
    [
        ("10 wd", Limit(10, Unit.WORKING_DAYS), "10个工作日"),
        ("-5 wd", Limit(-5, Unit.WORKING_DAYS), "提前5个工作日"),
        ("24 h", Limit(24, Unit.HOURS), "24小时"),
        (" 5nd ", Limit(5, Unit.NATURAL_DAYS), "5个自然日"),
    ],
)
def test_a_limit_is_read_and_told_in_chinese(text: str, limit: Limit, chinese: str) -> None:
    assert limits.parse(text) == limit
    assert limit.in_chinese() == chinese


@given(st.integers(1, 9999), st.sampled_from(Unit))
def test_a_limit_written_is_the_limit_read(amount: int, unit: Unit) -> None:
    limit = Limit(amount, unit)
    assert limits.parse(str(limit)) == limit


@pytest.mark.parametrize(
    "text", ["", "0 wd", "10", "wd", "10 days", "-24 h", "-5 nd", "1.5 wd", "99999 wd", "١ wd", "10 wd; 5 nd"]
)
def test_what_is_no_limit_is_refused_in_words_that_show_how(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        limits.parse(text)
    assert "10 wd" in refused.value.errors["limit"]
    assert text in refused.value.errors["limit"]
