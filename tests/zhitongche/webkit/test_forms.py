"""Forms made of what an action needs."""

import io
from datetime import UTC, date, datetime

import pytest
from werkzeug.datastructures import MultiDict

from zhitongche.kernel.errors import Invalid
from zhitongche.webkit.fields import clean
from zhitongche.webkit.forms import FieldSpec, apply_errors, build_form

UNITS = (("a", "甲单位"), ("b", "乙单位"))


@pytest.fixture
def submit(app):
    """Send a form and give back what came of it: (valid, values, errors)."""
    app.config["WTF_CSRF_ENABLED"] = False

    def send(specs, typed, **more):
        with app.test_request_context(method="POST", data=MultiDict(typed)):
            form = build_form(specs, **more)
            return form.validate_on_submit(), form.values(), form.errors

    return send


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("text", "请填写某项"),
        ("longtext", "请填写某项"),
        ("choice", "请选择某项"),
        ("radio", "请选择某项"),
        ("multi", "请选择某项"),
        ("date", "请选择某项"),
        ("datetime", "请选择某项"),
        ("mobile", "请填写某项"),
        ("credit_code", "请填写某项"),
        ("files", "请上传某项"),
        ("checkbox", "请勾选“某项”"),
        ("integer", "请填写某项"),
        ("milestones", "请至少填写一个某项"),
    ],
)
def test_a_required_field_left_empty_says_so_in_chinese_and_an_optional_one_does_not(submit, kind, message):
    valid, _, errors = submit([FieldSpec("it", "某项", kind, choices=UNITS)], {"other": "x"})
    assert (valid, errors["it"]) == (False, [message])
    valid, _, errors = submit([FieldSpec("it", "某项", kind, required=False, choices=UNITS)], {"other": "x"})
    assert (valid, errors) == (True, {})


def test_spaces_alone_are_not_an_answer(submit):
    valid, _, errors = submit([FieldSpec("it", "理由", "longtext")], {"it": " \r\n \t "})
    assert (valid, errors) == (False, {"it": ["请填写理由"]})


def test_length_counts_characters_after_line_breaks_are_made_one(submit):
    specs = [FieldSpec("it", "理由", "longtext", max_length=3)]
    assert submit(specs, {"it": "一\r\n二"})[0]
    valid, values, errors = submit(specs, {"it": "一二三四"})
    assert (valid, errors) == (False, {"it": ["理由最多3个字，请精简后再提交"]})
    assert values["it"] == "一二三四"  # nothing typed is cut off


def test_too_short_a_reason_is_not_taken(submit):
    _, _, errors = submit([FieldSpec("it", "理由", "longtext", min_length=4)], {"it": "不行"})
    assert errors == {"it": ["内容太短，请至少写4个字"]}


def test_what_the_database_cannot_hold_is_taken_out_of_the_text(submit):
    assert submit([FieldSpec("it", "内容")], {"it": "水\x00电\x07费"})[1] == {"it": "水电费"}
    assert clean("水\ud800电") == "水电"


@pytest.mark.parametrize("kind", ["choice", "radio", "multi"])
def test_nothing_but_the_choices_offered_is_taken(submit, kind):
    valid, _, errors = submit([FieldSpec("it", "单位", kind, choices=UNITS)], {"it": "z"})
    assert not valid
    assert errors["it"][0].isascii() is False


def test_choices_and_ticks_come_as_their_values(submit):
    specs = [
        FieldSpec("one", "主办", "choice", choices=UNITS),
        FieldSpec("more", "协办", "multi", choices=UNITS),
    ]
    valid, values, _ = submit(specs, [("one", "a"), ("more", "a"), ("more", "b")])
    assert (valid, values) == (True, {"one": "a", "more": ["a", "b"]})


def test_a_moment_is_read_by_the_clocks_of_china(submit):
    _, values, _ = submit([FieldSpec("at", "时间", "datetime")], {"at": "2026-02-13T16:00"})
    assert values["at"] == datetime(2026, 2, 13, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("date", "13/02/2026"),
        ("date", "0001-01-01"),
        ("datetime", "soon"),
        ("integer", "12a"),
        ("integer", "9" * 400),
    ],
)
def test_what_is_no_date_or_number_is_said_so_in_chinese(submit, kind, typed):
    valid, _, errors = submit([FieldSpec("it", "某项", kind)], {"it": typed})
    assert not valid
    assert not errors["it"][0].isascii()


def test_a_credit_code_is_checked_by_its_check_digit_and_compacted(submit):
    specs = [FieldSpec("code", "统一社会信用代码", "credit_code")]
    assert submit(specs, {"code": "9135 0100M000100Y43"})[1] == {"code": "91350100M000100Y43"}
    assert not submit(specs, {"code": "91350100M000100Y44"})[0]


def test_a_mobile_is_checked(submit):
    specs = [FieldSpec("mobile", "手机", "mobile")]
    assert submit(specs, {"mobile": "138 0013 8000"})[1] == {"mobile": "13800138000"}
    assert not submit(specs, {"mobile": "1380013"})[0]


def test_milestones_come_in_order_without_the_empty_rows(submit):
    typed = {
        "steps-0-text": "验收", "steps-0-date": "2026-05-01",
        "steps-1-text": "", "steps-1-date": "",
        "steps-2-text": "进场", "steps-2-date": "2026-03-01",
    }  # fmt: skip
    valid, values, _ = submit([FieldSpec("steps", "阶段", "milestones")], typed)
    assert valid
    assert values["steps"] == [
        {"text": "进场", "date": date(2026, 3, 1)},
        {"text": "验收", "date": date(2026, 5, 1)},
    ]


def test_half_a_milestone_is_asked_for_its_other_half(submit):
    valid, _, errors = submit(
        [FieldSpec("steps", "阶段", "milestones")], {"steps-0-text": "验收", "steps-0-date": ""}
    )
    assert not valid
    assert errors["steps"] == ["请检查标出的阶段"]


def test_a_flood_of_rows_is_cut_short(submit):
    flood = {f"steps-{n}-text": "x" for n in range(5000)}
    valid, values, _ = submit([FieldSpec("steps", "阶段", "milestones")], flood)
    assert (valid, values["steps"]) == (False, [])


def test_one_more_row_needs_no_script_and_sends_nothing_yet(app):
    app.config["WTF_CSRF_ENABLED"] = False
    typed = {"steps-0-text": "验收", "steps-0-date": "2026-05-01", "_add_row": "steps"}
    with app.test_request_context(method="POST", data=typed):
        form = build_form([FieldSpec("steps", "阶段", "milestones")])
        assert form.validate_on_submit() is False
        assert [entry.form.text.data for entry in form["steps"]] == ["验收", None]


def test_the_browsers_empty_file_is_no_file(submit):
    specs = [FieldSpec("files", "附件", "files", required=False)]
    assert submit(specs, {"files": (io.BytesIO(), "")})[1] == {"files": []}
    _, values, _ = submit(
        specs, [("files", (io.BytesIO(b"1"), "甲.pdf")), ("files", (io.BytesIO(b"2"), "乙.pdf"))]
    )
    assert [file.filename for file in values["files"]] == ["甲.pdf", "乙.pdf"]


@pytest.mark.parametrize(
    ("sent", "read"), [("7", 7), ("", None), ("seven", None), ("9" * 30, None), ("²", None)]
)
def test_the_version_that_was_read_travels_with_the_form(app, sent, read):
    app.config["WTF_CSRF_ENABLED"] = False
    with app.test_request_context(method="POST", data={"version": sent}):
        assert build_form([], version=3).read_version() == read
    with app.test_request_context():
        assert build_form([], version=3).read_version() == 3


def test_the_messages_of_a_use_case_stand_beside_their_fields_and_the_rest_above(app):
    with app.test_request_context():
        form = build_form([FieldSpec("title", "标题"), FieldSpec("steps", "阶段", "milestones")], version=1)
        apply_errors(
            form,
            Invalid(
                {
                    "title": "标题重复",
                    "steps.0.date": "日期已过",
                    "version": "页面已过时",
                    "gone": "没有这一项",
                }
            ),
        )
    assert form["title"].errors == ["标题重复"]
    assert form["steps"].errors == ["日期已过"]
    assert form.form_errors == ["页面已过时", "没有这一项"]


def test_a_form_without_its_token_is_not_taken(app):
    with app.test_request_context(method="POST", data={"title": "x"}):
        form = build_form([FieldSpec("title", "标题")])
        assert not form.validate_on_submit()
        assert "csrf_token" in form.errors
