"""A person at a browser without scripts: opens pages, fills in their forms, sends them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


@dataclass
class Form:
    """One form of a page, with what it holds before anything is filled in."""

    action: str
    method: str
    values: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.here: Form | None = None
        self.area: str | None = None
        self.select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.here = Form(told.get("action", ""), told.get("method", "get"))
            self.forms.append(self.here)
        if self.here is None or (tag != "option" and not told.get("name")):
            return
        name = told.get("name", "")
        if name:
            self.here.names.add(name)
        if tag == "textarea":
            self.area = name
            self.here.values.append((name, ""))
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in told:
            self.here.values.append((self.select, told.get("value", "")))
        elif tag == "input" and told.get("type") not in {"submit", "file", "button"}:
            if told.get("type") in {"radio", "checkbox"} and "checked" not in told:
                return
            self.here.values.append((name, told.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self.area and self.here and self.here.values:
            name, text = self.here.values[-1]
            self.here.values[-1] = (name, (text + data).removeprefix("\r\n").removeprefix("\n"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.here = None
        elif tag == "textarea":
            self.area = None
        elif tag == "select":
            self.select = None


def forms_of(html: str) -> list[Form]:
    """All forms of a page."""
    parser = _Forms()
    parser.feed(html)
    return parser.forms


@dataclass
class Visitor:
    """Somebody with a browser, at one tenant's address."""

    client: FlaskClient
    base_url: str
    here: str = ""

    def get(self, path: str, **query: Any) -> TestResponse:
        """Open a page."""
        self.here = path
        # A context of its own, as a server's request has: the test's would lend it `g` and session.
        with self.client.application.app_context():
            return self.client.get(path, base_url=self.base_url, query_string=query or None)

    def see(self, path: str, **query: Any) -> str:
        """Open a page that must be there, and read it."""
        answer = self.get(path, **query)
        assert answer.status_code == 200, (path, answer.status_code, answer.headers.get("Location"))
        return answer.get_data(as_text=True)

    def fill(self, page: str, having: str, **values: Any) -> TestResponse:
        """Fill in the form of `page` (HTML) that has a field of that name, and send it."""
        form = next(one for one in forms_of(page) if having in one.names and one.method == "post")
        return self.send(form, **values)

    def send(self, form: Form, to: str = "", **values: Any) -> TestResponse:
        """Send a form with these values over its own; a list sends several."""
        data: dict[str, Any] = {}
        for name, text in form.values:
            data.setdefault(name, []).append(text)
        data |= {name: value if isinstance(value, list) else [value] for name, value in values.items()}
        with self.client.application.app_context():
            return self.client.post(to or form.action or self.here, base_url=self.base_url, data=data, content_type="multipart/form-data")
