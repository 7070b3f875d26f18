"""Somebody at a real browser: reads pages, fills in what has a label, presses what has a name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.support.processes import PATIENCE

# No test is a stopwatch: playwright itself waits five seconds only.
expect.set_options(timeout=PATIENCE * 1000)

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VIOLATIONS = "async rules => (await axe.run(document, {runOnly: rules, resultTypes: ['violations']})).violations"
"""Nothing of what is in order: that is most of a page, and would come through a pipe."""
PHONE, DESKTOP = (390, 844), (1440, 900)


@dataclass
class Somebody:
    """A browser of his own at one tenant's address; `complaints` are what its console and our eyes found."""

    page: Page
    url: str
    screens: Path
    complaints: list[str] = field(default_factory=list)

    def goes(self, path: str) -> None:
        """Open a page of the site (or an address from a message)."""
        self.page.goto(path if path.startswith("http") else self.url + path)

    def fills(self, **by_name: str) -> None:
        """Write into fields, by their names."""
        for name, value in by_name.items():
            self.page.locator(f"main [name={name}]:not([type=hidden])").fill(value)

    def picks(self, question: str, answer: str) -> None:
        """Choose an answer: a button of a group, or a line of a list."""
        group = self.page.get_by_role("group", name=question)
        if group.count():
            group.get_by_text(answer, exact=False).first.click()
        else:
            self.page.get_by_label(question).select_option(label=answer)

    def presses(self, name: str) -> None:
        """Press the page's own button or link of that name and wait for what follows."""
        main = self.page.get_by_role("main")
        button = main.get_by_role("button", name=name, exact=True).or_(main.get_by_role("link", name=name, exact=True))
        with self.page.expect_navigation():
            button.first.click()

    def sees(self, *texts: str) -> None:
        """The page must show these words."""
        for text in texts:
            expect(self.page.get_by_role("main").get_by_text(text).filter(visible=True).first).to_be_visible()

    def looks(self, name: str) -> None:
        """Take a picture, ask axe, see that nothing sticks out sideways."""
        # Scrolled halfway, what stays at the top covers half of something.
        self.page.evaluate("window.scrollTo(0, 0)")
        self.page.screenshot(path=self.screens / f"{name}.png", full_page=True)
        self.page.evaluate(AXE.read_text("utf-8"))
        found = self.page.evaluate(VIOLATIONS, RULES)
        self.complaints += [f"{name}: {one['id']} {one['nodes'][0]['html'][:200]}" for one in found]
        if self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") > 0:
            self.complaints.append(f"{name}: wider than the screen")


def somebody(browser: Browser, url: str, screens: Path, size: tuple[int, int]) -> Somebody:
    """A new visitor with a phone or at a desk."""
    phone = size == PHONE
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="zh-CN", timezone_id="Asia/Shanghai",
        has_touch=phone, is_mobile=phone, reduced_motion="reduce",
    )  # fmt: skip
    context.set_default_timeout(PATIENCE * 1000)
    visitor = Somebody(context.new_page(), url, screens)
    page, heard = visitor.page, visitor.complaints
    page.on("console", lambda message: heard.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("response", lambda answer: heard.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    page.on("request", lambda asked: None if asked.url.startswith((url, "data:")) else heard.append(f"elsewhere: {asked.url}"))
    return visitor


def code_in(sms: str) -> str:
    """The six digits of a message."""
    found = re.search(r"\d{6}", sms)
    assert found, sms
    return found[0]


def link_in(sms: str) -> str:
    """The address of a message."""
    found = re.search(r"https?://\S+", sms)
    assert found, sms
    return found[0]


def number_on(enterprise: Somebody) -> str:
    """The number of the petition that the page is about."""
    found = re.search(r"编号 ([A-Z]{2}\d+)", enterprise.page.get_by_role("main").inner_text())
    assert found
    return found[1]


def sign_in(official: Somebody, login: str, password: str) -> None:
    """At the desk's door."""
    official.goes("/desk/")
    official.fills(login=login, password=password)
    official.presses("登录")


def sign_in_first_time(official: Somebody, login: str, first: str, password: str) -> None:
    """With the first password, which must be replaced before anything else."""
    sign_in(official, login, first)
    official.fills(old=first, new=password, again=password)
    official.presses("保存新密码")


def opens(official: Somebody, number: str) -> None:
    """From the inbox to the case."""
    official.goes("/desk/")
    official.sees(number)
    with official.page.expect_navigation():
        official.page.get_by_role("row").filter(has_text=number).get_by_role("link").first.click()
