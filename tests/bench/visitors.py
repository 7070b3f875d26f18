"""Those who use the product: signed in over HTTP like anyone, with cookie and form token."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from tests.bench.client import Connection, request
from tests.bench.dataset import TENANT
from tests.bench.people import PASSWORD

HOST = f"{TENANT}.localhost"
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(frozen=True)
class Ask:
    """A page that is asked for, or a form that is sent."""

    path: str
    form: dict[str, str] | None = None


@dataclass
class Visitor:
    """Somebody signed in."""

    cookie: str = ""
    token: str = ""
    host: str = HOST

    @property
    def tenant(self) -> str:
        """Whose host it is."""
        return self.host.partition(".")[0]

    def wire(self, ask: Ask) -> bytes:
        """The request as it goes over the wire."""
        return request(self.host, ask.path, self.cookie, self.body(ask))

    def body(self, ask: Ask) -> bytes | None:
        """The form, with the token of this session."""
        return None if ask.form is None else urlencode({**ask.form, "csrf_token": self.token}).encode()

    def visit(self, connection: Connection, ask: Ask) -> str:
        """Ask, and keep cookie and token as a browser does."""
        answer = connection.ask(self.wire(ask))
        assert answer.status in {200, 302, 303}, f"{ask.path}: {answer.status} {answer.text[:500]}"
        if session := answer.cookies().get("session"):
            self.cookie = f"session={session}"
        if found := _TOKEN.search(answer.text):
            self.token = found[1]
        return answer.text


def sign_in(port: int, login: str, *, desk: bool, host: str = HOST, password: str = PASSWORD) -> Visitor:
    """The official, or the enterprise's person, with that login (mobile)."""
    connection, visitor = Connection(port), Visitor(host=host)
    door, name, home = ("/desk/sign-in", "login", "/desk/account") if desk else ("/sign-in", "mobile", "/account/")
    visitor.visit(connection, Ask(door))
    visitor.visit(connection, Ask(door, {name: login, "password": password}))
    visitor.visit(connection, Ask(home))
    connection.close()
    return visitor
