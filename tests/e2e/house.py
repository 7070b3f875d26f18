"""The whole product for a browser: web server, a worker that is woken, SMS into files, a clock that the test moves on."""

from __future__ import annotations

import json
import logging
import queue
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.serving import make_server

from tests.support.processes import wait_until
from zhitongche import outbox
from zhitongche.app.factory import create_app
from zhitongche.casework import replay
from zhitongche.deployment.ports import free_port
from zhitongche.flow.facts import Actor
from zhitongche.identity import officials, units
from zhitongche.identity.officials import OfficialForm
from zhitongche.identity.register_load import load_csv
from zhitongche.kernel import clock
from zhitongche.kernel.settings import Settings
from zhitongche.persistence import tenant_scope, unit_of_work
from zhitongche.tenancy import current, versions
from zhitongche.worker import tasks

TENANTS = Path(__file__).parents[2] / "tenants"
MORNING = datetime(2026, 3, 3, 9, 30, tzinfo=clock.CHINA)
"""A Tuesday, with a whole working week before and behind it."""
ADMIN = Actor("official", "系统管理员", roles=frozenset({"admin"}))


class Passing(clock.Simulated):
    """A clock that starts where it is told and goes on at the pace of ours."""

    def __init__(self, moment: datetime) -> None:
        super().__init__(moment)
        self._since = time.monotonic()

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=time.monotonic() - self._since)


@dataclass
class House:
    """One tenant's product in this process."""

    app: Flask
    tenant: str
    port: int
    sms_folder: Path
    clock: Passing = field(default_factory=lambda: Passing(MORNING))

    @property
    def url(self) -> str:
        """The portal as a browser reaches it."""
        return f"http://{self.tenant}.localhost:{self.port}"

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Behind the pages: application, tenant and clock in scope."""
        with self.clock.running(), self.app.app_context(), tenant_scope(self.tenant):
            yield

    def open(self) -> None:
        """Units of the pack and its legal-entity register; the officials are still to come."""
        pack = current.registry()[self.tenant]
        with unit_of_work():
            versions.keep(pack)
            units.sync(pack)
            load_csv(TENANTS / self.tenant / "register.csv")

    def hire(self, login: str, name: str, unit: str, *roles: str, password: str | None = None) -> str:
        """An official's account, as the administrator makes it; answers the (first) password."""
        with self.inside(), unit_of_work():
            return officials.create(OfficialForm(login, name, roles, unit), by=ADMIN, password=password).password

    def sms(self, mobile: str, holding: str) -> str:
        """The text of the newest SMS to this mobile that holds these words; waits for the worker."""
        found: list[dict[str, Any]] = []

        def arrived() -> bool:
            files = [json.loads(file.read_text("utf-8")) for file in self.sms_folder.glob("*.json")]
            found[:] = [one for one in files if one["mobile"] == mobile and holding in one["text"]]
            return bool(found)

        wait_until(arrived)
        return str(max(found, key=lambda one: one["at"])["text"])

    def broken(self, petition_id: str) -> list[str]:
        """What does not hold of the petition, by the platform's own invariants."""
        with self.inside():
            return replay.broken(petition_id)  # type: ignore[arg-type]


def build(database_url: str, folder: Path, tenant: str) -> House:
    """The application as it is served, with messages sent into files."""
    port = free_port()
    settings = Settings(
        database_url=database_url, secret_key="for tests only, forty characters or more", data_dir=folder,
        tenants_dirs=(TENANTS,), environment="test", sms="file", port=port,
    )  # fmt: skip
    return House(create_app(settings), tenant, port, folder / "sms")


@contextmanager
def serving(house: House) -> Iterator[House]:
    """Answer browsers, and do the worker's part after each commit."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)

    def by_our_clock(environ: Any, start_response: Any) -> Any:
        with house.clock.running():
            return house.app(environ, start_response)

    server = make_server("127.0.0.1", house.port, by_our_clock, threaded=True)
    calls: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    outbox.wake_with(house.app, calls.put)
    threads = [threading.Thread(target=server.serve_forever), threading.Thread(target=_work, args=(house, calls))]
    for thread in threads:
        thread.start()
    try:
        yield house
    finally:
        server.shutdown()
        calls.put(None)
        for thread in threads:
            thread.join()


def _work(house: House, calls: queue.SimpleQueue[str | None]) -> None:
    while (tenant := calls.get()) is not None:
        with house.clock.running(), house.app.app_context():
            tasks.relay(tenant)
