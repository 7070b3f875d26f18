"""What every answer tells the browser not to do."""

import re

import pytest

from .conftest import make_app

PAGES = [
    "/gallery/",
    "/gallery/form",
    "/gallery/inbox",
    "/gallery/fail/missing",
    "/brand.css",
    "/brand.svg",
    "/assets/css/page.css",
    "/nowhere",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_strict_policy(client, path):
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    "path", ["", "form", "form-wrong", "home", "petition", "inbox", "case", "confirm", "fail/refused"]
)
def test_no_page_holds_script_or_style_of_its_own(client, path):
    page = client.get(f"/gallery/{path}").text
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", page)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page))
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)


def test_the_session_cookie_is_strict_and_out_of_reach_of_scripts(client):
    cookie = client.get("/gallery/form").headers["Set-Cookie"]
    assert "SameSite=Strict" in cookie
    assert "HttpOnly" in cookie


def test_pages_stay_out_of_shared_caches_and_assets_stay_long(client):
    assert client.get("/gallery/form").headers["Cache-Control"] == "private, no-cache"
    assert "max-age=31536000" in client.get("/assets/css/page.css").headers["Cache-Control"]
    assert client.get("/gallery/fail/missing").headers["Cache-Control"] == "no-store"


def test_only_https_is_pinned_to_https():
    client = make_app().test_client()
    assert "Strict-Transport-Security" not in client.get("/gallery/").headers
    assert "Strict-Transport-Security" in client.get("/gallery/", base_url="https://x.test").headers
