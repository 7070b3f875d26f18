"""Machines with their keys at the API of the two real packs: the whole application, a real database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.support.database import Database
from tests.support.stage import CREDIT_CODES, TEXT, Play
from zhitongche.api import keys
from zhitongche.identity import people
from zhitongche.kernel import clock as kernel_clock
from zhitongche.persistence import tenant_scope, unit_of_work
from zhitongche.tenancy import current


@dataclass
class Machine:
    """A program with a key, at one tenant's address."""

    app: Flask
    host: str
    key: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.ask("GET", path, **options)

    def post(self, path: str = "/petitions", *, order: str | None = "GD1", **options: Any) -> TestResponse:
        more = {"Idempotency-Key": order} if order is not None else {}
        return self.ask("POST", path, headers=more, **options)

    def ask(self, method: str, path: str, *, headers: dict[str, str] | None = None, **options: Any) -> TestResponse:
        sent = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        with self.app.app_context():
            return self.app.test_client().open(
                f"/api/v1{path}", method=method, base_url=self.host, headers={**sent, **self.headers, **(headers or {})}, **options
            )


@dataclass
class Place:
    """One tenant: its people on the stage, and machines for them."""

    app: Flask
    play: Play

    def machine(self, who: str, kind: str = "reader") -> Machine:
        """A machine that acts as that one."""
        return Machine(self.app, self.host, self.key(who, kind))

    def key(self, who: str, kind: str = "reader") -> str:
        actor = self.play.actor(who)
        assert actor.person_id
        with unit_of_work():
            return keys.issue("测试系统", kind, people.by_id(actor.person_id), enterprise_id=actor.enterprise_id).text

    @property
    def host(self) -> str:
        return f"http://{self.play.pack.code}.localhost"

    def order(self, **changes: Any) -> dict[str, Any]:
        """An order as the hotline sends it."""
        return {
            **TEXT, "category": next(iter(self.play.pack.categories)), "credit_code": CREDIT_CODES[1],
            "enterprise_name": "丙公司", "first_received": "2026-03-05T15:30:00+08:00", **changes,
        }  # fmt: skip


@pytest.fixture
def raoping(served_app: Flask, tenant_db: Database, clock: kernel_clock.Simulated) -> Iterator[Place]:
    yield from _place(served_app, "raoping")


@pytest.fixture
def shantou(served_app: Flask, tenant_db: Database, clock: kernel_clock.Simulated) -> Iterator[Place]:
    yield from _place(served_app, "shantou")


def _place(app: Flask, code: str) -> Iterator[Place]:
    with app.app_context(), tenant_scope(code):
        yield Place(app, Play.open(current.registry()[code]))


@pytest.fixture
def hotline(raoping: Place) -> Machine:
    return raoping.machine("hotline", "hotline")
