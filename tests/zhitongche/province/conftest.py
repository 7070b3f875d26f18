"""Sums of several tenants, put where the province reads them, and officials who look at them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape

import pytest
from flask import Flask

from tests.support.database import Database
from tests.support.pages import Visitor
from tests.support.stage import Play
from tests.zhitongche.desk.conftest import Office
from zhitongche.identity import units
from zhitongche.identity.actors import AccountUser
from zhitongche.identity.tables import Person
from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import db, tenant_scope, unit_of_work
from zhitongche.statistics import definitions
from zhitongche.statistics.tables import FigureEdition, FigureTally
from zhitongche.tenancy import current, versions

MARCH = date(2026, 3, 1)
Put = Callable[..., None]


def lines(page: str) -> dict[str, list[str]]:
    """The lines of a page's tables: what stands in each cell, ranks left out."""
    found = {}
    for one in re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.DOTALL):
        head = re.search(r'<th scope="row(?:group)?"[^>]*>(.*?)</th>', one, re.DOTALL)
        if head:
            cells = re.findall(r"<td[^>]*>(.*?)</td>", re.sub(r'<small class="rank">.*?</small>', "", one), re.DOTALL)
            found[_text(head[1])] = [_text(cell) for cell in cells]
    return found


def line(page: str, name: str) -> list[str]:
    """One line of them."""
    return lines(page)[name]


def _text(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html)).strip()


@pytest.fixture
def put(served_app: Flask, tenant_db: Database, clock: kernel_clock.Simulated) -> Put:
    """`put("chenghai", kept=20, missed=3)`: what a tenant counted in a month."""

    def put(tenant: str, month: date = MARCH, *, bucket: int = 0, **counted: int) -> None:
        with served_app.app_context(), tenant_scope(tenant), unit_of_work():
            if db.session.get(FigureEdition, (tenant, 1)) is None:
                db.session.add(FigureEdition(edition=1, digest="", definitions=definitions.installed().text, state="current", begun_at=kernel_clock.now(), ready_at=None))
                db.session.flush()
            for kind, n in counted.items():
                db.session.add(FigureTally(edition=1, grain="m", start=month, kind=kind, bucket=bucket, n=n))

    return put


@pytest.fixture
def official(served_app: Flask, tenant_db: Database, clock: kernel_clock.Simulated) -> Callable[[str, str], Visitor]:
    """`official("guangdong", "province")`: somebody of that tenant with that role, signed in."""

    def official(tenant: str, role: str) -> Visitor:
        with served_app.app_context(), tenant_scope(tenant):
            pack = current.registry()[tenant]
            with unit_of_work():
                versions.keep(pack)
                units.sync(pack)
                home = next(iter(units.of_role(role)), None)
                person = Person(
                    kind="official", login=f"{role}-{new_id().hex[-8:]}", name=f"{role}某", mobile="13900001234",
                    unit_id=home.id if home else None, roles=[role],
                )  # fmt: skip
                db.session.add(person)
            return Office(served_app, Play(pack)).visitor(AccountUser(person).get_id())

    return official


@pytest.fixture
def province(official: Callable[[str, str], Visitor]) -> Iterator[Visitor]:
    """Who looks from the very top."""
    return official("guangdong", "province")
