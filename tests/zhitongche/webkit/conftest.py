"""An application that has the shared web kit and nothing else."""

from __future__ import annotations

import pytest
from flask import Flask

from zhitongche import webkit
from zhitongche.webkit.layout import Brand, Frame, NavGroup, NavItem, Visitor

BRAND = Brand(
    portal_name="示例县企业诉求直通车",
    department="示例县政务服务数据管理局",
    primary="#0b4ea2",
    accent="#e0a526",
    icp="粤ICP备00000000号",
    motto="有呼必应 · 有呼必办 · 有呼必回",
)
PORTAL = (
    NavItem("首页", "/gallery/home", "house-door"),
    NavItem("我要提诉求", "/gallery/form", "pencil-square"),
    NavItem("我的诉求", "/gallery/petition", "list-check", 2, active=True),
    NavItem("办理规则", "/gallery/", "journal-text"),
)
DESK = (
    NavGroup(
        "办件",
        (
            NavItem("待办", "/gallery/inbox", "inbox", 14, active=True, urgent=True),
            NavItem("在办", "/gallery/case", "folder2-open", 12),
            NavItem("已办结", "/gallery/inbox", "archive", 0),
            NavItem("登记诉求", "/gallery/form", "plus-square"),
        ),
    ),
    NavGroup(
        "督办",
        (
            NavItem("督办台账", "/gallery/inbox", "clipboard-check", 3),
            NavItem("本单位概况", "/gallery/", "bar-chart"),
        ),
    ),
    NavGroup(
        "管理", (NavItem("单位与人员", "/gallery/", "people"), NavItem("短信状态", "/gallery/", "chat-dots"))
    ),
)


def make_app(visitor: Visitor | None = None, **config: object) -> Flask:
    """A fresh application; `config` goes over Flask's."""
    app = Flask("webkit_only", static_folder=None)
    app.config.update(SECRET_KEY="only for tests", **config)
    frame = Frame(
        brand=lambda: BRAND, portal_nav=lambda: PORTAL, desk_nav=lambda: DESK, visitor=lambda: visitor
    )
    webkit.init_app(app, frame, show_gallery=True)
    return app


@pytest.fixture
def app() -> Flask:
    return make_app(
        Visitor("林科长", "县公路事务中心", standing_in_for="陈主任（县公路事务中心）", account_url="/me")
    )


@pytest.fixture
def client(app: Flask):
    return app.test_client()
