"""What goes wrong is told in Chinese and tells nothing else."""

import pytest
from flask import request
from sqlalchemy.exc import OperationalError

from zhitongche.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from zhitongche.webkit.forms import FieldSpec, build_form

from .conftest import make_app

RAISED = [
    (Refused("已提出过一次异议。", "RP-2.3.c"), 409, "已提出过一次异议。"),
    (Invalid({"title": "请填写诉求标题"}), 422, "请填写诉求标题"),
    (NotFound(), 404, "没有找到"),
    (Forbidden("只对办理人员开放。", "ST-5.1"), 403, "只对办理人员开放。"),
    (Conflict(), 409, "其他人刚刚办理了此事项"),
]


@pytest.fixture
def failing():
    """A client of an application in which /fail and /api/fail raise what they are told to."""
    app = make_app(PROPAGATE_EXCEPTIONS=False, WTF_CSRF_ENABLED=False, MAX_CONTENT_LENGTH=2000)
    app.planted = NotFound()

    def fail():
        build_form([FieldSpec("title", "诉求标题"), FieldSpec("content", "诉求内容", "longtext")], version=1)
        raise app.planted

    app.add_url_rule("/fail", view_func=fail, methods=["GET", "POST"])
    app.add_url_rule("/api/fail", view_func=fail, endpoint="api", methods=["GET", "POST"])
    app.add_url_rule(
        "/bare", view_func=lambda: f"{request.form['nothing']}", endpoint="bare", methods=["POST"]
    )
    return app


@pytest.mark.parametrize(("error", "status", "told"), RAISED)
def test_each_expected_failure_has_its_status_and_says_why(failing, error, status, told):
    failing.planted = error
    answer = failing.test_client().get("/fail")
    assert answer.status_code == status
    assert told in answer.text
    assert "接下来可以" in answer.text


@pytest.mark.parametrize(("error", "status", "told"), RAISED)
def test_a_program_gets_problem_details(failing, error, status, told):
    failing.planted = error
    answer = failing.test_client().post("/api/fail", json={"x": 1})
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert answer.json["status"] == status
    assert answer.json["type"].startswith("urn:zhitongche:problem:")
    assert told in answer.json["detail"] + str(answer.json.get("errors"))
    assert answer.json.get("clause") == getattr(error, "clause", None)


def test_a_refusal_names_its_clause_and_links_to_the_rules(failing):
    failing.planted = RAISED[0][0]
    assert 'href="/rules#RP-2.3.c"' in failing.test_client().get("/fail").text


@pytest.mark.parametrize("path", ["/fail", "/api/fail"])
@pytest.mark.parametrize(
    ("error", "status"),
    [
        (RuntimeError("planted-trace"), 500),
        (OperationalError("select planted_sql from petition", {}, Exception("planted-driver")), 503),
    ],
)
def test_no_trace_and_no_sql_reaches_anyone(failing, path, error, status):
    failing.planted = error
    answer = failing.test_client().get(path)
    assert answer.status_code == status
    for leak in ("planted", "Traceback", "petition", "RuntimeError", "OperationalError"):
        assert leak not in answer.text


def test_an_unexpected_failure_carries_a_number_that_stands_in_the_log(failing, caplog):
    failing.planted = RuntimeError("planted")
    reference = failing.test_client().get("/api/fail").json["reference"]
    assert reference in caplog.text


def test_a_page_is_shown_even_where_its_surroundings_fail(failing):
    failing.extensions["webkit_frame"] = _broken(failing)
    answer = failing.test_client().get("/fail")
    assert answer.status_code == 404
    assert "没有找到" in answer.text


def _broken(app):
    def fail():
        raise RuntimeError("planted: no database")

    return type(app.extensions["webkit_frame"])(
        visitor=fail, portal_nav=fail, brand=app.extensions["webkit_frame"].brand
    )


def test_what_was_typed_is_kept_under_its_label_and_secrets_are_not(failing):
    failing.planted = Conflict()
    typed = {"title": "路<b>坏</b>了", "version": "1", "password": "geheim", "_x": "y"}
    page = failing.test_client().post("/fail", data=typed).text
    assert "路&lt;b&gt;坏&lt;/b&gt;了" in page
    assert "诉求标题</label>" in page
    assert "geheim" not in page


@pytest.mark.parametrize(
    ("method", "path", "status"), [("get", "/nowhere", 404), ("put", "/fail", 405), ("post", "/bare", 400)]
)
def test_what_flask_itself_refuses_is_told_in_chinese(failing, method, path, status):
    answer = getattr(failing.test_client(), method)(path)
    assert answer.status_code == status
    assert 'lang="zh-CN"' in answer.text
    assert "Not Found" not in answer.text


def test_a_method_that_is_not_allowed_is_told_which_are(failing):
    assert "POST" in failing.test_client().put("/fail").headers["Allow"]


def test_too_large_a_submission_is_told_so(failing):
    answer = failing.test_client().post("/bare", data={"nothing": "x" * 3000})
    assert answer.status_code == 413
    assert "太大" in answer.text


def test_a_form_from_elsewhere_is_not_taken_and_the_text_is_not_lost():
    client = make_app().test_client()
    answer = client.post("/gallery/form", data={"title": "写了很久的标题", "password": "geheim"})
    assert answer.status_code == 400
    assert "没有接收这次提交" in answer.text
    assert "写了很久的标题" in answer.text
    assert "geheim" not in answer.text
