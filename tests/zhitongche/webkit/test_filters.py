"""Moments, clauses, numbers and texts as people read them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhitongche.kernel import clock
from zhitongche.webkit import filters
from zhitongche.webkit.relative import relative, state

FRIDAY = datetime(2026, 2, 13, 8, 0, tzinfo=UTC)  # 16:00 in China


def test_a_moment_is_told_by_the_clocks_of_china_with_its_weekday():
    assert filters.moment(FRIDAY) == "2026年2月13日 16:00（周五）"
    assert filters.moment(datetime(2026, 2, 13, 17, 0, tzinfo=UTC)) == "2026年2月14日 01:00（周六）"
    assert filters.moment(None) == "—"


def test_a_moment_without_a_time_zone_is_not_shown_at_all():
    with pytest.raises(ValueError, match="time zone"):
        filters.moment(FRIDAY.replace(tzinfo=None))


def test_a_day_is_the_day_in_china():
    assert filters.day(datetime(2026, 2, 13, 17, 0, tzinfo=UTC)) == "2026年2月14日（周六）"
    assert filters.day(date(2026, 2, 13)) == "2026年2月13日（周五）"


def test_a_list_names_the_year_only_where_it_is_another():
    with clock.at(FRIDAY):
        assert filters.short_moment(FRIDAY) == "2月13日 16:00"
        assert filters.short_moment(FRIDAY.replace(year=2025)) == "2025年2月13日 16:00"


@pytest.mark.parametrize(
    ("clause", "number"),
    [
        ("RP-2.3.b", "第二部分（三）"),
        ("RP-2.10.a", "第二部分（十）"),
        ("ST-1.1.3", "第一部分（一）第3项"),
        ("ST-2.b", "第二部分"),
        ("ST-0", "总则"),
        ("ST-4.0", "第四部分"),
        ("XX-12.21", "第十二部分（二十一）"),
        ("own", ""),
        ("", ""),
    ],
)
def test_a_clause_is_told_by_its_chinese_number(clause, number):
    assert filters.clause_number(clause) == number


def test_a_clause_is_a_link_to_the_published_rules(app):
    with app.test_request_context():
        assert 'href="/rules#RP-2.3.b"' in filters.clause_link("RP-2.3.b")
        assert "依据 RP-2.3.b · 第二部分（三）" in filters.clause_link("RP-2.3.b")
        assert filters.clause_link(None) == ""
        assert "<script>" not in filters.clause_link("<script>")


def test_a_mobile_shows_its_ends_only():
    assert filters.mask_mobile("13800131234") == "138****1234"
    assert filters.mask_mobile("123") == "****"
    assert filters.mask_mobile(None) == "—"


@given(st.text(alphabet="<>&\"'ab\n\r"))
def test_typed_text_never_becomes_markup(text):
    shown = str(filters.paragraphs(text))
    for tag in ("<p>", "</p>", "<br>"):
        shown = shown.replace(tag, "")
    assert "<" not in shown
    assert ">" not in shown


def test_paragraphs_and_line_breaks_are_kept():
    assert filters.paragraphs("一\r\n二\r\n\r\n三") == "<p>一<br>二</p><p>三</p>"


@pytest.mark.parametrize(
    ("size", "text"), [(0, "0 字节"), (860, "860 字节"), (1_468_006, "1.4 MB"), (157_286_400, "150 MB")]
)
def test_a_size_is_told_in_the_unit_that_fits(size, text):
    assert filters.filesize(size) == text


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_comparison_loses_nothing_of_the_text(one, other):
    assert "".join(piece for _, piece in filters.differences(one, other)) == one


def test_a_comparison_marks_what_both_say():
    pieces = filters.differences("门口道路破损，请修复", "厂区门口道路破损严重")
    assert (True, "门口道路破损") in pieces
    assert any("请修复" in piece and not same for same, piece in pieces)


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0.5, "还剩30分钟"),
        (5, "还剩5小时"),
        # Friday 13 February 2026: Saturday 14 is a make-up working day, then Spring Festival until the 23rd.
        (24, "还剩1个工作日"),
        (24 * 5, "还剩1个工作日"),
        (24 * 12, "还剩3个工作日"),
        (-3, "已超期3小时"),
        (-24 * 4, "已超期4个工作日"),
        (24 * 100, "还剩100天"),
    ],
)
def test_what_is_left_is_counted_in_the_tenants_working_days(app, hours, words):
    with app.test_request_context(), clock.at(FRIDAY):
        assert relative(FRIDAY + timedelta(hours=hours)) == words


def test_a_clock_is_near_on_its_last_working_day_even_before_a_long_holiday(app):
    with app.test_request_context(), clock.at(FRIDAY):
        assert state(FRIDAY + timedelta(days=5)) == "near"
        assert state(FRIDAY + timedelta(days=12)) == "on_time"
        assert state(FRIDAY - timedelta(seconds=1)) == "late"
        assert state(FRIDAY, FRIDAY) == "met"
        assert state(FRIDAY, FRIDAY + timedelta(seconds=1)) == "met_late"
        assert state(None) == "on_time"
