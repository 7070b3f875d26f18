"""One running deployment seen from outside: its application in this process, its database behind row-level security."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Self

from sqlalchemy import Engine, create_engine, text

from escalation.federation import house, processes
from escalation.protocol import sending
from zhitongche.app.factory import create_app
from zhitongche.deployment.database import database
from zhitongche.kernel import clock
from zhitongche.kernel.settings import Settings
from zhitongche.persistence import tenant_scope
from zhitongche.worker.celery_app import make_celery

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from celery import Celery
    from flask import Flask

    from escalation.federation.plan import Site

_WAKE: Final = "zhitongche.bridge_deliver"


@dataclass
class Camp:
    """The deployment of a site; `root` is its supervisor's process number."""

    site: Site
    root: int
    app: Flask
    celery: Celery
    superuser: Engine
    died_at: datetime = field(default_factory=clock.now)
    """When one of its processes was killed last: what it had leased is nobody's."""

    @classmethod
    @contextmanager
    def of(cls, site: Site, root: int) -> Iterator[Self]:
        """Connect to it; the deployment runs."""
        with ExitStack() as stack:
            live = stack.enter_context(database(Settings.from_env(house.environment(site))))
            assert live.admin_database_url
            engine = create_engine(live.admin_database_url, pool_pre_ping=True)
            stack.callback(engine.dispose)
            yield cls(site, root, create_app(live), make_celery(live), engine)

    @contextmanager
    def tenant(self, code: str) -> Iterator[None]:
        """Act as a tenant of it."""
        with self.app.app_context(), tenant_scope(code):
            yield

    def rows(self, sql: str, **values: object) -> list[Any]:
        """The rows of a query, of all its tenants."""
        with self.superuser.connect() as connection:
            return list(connection.execute(text(sql), values))

    def kill(self, part: str, chance: Random) -> bool:
        """Kill -9 one process of the part; False where none is alive."""
        killed = processes.kill(self.root, part, chance)
        self.died_at = clock.now() if killed else self.died_at
        return killed

    def let_time_pass(self) -> None:
        """Pauses and back-offs end, and leases from before the last death; then the worker is woken.

        A lease that a living one took before that ends too: its message may go out twice, which must do no harm.
        """
        with self.superuser.begin() as connection:
            for statement in _PASSING:
                connection.execute(text(statement), {"end": self.died_at + sending.LEASE})
        for tenant in self.site.tenants:
            self.celery.send_task(_WAKE, args=[tenant], ignore_result=True)


_PASSING: Final = (
    "update bridge_outgoing set lease_until = null where pending and lease_until < :end",
    "update bridge_outgoing set due_at = now() where pending and lease_until is null and due_at > now()",
    "update bridge_peer set paused_until = now() where paused_until > now()",
)
"""What would happen in the hours that nobody wants to wait for."""
