"""A made-up province: one case of every kind played in its first county, the second one ready to be stamped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import psycopg
import pytest
from flask import Flask

from tests.bench.stories import STORIES, Teller
from tests.support.database import Database
from tests.support.stage import TEXT, Play
from zhitongche.app.factory import create_app
from zhitongche.kernel import clock
from zhitongche.kernel.clock import Simulated
from zhitongche.kernel.settings import Settings, bundled
from zhitongche.persistence import tenant_scope, unit_of_work
from zhitongche.simulation.bulk import loading, moulds, province, world
from zhitongche.simulation.bulk.moulds import Company, Moulds
from zhitongche.simulation.bulk.stamping import Copy, Said, Tenant
from zhitongche.tenancy import current, packs, versions

BEGAN = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
KINDS = len(STORIES)


@dataclass(frozen=True)
class Stage:
    """The played tenant's moulds, the tenant to be stamped, and where."""

    app: Flask
    database: Database
    stamped: str
    moulds: Moulds

    def tenant(self, copies: list[Copy]) -> Tenant:
        """The stamped tenant with these copies."""
        registry = current.registry()
        pack = registry[self.stamped]
        return Tenant(self.moulds, pack, registry[pack.parent or ""], registry.folder(self.stamped), copies, "a test")

    def stamp(self, further: int, kinds: Sequence[int] = range(KINDS)) -> None:
        """The played cases, and so many further copies of each of these kinds, no two of which say the same."""
        self.empty()
        rounds = [(0, at) for at in range(KINDS)] + [(nth, at) for nth in range(1, further + 1) for at in kinds]
        copies = [Copy(at, nth, tuple(said(KINDS * nth + at, "丙") if nth else None for _ in self.moulds.bundles[at].cases)) for nth, at in rounds]
        loading.write(self.database.admin_url, self.tenant(copies))

    def empty(self) -> None:
        """Take away whatever the stamped tenant has, but for its pack."""
        tables = {one.name for one in world.tables()} | {"figure_tally", "figure_increment", "number_series", "read_log", "outbox", "notice", "paper_file"}
        with psycopg.connect(self.database.admin_url) as connection:
            connection.execute("set session_replication_role = replica")
            for table in tables:
                connection.execute(f"delete from {table} where tenant_id = %s", [self.stamped])


@pytest.fixture(scope="module")
def stage(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Played once for all tests of a file: its rows and its application's context must not outlast it."""
    folder = tmp_path_factory.mktemp("province")
    known = packs.load([bundled("tenants")])
    province.write(province.planned(known, cities=1, counties=2), known, folder, Random(1), BEGAN.date())
    settings = Settings(
        database_url=database.url, secret_key="a secret of forty characters, at the very least", environment="test",
        tenants_dirs=(bundled("tenants"), folder), data_dir=tmp_path_factory.mktemp("data"),
    )  # fmt: skip
    app = create_app(settings)
    with app.app_context():
        registry = current.registry()
        played, stamped = sorted(code for code in registry if (folder / code).exists() and registry[code].level == "county")
        tell(played, [said(at) for at in range(KINDS)])
        with psycopg.connect(database.admin_url) as connection:
            seen = world.capture(connection, played)
        made = moulds.make(seen, registry[played], registry[registry[played].parent or ""])
        with tenant_scope(stamped), unit_of_work():
            versions.keep(registry[stamped])
        yield Stage(app, database, stamped, made)
    database.wipe()


def tell(tenant: str, words: Sequence[Said], who: Company | None = None) -> None:
    """Every story in the tenant by the use cases, at the same moments; by the company where one is given."""
    with tenant_scope(tenant), clock.at(BEGAN) as simulated:
        play = Play.open(current.registry()[tenant])
        if who:
            with unit_of_work():
                play.people["enterprise"] = play.enterprise_person(who.credit_code, who.name, who.mobile)
        rng = Random(5)
        for at, (story, (title, content, wish)) in enumerate(zip(STORIES, words, strict=True)):
            simulated.set(BEGAN + timedelta(days=at))
            contact = {"contact_name": "陈静", "contact_mobile": who.mobile if who else TEXT["contact_mobile"]}
            _one(play, simulated, rng, story, {"title": title, "content": content, "wish": wish, **contact})


def _one(play: Play, simulated: Simulated, rng: Random, story: str, form: dict[str, Any]) -> None:
    play.petition_id = None
    play.hand_in(**form)
    STORIES[story](Teller(play, simulated, "zhen0", "gongxin", rng))


def said(at: int, of: str = "甲") -> Said:
    """What the petition of that place says."""
    return f"{of}厂第{at}条道路破损影响货车进出", f"我司{of}厂区门口第{at}条道路破损严重，雨天积水，货车进出困难，请协调修复。", f"尽快修复{of}{at}号路面"
