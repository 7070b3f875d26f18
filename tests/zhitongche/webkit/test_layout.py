"""What the layouts show around a page."""

from datetime import date

import pytest
from flask import Flask, url_for

from zhitongche import webkit
from zhitongche.kernel.ids import new_id
from zhitongche.webkit.layout import Brand, Frame, address, asset, icon_of, options, with_query

from .conftest import make_app


def test_the_tenants_colours_come_as_a_stylesheet(client):
    answer = client.get("/brand.css")
    assert answer.mimetype == "text/css"
    assert "--zt-primary: #0b4ea2;" in answer.text
    assert answer.headers["Vary"] == "Host"


def test_the_mark_wears_the_tenants_colours(client):
    assert "#0b4ea2" in client.get("/brand.svg").text
    app = Flask("red", static_folder=None)
    app.config["SECRET_KEY"] = "x"
    webkit.init_app(app, Frame(brand=lambda: Brand("门户", "单位", primary="#9e1b22")))
    assert "#9e1b22" in app.test_client().get("/brand.svg").text


def test_the_portal_names_its_department_hotline_and_filing(client):
    page = client.get("/gallery/home").text
    assert "主办单位：示例县政务服务数据管理局" in page
    assert 'href="tel:12345"' in page
    assert "粤ICP备00000000号" in page


def test_a_portal_page_does_not_ask_for_the_desks_counts(app):
    def never():
        raise AssertionError("the portal asked the desk")

    frame = app.extensions["webkit_frame"]
    app.extensions["webkit_frame"] = Frame(brand=frame.brand, desk_nav=never)
    assert app.test_client().get("/gallery/home").status_code == 200


def test_the_desk_shows_counts_and_for_whom_one_stands_in(client):
    page = client.get("/gallery/inbox").text
    assert "您正在代 <strong>陈主任（县公路事务中心）</strong> 办理" in page
    assert '<b class="count urgent">14' in page


def test_signing_out_is_a_form_with_a_token(client):
    page = client.get("/gallery/inbox").text
    start = page.index('action="/sign-out"')
    assert 'name="csrf_token"' in page[start : start + 200]


def test_a_portal_without_a_visitor_offers_sign_in():
    assert 'href="/sign-in"' in make_app().test_client().get("/gallery/home").text


def test_filters_survive_turning_the_page(app):
    with app.test_request_context("/desk/?stage=on&q=水 电&after=3"):
        assert with_query(after=9) == "/desk/?stage=on&q=%E6%B0%B4+%E7%94%B5&after=9"
        assert with_query(after=None, stage=None, q=None) == "/desk/"


def test_an_asset_changes_its_address_when_it_changes(app, monkeypatch, tmp_path):
    monkeypatch.setattr("zhitongche.webkit.layout._STATIC", tmp_path)
    (tmp_path / "a.css").write_text("a{}")
    with app.test_request_context():
        before = asset("a.css")
        (tmp_path / "a.css").write_text("b{}")
        assert asset("a.css") != before


def test_the_chosen_option_is_marked_and_nothing_in_a_list_is_taken_for_markup(app):
    offered = (("a", "甲"), ('"><b>', "<乙>"))
    assert options(offered, "a") == '<option value="a" selected>甲</option><option value="&#34;&gt;&lt;b&gt;">&lt;乙&gt;</option>'
    assert "selected" not in options(offered, "c")
    assert options(offered, '"><b>').endswith(" selected>&lt;乙&gt;</option>")


def test_an_icon_is_hidden_from_screen_readers_unless_it_says_something(app):
    assert icon_of("star") == '<i class="bi bi-star" aria-hidden="true"></i>'
    assert icon_of("star", '"甲"') == '<i class="bi bi-star" role="img" aria-label="&#34;甲&#34;"></i>'


def test_rows_are_linked_below_an_address_made_once(app):
    @app.get("/rows/<uuid:row>")
    def row_page(row):
        return ""

    with app.test_request_context(base_url="http://x/under"):
        one = new_id()
        assert address("row_page", "row") + str(one) == url_for("row_page", row=one)


def test_the_gallery_is_nowhere_but_in_development():
    app = Flask("real", static_folder=None)
    app.config["SECRET_KEY"] = "x"
    webkit.init_app(app)
    assert app.test_client().get("/gallery/").status_code == 404


@pytest.mark.parametrize("path", ["", "form", "form-wrong", "home", "petition", "inbox", "case", "confirm"])
def test_every_page_of_the_gallery_is_drawn_whole(client, path):
    answer = client.get(f"/gallery/{path}")
    assert answer.status_code == 200
    assert answer.text.rstrip().endswith("</html>")


def test_the_forms_sample_walks_from_errors_to_values(app):
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    wrong = client.post("/gallery/form", data={"title": "只写了标题"}).text
    assert "处需要修改" in wrong
    assert 'value="只写了标题"' in wrong
    assert 'href="#field-content"' in wrong
    right = client.post(
        "/gallery/form",
        data={"title": "路坏了", "category": "ask", "content": "门口的路坏了，请修。谢谢各位。", "code": "91350100M000100Y43",
              "mobile": "13800138000", "true": "y", "since": "2026-03-01"},
    ).text  # fmt: skip
    assert "系统读到的内容" in right
    assert str(date(2026, 3, 1)) in right
