"""The portal of the two real packs, driven as a browser without scripts would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.database import Database
from tests.support.stage import Play
from zhitongche import portal, webkit
from zhitongche.app import signing
from zhitongche.identity import enterprises, people
from zhitongche.identity.enterprises import EnterpriseForm
from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel.settings import Settings
from zhitongche.persistence import db, tenant_scope, unit_of_work
from zhitongche.tenancy import calendar, current, packs
from zhitongche.webkit.layout import Brand, Frame

TENANTS = Path(__file__).parents[3] / "tenants"
PASSWORD = "jiandan-9876-mima"
MOBILE = "13800001234"
OTHER_CODE = "91440300708461136T"


@pytest.fixture(scope="session")
def portal_app(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Everything up to the portal."""
    app = Flask("portal_only", static_folder=None)
    app.config.update(
        TESTING=True, SECRET_KEY="only for tests", DATA_DIR=str(tmp_path_factory.mktemp("data")),
        SETTINGS=Settings(), SQLALCHEMY_DATABASE_URI=database.url, SQLALCHEMY_ENGINE_OPTIONS={"pool_size": 10},
    )  # fmt: skip
    db.init_app(app)
    current.init_app(app, packs.load([TENANTS]))
    signing.init_app(app)
    webkit.init_app(app, _frame())
    portal.init_app(app)
    return app


def _frame() -> Frame:
    def brand() -> Brand:
        pack = current.pack()
        return Brand(pack.portal_name, pack.department, pack.brand.primary, pack.brand.accent, motto=pack.brand.motto)

    return Frame(
        brand=brand, visitor=portal.visitor, portal_nav=portal.nav, calendar=lambda: calendar.calendar_of(current.pack())
    )


@dataclass
class Browser:
    """A visitor of one tenant's portal: fills in forms from the page, follows redirects when asked to."""

    client: FlaskClient
    host: str

    def get(self, path: str, **options: object) -> TestResponse:
        return self.client.get(path, base_url=self.host, **options)

    def post(self, path: str, *, token: bool = True, page: str | None = None, **form: object) -> TestResponse:
        """Send a form to `path`, with the token that `page` (or the path's own) shows."""
        sent = {**form, "csrf_token": self.token(page or "/sign-in?by=code")} if token else form
        return self.client.post(path, data=sent, base_url=self.host, content_type="multipart/form-data")

    def token(self, page: str) -> str:
        """The CSRF token of the session."""
        text = self.get(page, follow_redirects=True).text
        return field(text, "csrf_token")

    def sign_in(self, mobile: str = MOBILE, password: str = PASSWORD) -> TestResponse:
        return self.post("/sign-in", mobile=mobile, password=password)

    def draft(self, **changes: str) -> str:
        """A draft with both steps filled in; answers its id."""
        draft_id = re.search(r"/petitions/new/([0-9a-f-]{36})/content", self.get("/petitions/new").text)[1]
        assert self.post(f"/petitions/new/{draft_id}/content", **{**WORDS, **changes}).status_code == 302
        contact = {"contact_name": "陈静", "contact_mobile": MOBILE}
        assert self.post(f"/petitions/new/{draft_id}/contact", **contact).status_code == 302
        return draft_id

    def hand_in(self, **changes: str) -> str:
        """A petition handed in; answers its id."""
        draft_id = self.draft(**changes)
        assert self.post(f"/petitions/new/{draft_id}/confirm").status_code == 302
        return draft_id


WORDS = {
    "title": "厂区门口道路破损影响货车进出",
    "category": "consultation",
    "content": "我司厂区门口约二百米道路破损严重，雨天积水，货车进出困难，多次报修未果，请协调修复。",
    "wish": "尽快修复路面",
}


def field(page: str, name: str) -> str:
    """The value of a hidden or text field of a page."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', page) or re.search(
        rf'<input[^>]*value="([^"]*)"[^>]*name="{name}"', page
    )
    assert found, f"no field {name}"
    return unescape(found[1])


def text_of(page: str) -> str:
    """What a reader of the page sees, roughly."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def upload(name: str, content: bytes) -> tuple[BytesIO, str]:
    """A file as a browser sends it."""
    return BytesIO(content), name


PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89" + b"\x00" * 64


def _stage(app: Flask, code: str) -> Play:
    """The tenant's people; the enterprise's person has a password, and a second enterprise has one too."""
    with app.app_context(), tenant_scope(code):
        play = Play.open(current.registry()[code])
        with unit_of_work():
            made = enterprises.enrol(EnterpriseForm(OTHER_CODE, "乙公司", "林立", "13800005678", PASSWORD))
            made.enterprise.match, made.enterprise.matched_at = "matched", kernel_clock.now()
            person = people.by_mobile(MOBILE)
            other = people.by_mobile("13800005678")
            assert person
            assert other
            person.password_hash = other.password_hash
    return play


@pytest.fixture
def raoping(portal_app: Flask, tenant_db: Database, clock: kernel_clock.Simulated) -> Play:
    return _stage(portal_app, "raoping")


@pytest.fixture
def shantou(portal_app: Flask, tenant_db: Database, clock: kernel_clock.Simulated) -> Play:
    return _stage(portal_app, "shantou")


@pytest.fixture
def visitor(portal_app: Flask, raoping: Play) -> Browser:
    return Browser(portal_app.test_client(), "http://raoping.localhost")


@pytest.fixture
def owner(visitor: Browser) -> Browser:
    """Signed in for 甲公司."""
    assert visitor.sign_in().status_code == 302
    return visitor


@pytest.fixture
def stranger(portal_app: Flask, raoping: Play) -> Browser:
    """Signed in for 乙公司 of the same county."""
    browser = Browser(portal_app.test_client(), "http://raoping.localhost")
    assert browser.sign_in("13800005678").status_code == 302
    return browser


@pytest.fixture
def city(portal_app: Flask, shantou: Play) -> Browser:
    """Signed in for 甲公司 of the city."""
    browser = Browser(portal_app.test_client(), "http://shantou.localhost")
    assert browser.sign_in().status_code == 302
    return browser


@pytest.fixture
def inside(portal_app: Flask) -> Iterator[Inside]:
    """To look, or act as an official, behind the pages."""
    return Inside(portal_app)


@dataclass
class Inside:
    """`with inside("raoping"): …`: the application and tenant in scope."""

    app: Flask

    def __call__(self, code: str = "raoping"):
        from contextlib import ExitStack

        stack = ExitStack()
        stack.enter_context(self.app.app_context())
        stack.enter_context(tenant_scope(code))
        return stack
