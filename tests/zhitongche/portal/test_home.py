"""The public pages."""

from __future__ import annotations

import re

import pytest

from tests.zhitongche.portal.conftest import Browser, text_of
from zhitongche.tenancy import current


def test_anyone_reads_how_a_petition_is_handled_without_signing_in(visitor: Browser, inside) -> None:
    page = text_of(visitor.get("/").text)
    with inside():
        pack = current.pack()
    for name, _text in pack.portal.steps:
        assert name in page
    for ground in (*pack.grounds_accept.values(), *pack.grounds_refuse.values()):
        assert ground.name in page
    assert "窗口" in page


@pytest.mark.parametrize("code", ["raoping", "shantou"])
def test_every_clause_that_a_page_can_cite_has_its_place_in_the_rules(visitor: Browser, portal_app, inside, code: str) -> None:
    page = Browser(portal_app.test_client(), f"http://{code}.localhost").get("/rules").text
    with inside(code):
        flow = current.pack().flow
    cited = {action.clause for action in flow.actions.values()} | {clock.clause for clock in flow.clocks.values()}
    assert cited <= set(re.findall(r'<section[^>]* id="([^"]+)"', page))


def test_the_rules_name_every_limit_and_say_which_are_the_tenants_own(visitor: Browser, inside) -> None:
    page = text_of(visitor.get("/rules").text)
    with inside():
        flow = current.pack().flow
    assert "平台接收：主办单位，24小时内" in page
    assert "登记核验：登记核验部门，2个工作日内（本地设定）" in page
    assert all(clock.name in page for clock in flow.clocks.values())
    assert all(action.name in page for action in flow.actions.values())


@pytest.mark.parametrize("path", ["/petitions", "/petitions/new", "/account/", "/notices"])
def test_every_other_page_asks_for_sign_in_and_comes_back_afterwards(visitor: Browser, path: str) -> None:
    asked = visitor.get(path)
    assert asked.status_code == 302
    assert asked.location.startswith("/sign-in?next=")


@pytest.mark.parametrize("code", ["raoping", "shantou", "chaozhou", "guangdong"])
def test_every_tenant_has_its_public_pages_and_only_those_that_take_petitions_offer_the_form(
    visitor: Browser, portal_app, inside, code: str
) -> None:
    browser = Browser(portal_app.test_client(), f"http://{code}.localhost")
    with inside(code):
        takes = current.pack().takes_petitions
    assert ("/petitions/new" in browser.get("/").text) is takes
    assert browser.get("/rules").status_code == 200
