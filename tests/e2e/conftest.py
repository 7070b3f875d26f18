"""A real browser before the real product."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e import house as houses
from tests.e2e.house import House
from tests.e2e.people import DESKTOP, PHONE, Somebody, somebody
from tests.support.database import Database

OPTIONS = (
    "--no-sandbox", "--lang=zh-CN", "--disable-gpu", "--disable-background-networking",
    "--host-resolver-rules=MAP *.localhost 127.0.0.1",
)  # fmt: skip

Visit = Callable[[], Somebody]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert program, "no Chromium on this machine: apt-get install chromium"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=list(OPTIONS))
        yield started
        started.close()


@pytest.fixture
def screens(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the pictures go: `--basetemp` says where that is."""
    return tmp_path_factory.mktemp("screens", numbered=True)


@pytest.fixture
def raoping(tenant_db: Database, tmp_path: Path) -> Iterator[House]:
    """The monthly-session county, open for business."""
    yield from _house(tenant_db, tmp_path, "raoping")


@pytest.fixture
def shantou(tenant_db: Database, tmp_path: Path) -> Iterator[House]:
    """The task-force city, open for business."""
    yield from _house(tenant_db, tmp_path, "shantou")


def _house(database: Database, folder: Path, tenant: str) -> Iterator[House]:
    house = houses.build(database.url, folder, tenant)
    with house.inside():
        house.open()
    with houses.serving(house):
        yield house


@pytest.fixture
def visitors(browser: Browser, screens: Path) -> Iterator[Callable[[House, tuple[int, int]], Somebody]]:
    """New visitors; the test fails where any of their browsers complained."""
    met: list[Somebody] = []

    def enter(house: House, size: tuple[int, int] = DESKTOP) -> Somebody:
        met.append(somebody(browser, house.url, screens, size))
        return met[-1]

    yield enter
    complaints = [complaint for one in met for complaint in one.complaints]
    for place, one in enumerate(met):
        # Where somebody stood when the story ended, or broke.
        one.page.screenshot(path=screens / f"last-{place}.png", full_page=True)
        one.page.context.close()
    assert complaints == []


__all__ = ["PHONE"]
