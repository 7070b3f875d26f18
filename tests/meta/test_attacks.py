"""The whole product under attack: what must it withstand (issue 2, “What it must withstand”; OWASP ASVS 5.0).

Each run throws a third of the texts at each address, every text at a third of them; `ATTACKS=all` throws all at all.
"""

from __future__ import annotations

import io
import os
import re
import struct
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from flask import Flask
from openpyxl import Workbook
from werkzeug.datastructures import MultiDict
from werkzeug.routing import Rule

from tests.meta.conftest import OFFICIALS, World, build
from tests.meta.test_route_matrix import ENTERPRISE, KEY, MATRIX, PUBLIC, address, cookie, rules
from tests.support.database import Database
from tests.support.pages import Form, Visitor, forms_of
from zhitongche.app.factory import create_app
from zhitongche.casework.uploads import Upload, check, safe_name, sniff
from zhitongche.identity import official_sheet, people, register_load
from zhitongche.identity.passwords import hashed
from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel.errors import Invalid
from zhitongche.kernel.settings import Settings
from zhitongche.persistence import unit_of_work

PLATFORM = Path(__file__).parents[2] / "platform"
HOSTILE = (
    "\x00", "零\x00点", "\ud800", "\u202e反", "%", "_", "'", "' or 1=1 --", "\\", "-1", "99999999999999999999", "1e999", "x" * 5000, "٣",
    "0001-01-01", "9999-12-31", "0001-01-01T00:00", "9999-12-31T23:59+00:00", "2026-13-45", "1.2.3", "99999999999999999." + "f" * 32,
    "<script>", "{{7*7}}", "../../etc/passwd", "019cc0df-8500-7244-ac78-6fdfcb1034ea", "\r\nSet-Cookie: a=b", ":*", "&|!()", "[" * 3000,
)  # fmt: skip
ONCE = ("\x00", "x" * 5000, "\r\nSet-Cookie: a=b")
"""For pages that do not look at what they are asked: what comes before and after them might."""
WORST = ("零\x00点", "\u202e反", "-1", "99999999999999999999", "x" * 5000, "0001-01-01", "9999-12-31T23:59+00:00", "<script>", "[" * 3000)
"""For where every one of them costs a form."""
LEAKS = ("Traceback", "psycopg", "sqlalchemy", "SELECT ", "INSERT ", 'File "/')
PASSWORD = "jiandan-9876-mima"
SHARES = 1 if os.environ.get("ATTACKS") == "all" else 3


def share(texts: tuple[str, ...], number: int) -> tuple[str, ...]:
    """The texts that are the turn of the address with this number."""
    return texts[number % SHARES :: SHARES]


def asked_for(whom: str = "args|values|form") -> list[str]:
    """Every name by which the program asks an address or a form for something."""
    found = set()
    for file in PLATFORM.rglob("*.py"):
        found |= set(re.findall(rf'(?:{whom})(?:\.get(?:list)?\(|\[)"(\w+)"', file.read_text("utf-8")))
    return sorted(found)


def harmless(answer, where: object) -> None:
    assert answer.status_code < 500, (where, answer.status_code)
    text = answer.get_data().decode("utf-8", "replace")
    assert not [leak for leak in LEAKS if leak in text], where
    assert "Set-Cookie: a=b" not in str(answer.headers), where


def proper(rule: Rule, world: World) -> Visitor:
    """Somebody who may open the address, and so gets furthest."""
    may = MATRIX[rule.endpoint]
    if may == PUBLIC:
        return world.stranger()
    if may == ENTERPRISE:
        return world.visitor(ENTERPRISE)
    return world.visitor("triage" if "triage" in may or not may else min(may))


def encoded(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"))


@pytest.fixture
def looked(whole_app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The path of every request whose query somebody looked at."""
    paths: list[str] = []

    class Noticing(whole_app.request_class):  # type: ignore[name-defined,misc]
        @property
        def args(self) -> MultiDict[str, str]:
            paths.append(self.path)
            return super().args

    monkeypatch.setattr(whole_app, "request_class", Noticing)
    return paths


def query_of(text: str) -> str:
    """The text under every name; a very long one under those only that addresses are asked for: a megabyte proves no more."""
    names = asked_for(r"args|request\.values") if len(text) > 1000 else asked_for()
    assert len(names) > 15
    return "&".join(f"{name}={encoded(text)}" for name in names)


def test_no_address_can_be_made_to_break_a_page(raoping: World, whole_app: Flask, looked: list[str]) -> None:
    opened = thoroughly = 0
    queries = {text: query_of(text) for text in HOSTILE}
    for number, rule in enumerate(rules(whole_app)):
        if MATRIX[rule.endpoint] == KEY:
            continue
        path, visitor = address(rule, raoping.things), proper(rule, raoping)
        opened += visitor.get(path).status_code == 200
        looked.clear()
        for text in ONCE:
            harmless(visitor.get(f"{path}?{queries[text]}"), (rule.endpoint, text))
        if looked:
            thoroughly += 1
            for text in share(HOSTILE, number):
                harmless(visitor.get(f"{path}?{queries[text]}"), (rule.endpoint, text))
    assert opened > 40
    assert thoroughly > 20


def test_no_word_in_a_path_can_be_made_to_break_a_page(raoping: World, whole_app: Flask) -> None:
    for rule in rules(whole_app):
        if not rule.arguments or MATRIX[rule.endpoint] == KEY:
            continue
        visitor = proper(rule, raoping)
        for text in WORST:
            harmless(visitor.get(spoilt(rule, raoping.things, text)), (rule.endpoint, text))


def spoilt(rule: Rule, things: dict[str, str], text: str) -> str:
    """The rule's path with the text in place of a word, or at the end of an id."""
    if "uuid:" in rule.rule:
        return address(rule, things)[:-1] + encoded(text)
    return re.sub(r"<(?:\w+:)?\w+>", encoded(text).replace("\\", r"\\"), rule.rule)


def test_no_form_can_be_made_to_break_the_page_or_to_show_a_trace(raoping: World, whole_app: Flask) -> None:
    sent = 0
    for number, rule in enumerate(rules(whole_app, method="POST")):
        if MATRIX[rule.endpoint] == KEY or rule.endpoint.endswith((".sign_out", ".out", ".close", ".discard")):
            continue
        visitor, path = proper(rule, raoping), address(rule, raoping.things)
        form = _form_for(visitor, path)
        for text in share(WORST, number):
            filled = dict.fromkeys({*form.names, *asked_for()} - {"csrf_token"}, text)
            answer = visitor.send(form, to=path, **filled)
            harmless(answer, (rule.endpoint, text))
            sent += answer.status_code != 400
    assert sent > 200 // SHARES


def _form_for(visitor: Visitor, path: str) -> Form:
    """The page's own form, or one with a token and nothing else."""
    pages = (visitor.get(one) for one in (path, "/desk/account", "/account/", "/sign-in"))
    forms = (form for page in pages if page.status_code == 200 for form in forms_of(page.get_data(as_text=True)))
    form = next(one for one in forms if one.method == "post" and "csrf_token" in one.names)
    return form if visitor.here == path else Form(path, "post", [pair for pair in form.values if pair[0] == "csrf_token"])


@pytest.mark.parametrize("data", [{"title": "x" * 1_100_000}, {f"f{i}": "x" for i in range(100_000)}])
def test_forms_of_absurd_size_are_refused_in_chinese(raoping: World, data: dict[str, str]) -> None:
    for path in ("/sign-in", "/desk/sign-in", "/petitions/new/" + raoping.things["draft_id"] + "/content"):
        for kind in ("multipart/form-data", "application/x-www-form-urlencoded"):
            visitor = raoping.visitor("enterprise")
            with raoping.app.app_context():
                answer = visitor.client.post(path, base_url=raoping.base_url, data=data, content_type=kind)
            harmless(answer, path)
            assert answer.status_code in {400, 413}, (path, kind, answer.status_code)


@pytest.mark.parametrize(
    "target",
    ["//evil.cn", "https://evil.cn", "/\\evil.cn", "\\\\evil.cn", "/\t/evil.cn", "/\n/evil.cn", "///evil.cn", "javascript:alert(1)", "//[",
     "http://[", "/desk/\\..\\..//evil.cn", "//raoping.localhost@evil.cn", "/desk/../..//evil.cn", "/desk/%0d%0aSet-Cookie:%20a=b", " //evil.cn"],
)  # fmt: skip
@pytest.mark.parametrize(("path", "login", "who"), [("/sign-in", "mobile", "enterprise"), ("/desk/sign-in", "login", "triage")])
def test_signing_in_never_leads_to_another_site(raoping: World, target: str, path: str, login: str, who: str) -> None:
    name = _with_password(raoping, who)
    visitor = raoping.stranger()
    page = visitor.get(f"{path}?next={encoded(target)}")
    harmless(page, target)
    (form,) = [one for one in forms_of(page.get_data(as_text=True)) if "password" in one.names]
    answer = visitor.send(form, to=f"{path}?next={encoded(target)}", **{login: name, "password": PASSWORD})
    assert answer.status_code in {302, 303}, answer.status_code
    location = answer.headers["Location"]
    assert urlsplit(location).netloc in ("", "raoping.localhost"), location
    assert re.match(r"/(?![/\\])", location), location
    assert "a=b" not in answer.headers.get("Set-Cookie", "")


def test_what_a_sign_in_page_carries_cannot_break_it(raoping: World) -> None:
    name, visitor = _with_password(raoping, "enterprise"), raoping.stranger()
    (form,) = [one for one in forms_of(visitor.see("/sign-in")) if "password" in one.names]
    answer = visitor.send(form, to="/sign-in", mobile=name, password=PASSWORD, kept="[" * 100_000)
    assert answer.status_code == 302


def _with_password(world: World, who: str) -> str:
    with world.inside(), unit_of_work():
        person = people.by_id(world.play.people[who].person_id)
        person.password_hash, person.must_change_password = hashed(PASSWORD), False
        return person.login or person.mobile or ""


@pytest.mark.parametrize(("path", "login", "who"), [("/sign-in", "mobile", "enterprise"), ("/desk/sign-in", "login", "triage")])
def test_a_session_planted_before_signing_in_is_worth_nothing_after(raoping: World, path: str, login: str, who: str) -> None:
    name, visitor = _with_password(raoping, who), raoping.stranger()
    with visitor.client.session_transaction(base_url=raoping.base_url) as session:
        session["planted"], session["standing_in_for"], session["enterprise_id"] = "x", raoping.things["absent_id"], raoping.things["enterprise_id"]
    (form,) = [one for one in forms_of(visitor.see(path)) if "password" in one.names]
    before = cookie(visitor, raoping)
    assert visitor.send(form, to=path, **{login: name, "password": PASSWORD}).status_code in {302, 303}
    after = cookie(visitor, raoping)
    assert not {"planted", "standing_in_for", "enterprise_id"} & set(after)
    assert after.get("csrf_token") != before["csrf_token"]
    assert after["_user_id"]


def test_a_copied_session_ends_with_the_password_and_is_nobody_elsewhere(raoping: World, shantou: World) -> None:
    visitor = raoping.visitor("triage")
    session_id = cookie(visitor, raoping)["_user_id"]
    elsewhere = shantou.stranger()
    with elsewhere.client.session_transaction(base_url=shantou.base_url) as session:
        session["_user_id"] = session_id
    assert elsewhere.get("/desk/").status_code == 302
    assert visitor.get("/desk/").status_code == 200
    with raoping.inside(), unit_of_work():
        people.by_id(raoping.play.people["triage"].person_id).session_epoch += 1
    assert visitor.get("/desk/").status_code == 302


def test_a_session_cookie_of_a_real_installation_is_strict(database: Database, tmp_path: Path, tenant_db: Database) -> None:
    settings = Settings(
        database_url=database.url, secret_key="for tests only, forty characters or more", data_dir=tmp_path,
        tenants_dirs=(PLATFORM.parent / "tenants",), environment="production",
    )  # fmt: skip
    answer = create_app(settings).test_client().get("/sign-in", base_url="https://raoping.localhost")
    (sent,) = answer.headers.getlist("Set-Cookie")
    name, *flags = [part.strip() for part in sent.split(";")]
    assert name.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"} <= set(flags)
    assert not [flag for flag in flags if flag.startswith("Domain")]
    assert "max-age" in answer.headers["Strict-Transport-Security"]


@pytest.mark.parametrize(
    "host",
    ["evil.cn", "raoping.localhost.evil.cn", "evil.cn:80", "raoping.localhost@evil.cn", "", "127.0.0.1", "localhost", "[::1]", "raoping", "RAOPING.LOCALHOST.cn",
     "raoping.localhost, shantou.localhost", "raoping.localhost/../shantou.localhost", "\x00", "x" * 300],
)  # fmt: skip
def test_under_a_name_that_is_nobodys_there_is_nothing(raoping: World, host: str) -> None:
    with raoping.app.app_context():
        answer = raoping.app.test_client().get("/sign-in", base_url="http://raoping.localhost", headers={"Host": host})
    harmless(answer, host)
    assert answer.status_code in {400, 404}, host


def test_a_proxys_headers_from_a_stranger_change_nothing(raoping: World, shantou: World) -> None:
    lies = {"X-Forwarded-Host": "shantou.localhost", "X-Forwarded-For": "1.2.3.4", "X-Original-URL": "/desk/", "X-HTTP-Method-Override": "DELETE", "Forwarded": "host=shantou.localhost"}
    with raoping.app.app_context():
        honest, lying = (raoping.app.test_client().get("/", base_url=raoping.base_url, headers=headers) for headers in ({}, lies))
    assert honest.get_data() == lying.get_data()
    assert shantou.play.pack.portal_name not in lying.text


class Page(HTMLParser):
    """What of a page would run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.runs: list[str] = []
        self.inside_script = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.inside_script = tag == "script"
        handlers = [name for name in told if name.startswith("on") or name == "style" or name == "srcdoc"]
        addresses = [told[name] for name in ("src", "href", "action", "formaction") if name in told]
        if handlers or any(one.lower().lstrip().startswith(("javascript:", "data:", "//")) for one in addresses):
            self.runs.append(f"<{tag} {told}>")
        if tag in {"iframe", "object", "embed", "base"} or (tag == "script" and not told.get("src", "").startswith("/")):
            self.runs.append(f"<{tag} {told}>")

    def handle_data(self, data: str) -> None:
        if self.inside_script and data.strip():
            self.runs.append(data)


CANARY = "<script>x</script>\"'><img src=x onerror=y>{{7*7}}"


def test_what_people_write_is_never_run(whole_app: Flask, tenant_db: Database, clock: kernel_clock.Simulated) -> None:
    world = build(whole_app, "raoping", CANARY)
    seen = 0
    for who in ("enterprise", *OFFICIALS):
        visitor = world.visitor(who)
        for rule in rules(whole_app):
            answer = visitor.get(address(rule, world.things))
            if answer.mimetype != "text/html":
                continue
            text = answer.get_data(as_text=True)
            assert Page(text).runs == [], (who, rule.endpoint)
            assert CANARY not in text, (who, rule.endpoint)
            assert "{{7*7}}" in text or "49" not in text or "&lt;script" not in text, (who, rule.endpoint)
            seen += "&lt;script&gt;x" in text
    assert seen > 10


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>'),
        ("a.txt", b"\xef\xbb\xbf<svg onload=x>"),
        ("a.html", b"<!doctype html><script>x</script>"),
        ("a.png", b"<html>"),
        ("a.jpg", b"  \n<?xml version='1.0'?><svg/>"),
        ("a.exe", b"MZ" + b"\x00" * 100),
        ("a.sh", b"#!/bin/sh\nrm -rf /"),
        ("a.zip", b"PK\x03\x04" + b"\xff" * 200),
    ],
)
def test_files_that_could_run_are_refused_whatever_they_are_called(name: str, content: bytes) -> None:
    assert sniff(content) is None
    with pytest.raises(Invalid, match="提示"):
        check([Upload(name, content)])


def spoilt_zip() -> bytes:
    """An archive that says that it needs a reader of the next century."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "x")
    content = bytearray(buffer.getvalue())
    at = content.index(b"PK\x01\x02")
    content[at + 6 : at + 8] = struct.pack("<H", 99)
    return bytes(content)


def test_an_archive_that_cannot_be_read_is_refused_and_does_not_break() -> None:
    assert sniff(spoilt_zip()) is None


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\..\\boot.ini", "/etc/cron.d/x", "a\x00.txt", "a\r\nSet-Cookie: a=b.txt", "..", "", "\u202egpj.exe", "x" * 500, "C:\\x\\y.txt", "."])
def test_a_files_name_cannot_leave_its_place(raoping: World, name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert len(safe) <= 120
    assert not set(safe) & set('/\\\x00\r\n\u202e')
    with raoping.inside():
        from zhitongche.casework.tables import Attachment
        from zhitongche.persistence import db

        with unit_of_work():
            row = db.session.get(Attachment, ("raoping", raoping.things["attachment_id"]))
            row.name = safe
    for who, path in (("enterprise", "/petitions/{petition_id}/files/{attachment_id}"), ("triage", "/desk/petitions/{petition_id}/files/{attachment_id}")):
        answer = raoping.visitor(who).get(path.format_map(raoping.things))
        assert answer.status_code == 200
        assert answer.mimetype == "application/octet-stream"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "a=b" not in answer.headers.get("Set-Cookie", "")


def sheet(**parts: bytes) -> io.BytesIO:
    """A workbook some of whose parts are replaced."""
    made, changed = io.BytesIO(), io.BytesIO()
    Workbook().save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(Path(name).stem, old.read(name)))
    changed.seek(0)
    return changed


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a0 "ha">' + b"".join(
    b'<!ENTITY a%d "%s">' % (i, b"&a%d;" % (i - 1) * 10) for i in range(1, 12)
) + b'] ><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row><c t="inlineStr"><is><t>&a11;</t></is></c></row></sheetData></worksheet>'
FAR = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'


@pytest.mark.parametrize("content", [sheet(sheet1=LAUGHS), sheet(sheet1=FAR), sheet(sheet1=b"<" * 10), sheet(sheet1=b" " * 60_000_000), sheet(workbook=b""), io.BytesIO(spoilt_zip()), io.BytesIO(b""), io.BytesIO(b"PK" + b"\x00" * 3_000_000)])
def test_a_spreadsheet_made_to_hurt_is_refused(raoping: World, content: io.BytesIO) -> None:
    with raoping.inside(), pytest.raises(Invalid):
        official_sheet.import_rows(content, by=raoping.play.people["admin"])


HEAD = "统一社会信用代码,企业名称\n".encode()


@pytest.mark.parametrize("content", [b"\x00" * 100, HEAD + b"91440500617540496Q,a\x00b\n", HEAD + b'"' + b"x" * 200_000, b"\xff\xfe", HEAD + b"," * 100_000, HEAD + "91440500617540496Q,\u202e反\n".encode(), b""])
def test_a_register_made_to_hurt_is_refused_or_kept_as_text(raoping: World, content: bytes) -> None:
    with raoping.inside():
        try:
            with unit_of_work():
                register_load.load_csv(io.BytesIO(content))
        except Invalid:
            return
        assert register_load.standing()[0] == 1
