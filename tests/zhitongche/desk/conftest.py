"""Officials of the two real packs at their desks: the whole application, a real database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask

from tests.support.database import Database
from tests.support.pages import Visitor
from tests.support.stage import Play
from zhitongche.identity import people
from zhitongche.identity.actors import AccountUser
from zhitongche.kernel import clock as kernel_clock
from zhitongche.persistence import tenant_scope
from zhitongche.tenancy import current


@dataclass
class Office:
    """A tenant's officials at their desks, and the case they have in hand."""

    app: Flask
    play: Play

    def at_desk(self, who: str) -> Visitor:
        """The official of that role or unit, signed in with a browser of his own."""
        actor = self.play.actor(who)
        assert actor.person_id
        return self.visitor(AccountUser(people.by_id(actor.person_id)).get_id())

    def visitor(self, session_id: str | None = None) -> Visitor:
        """A browser; signed in where a session is given."""
        client, base_url = self.app.test_client(), f"http://{self.play.pack.code}.localhost"
        if session_id:
            with client.session_transaction(base_url=base_url) as session:
                session["_user_id"], session["_fresh"] = session_id, True
        return Visitor(client, base_url)

    @property
    def case(self) -> str:
        """The address of the case page."""
        return f"/desk/petitions/{self.play.id}"

    def do(self, code: str) -> str:
        """The address of an action's page."""
        return f"{self.case}/do/{code}"


@pytest.fixture
def raoping(served_app: Flask, tenant_db: Database, clock: kernel_clock.Simulated) -> Iterator[Office]:
    """The monthly-session county."""
    yield from office_of(served_app, "raoping")


@pytest.fixture
def shantou(served_app: Flask, tenant_db: Database, clock: kernel_clock.Simulated) -> Iterator[Office]:
    """The task-force city."""
    yield from office_of(served_app, "shantou")


def office_of(app: Flask, code: str) -> Iterator[Office]:
    """The officials of any tenant."""
    with app.app_context(), tenant_scope(code):
        yield Office(app, Play.open(current.registry()[code]))
