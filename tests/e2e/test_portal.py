"""The enterprise's portal in a real browser: with scripts a comfort more, without them nothing less."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.house import House
from tests.e2e.people import DESKTOP, PHONE, Somebody, somebody
from zhitongche.identity import enterprises
from zhitongche.identity.enterprises import EnterpriseForm
from zhitongche.persistence import unit_of_work

pytestmark = pytest.mark.e2e

MOBILE = "13800001234"
PASSWORD = "haifeng-2026-mima"
CONTENT = "我司厂区门口约二百米道路破损严重，雨天积水，货车进出困难，多次报修未果，影响出货，请协调修复。"


@pytest.fixture
def registered(raoping: House) -> House:
    """A county with one enterprise that can sign in."""
    with raoping.inside(), unit_of_work():
        enterprises.enrol(EnterpriseForm("91445122MAPBRNYTPQ", "饶平县海丰水产有限公司", "杨伟雄", MOBILE, PASSWORD))
    return raoping


def sign_in(visitor: Somebody, onward: str = "/petitions/new") -> None:
    """By password, from the page that asked for it."""
    visitor.goes(onward)
    visitor.fills(mobile=MOBILE, password=PASSWORD)
    visitor.presses("登录")


def test_what_is_being_typed_is_kept_without_pressing_anything(
    registered: House, visitors: Callable[..., Somebody]
) -> None:
    telephone = visitors(registered, PHONE)
    sign_in(telephone)
    telephone.page.get_by_label("诉求标题").press_sequentially("厂区门口道路破损", delay=20)
    expect(telephone.page.get_by_text("已自动保存")).to_be_visible()
    desk = visitors(registered, DESKTOP)
    sign_in(desk)
    with desk.page.expect_navigation():
        desk.page.get_by_role("link", name="厂区门口道路破损").click()
    expect(desk.page.get_by_label("诉求标题")).to_have_value("厂区门口道路破损")


def test_a_petition_is_handed_in_without_any_script(registered: House, browser: Browser, screens: Path) -> None:
    plain = browser.new_context(java_script_enabled=False, viewport={"width": PHONE[0], "height": PHONE[1]})
    visitor = somebody(browser, registered.url, screens, PHONE)
    visitor.page.context.close()
    visitor.page = plain.new_page()
    sign_in(visitor)
    visitor.fills(title="厂区门口道路破损影响货车进出", content=CONTENT)
    visitor.picks("诉求类别", "疑难问题")
    for button in ("下一步", "下一步", "确认提交"):
        visitor.presses(button)
    visitor.sees("提交成功", "正在甄别诉求、确定主办单位")
    plain.close()


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_every_page_can_be_read_by_everyone_and_fits_the_screen(
    registered: House, visitors: Callable[..., Somebody], size: tuple[int, int]
) -> None:
    visitor = visitors(registered, size)
    for path in ("/", "/rules", "/register", "/sign-in", "/sign-in?by=code", "/forgot"):
        visitor.goes(path)
        visitor.looks(f"public{path.replace('/', '-').replace('?', '-')}-{size[0]}")
    sign_in(visitor, "/account/")
    for path in ("/account/", "/account/password", "/account/mobile", "/account/invite", "/petitions", "/petitions/new", "/notices"):
        visitor.goes(path)
        visitor.looks(f"mine{path.replace('/', '-')}-{size[0]}")
