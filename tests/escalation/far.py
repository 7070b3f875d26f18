"""A county and a city on two installations: an application, a database, a folder and a port each, HTTP between them."""

from __future__ import annotations

import threading
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from werkzeug.serving import WSGIRequestHandler, make_server

from escalation.carriage import comparing, delivering, home, issuing, trusted, watching
from escalation.carriage.keyring import Keyring
from escalation.wire import keys, trust
from tests.escalation.levels import Levels
from tests.support import database as databases
from tests.support.stage import Play
from zhitongche.app.factory import create_app
from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel.settings import Settings, bundled
from zhitongche.persistence import db, tenant_scope, unit_of_work
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

    from escalation.wire.keys import PrivateKey
    from escalation.wire.listing import TrustList
    from tests.support.database import Database
    from zhitongche.casework.tables import Petition
    from zhitongche.kernel.clock import Simulated

MINUTE = timedelta(minutes=1)


class _Quiet(WSGIRequestHandler):
    def log(self, *_args: Any) -> None:
        """Nobody reads it."""


@dataclass
class House:
    """One installation with one tenant; `off`: its port answers nothing."""

    tenant: str
    app: Flask
    database: Database
    server: str
    port: int = 0
    off: bool = False

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Within its application and its tenant's scope, on a session of its own."""
        with self.app.app_context(), tenant_scope(self.tenant):
            yield

    def deliver(self) -> int:
        """What its worker does."""
        with self.inside():
            return delivering.deliver(self.tenant, MINUTE)

    def compare(self) -> None:
        """What its worker does every quarter of an hour."""
        with self.inside():
            comparing.compare(self.tenant, at_once=True)

    def watch(self) -> None:
        """What its watchdog does every minute."""
        with self.inside(), unit_of_work():
            watching.raise_alarms()

    def backup(self) -> str:
        """Copy the whole database as it stands; the copy's name."""
        copy = f"{self.tenant}_backup"
        self._replace(self.tenant, copy)
        return copy

    def restore(self, copy: str) -> None:
        """Put the copy in the place of the database; keys and trust list are files and stay."""
        self._replace(copy, self.tenant)

    def _replace(self, source: str, target: str) -> None:
        with self.app.app_context():
            db.engine.dispose()
        databases.copy(self.server, source, target)


@dataclass
class Far:
    """Both houses, the people in them, and who keeps the anchor."""

    below: House
    above: House
    clock: Simulated
    levels: Levels = field(init=False)
    anchor: PrivateKey = field(default_factory=keys.generate)
    listed: TrustList | None = None

    def down(self, action: str, who: str, **form: Any) -> Petition:
        """An act in the county."""
        with self.below.inside():
            return self.levels.below.act(action, who, **form)

    def up(self, action: str, who: str, **form: Any) -> Petition:
        """An act in the city."""
        with self.above.inside():
            return self.levels.above.act(action, who, **form)

    def carry(self) -> int:
        """Both workers, until nothing is left to send; pauses end meanwhile."""
        total = 0
        while sent := self.below.deliver() + self.above.deliver():
            total += sent
        return total

    def heal(self) -> None:
        """Some quarters of an hour: both compare, and send what that brings."""
        for _ in range(4):
            self.clock.advance(timedelta(minutes=16))
            for house in (self.below, self.above):
                house.compare()
                self.carry()

    def issue(self, revoked: frozenset[str] = frozenset()) -> None:
        """What the keeper of the anchor does: a new list, fetched by both."""
        members = []
        for house in (self.below, self.above):
            with house.app.app_context():
                pack = current.registry()[house.tenant]
                endpoint = f"http://{house.tenant}.localhost:{house.port}"
                members.append(issuing.Member(house.app.config["SETTINGS"].deployment, endpoint, Keyring(home.folder()), (pack,)))
        self.listed = issuing.issue(members, self.listed, kernel_clock.now(), revoked)
        signed = trust.sign(self.listed, self.anchor)
        for house in (self.below, self.above):
            with house.app.app_context():
                trusted.take(signed, trust.fingerprint(self.anchor.public))


@contextmanager
def between(server: str, blank: str, folder: Path, clock: Simulated, below: str, above: str) -> Iterator[Far]:
    """Both installations, from copies of the database `blank`; their servers go by the test's clock."""
    with ExitStack() as stack:
        houses = [stack.enter_context(_house(server, blank, folder, clock, tenant)) for tenant in (below, above)]
        far = Far(houses[0], houses[1], clock)
        far.issue()
        plays = []
        for house in houses:
            with house.inside():
                plays.append(Play.open(current.registry()[house.tenant]))
        far.levels = Levels(*plays)
        yield far


@contextmanager
def _house(server: str, blank: str, folder: Path, clock: Simulated, tenant: str) -> Iterator[House]:
    database = databases.copy(server, blank, tenant)
    settings = Settings(
        database_url=database.url, secret_key="for tests only, forty characters or more", data_dir=folder / tenant,
        tenants_dirs=(bundled("tenants"),), environment="test", deployment=f"of-{tenant}",
    )  # fmt: skip
    app = create_app(settings)
    house = House(tenant, app, database, server)

    def serve(environ: Any, start: Any) -> Any:
        if house.off:
            start("503 Service Unavailable", [])
            return [b""]
        with clock.running():
            return app.wsgi_app(environ, start)

    web = make_server("127.0.0.1", 0, serve, threaded=True, request_handler=_Quiet)
    house.port = web.port
    app.config["SETTINGS"] = replace(settings, port=web.port)
    thread = threading.Thread(target=web.serve_forever)
    thread.start()
    try:
        yield house
    finally:
        web.shutdown()
        thread.join()
        web.server_close()
        with app.app_context():
            db.engine.dispose()
