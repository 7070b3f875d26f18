"""The gallery in a real browser: reachable for everyone, whole at both widths, strict and usable without scripts."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from zhitongche.webkit.layout import Visitor

from .conftest import make_app

pytestmark = pytest.mark.e2e

AXE = Path(__file__).parents[3] / "node_modules" / "axe-core" / "axe.min.js"
PAGES = [
    "",
    "home",
    "form",
    "form-wrong",
    "petition",
    "inbox",
    "case",
    "confirm",
    "fail/refused",
    "fail/boom",
]
VIEWS = [(path, 390) for path in PAGES] + [
    ("charts", 390),
    ("inbox", 820),
    ("", 1440),
    ("form", 1440),
    ("inbox", 1440),
    ("case", 1440),
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VIOLATIONS = "async rules => (await axe.run(document, {runOnly: rules, resultTypes: ['violations']})).violations"


@pytest.fixture(scope="module")
def site():
    visitor = Visitor("林科长", "县公路事务中心", standing_in_for="陈主任", end_stand_in_url="/back")
    app = make_app(visitor, PROPAGATE_EXCEPTIONS=False)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="module")
def browser():
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=options)
        yield started
        started.close()


@pytest.fixture
def screen(browser):
    """A page of a given width, with or without scripts; it ends the test if the policy was broken."""
    opened, broken = [], []

    def show(width: int = 1440, scripts: bool = True):
        context = browser.new_context(
            viewport={"width": width, "height": 844}, java_script_enabled=scripts, locale="zh-CN"
        )
        opened.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda message: broken.append(message.text) if "Content Security" in message.text else None,
        )
        page.on("pageerror", lambda error: broken.append(str(error)))
        return page

    yield show
    for context in opened:
        context.close()
    assert broken == []


@pytest.mark.parametrize(("path", "width"), VIEWS)
def test_everyone_can_use_every_page_and_nothing_sticks_out(site, screen, path, width):
    page = screen(width)
    page.goto(f"{site}/gallery/{path}")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(VIOLATIONS, RULES)
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_all_assets_are_there_and_come_from_here(site, screen):
    page = screen()
    answers = []
    page.on("response", lambda answer: answers.append((answer.url, answer.status)))
    page.goto(f"{site}/gallery/case", wait_until="networkidle")
    assert len(answers) > 10
    assert [one for one in answers if one[1] != 200 or not one[0].startswith(site)] == []


def test_on_a_phone_what_is_to_be_touched_is_large_enough(site, screen):
    page = screen(390)
    for path in ("form", "inbox", "case"):
        page.goto(f"{site}/gallery/{path}")
        small = page.evaluate(
            """() => [...document.querySelectorAll(".btn, .tabbar a, .form-control, .form-select, summary, .option, .bar-menu")]
                .filter((e) => e.checkVisibility()).filter((e) => e.getBoundingClientRect().height < 44).map((e) => e.outerHTML)"""
        )
        assert small == []


def test_a_form_can_be_sent_and_corrected_without_scripts(site, screen):
    page = screen(390, scripts=False)
    page.goto(f"{site}/gallery/form")
    page.get_by_label("诉求标题").fill("门口的路坏了")
    page.get_by_role("button", name="再加一项").click()
    assert page.get_by_label("要完成的工作").count() == 2
    page.get_by_role("button", name="提交诉求").click()
    assert page.get_by_text("处需要修改").is_visible()
    assert page.get_by_label("诉求标题").input_value() == "门口的路坏了"


def test_the_menu_opens_and_closes_on_a_phone_without_scripts(site, screen):
    page = screen(390, scripts=False)
    page.goto(f"{site}/gallery/inbox")
    assert not page.get_by_role("link", name="督办台账").is_visible()
    page.get_by_role("link", name="打开菜单").click()
    assert page.get_by_role("link", name="督办台账").is_visible()
    page.get_by_role("link", name="关闭菜单").click()
    assert not page.get_by_role("link", name="督办台账").is_visible()


def test_with_scripts_the_form_counts_and_grows(site, screen):
    page = screen()
    page.goto(f"{site}/gallery/form")
    page.get_by_label("诉求标题").fill("路" * 61)
    assert page.get_by_text("超出1个字").is_visible()
    page.get_by_role("button", name="再加一项").click()
    names = page.get_by_label("要完成的工作").evaluate_all("all => all.map(one => one.name)")
    assert names == ["steps-0-text", "steps-1-text"]


def test_charts_are_drawn_from_their_tables_and_the_tables_stand_without_scripts(site, screen):
    drawn, bare = screen(390), screen(390, scripts=False)
    for page in (drawn, bare):
        page.goto(f"{site}/gallery/charts")
    assert drawn.locator(".chart svg").count() == 7
    assert not drawn.locator("#trend table").is_visible()
    assert "收到、办结、在办" in drawn.locator("#trend .chart-draw").get_attribute("aria-label")
    assert bare.locator(".chart table:visible").count() == 7


def test_a_second_tap_does_not_send_the_form_twice(site, screen):
    page = screen()
    page.goto(f"{site}/gallery/form")
    sent = page.evaluate(
        """() => {
            let sent = 0;
            window.addEventListener("submit", (event) => { sent += !event.defaultPrevented; event.preventDefault(); });
            const button = document.querySelector(".sheet .btn-primary");
            button.click();
            button.click();
            return sent;
        }"""
    )
    assert sent == 1
