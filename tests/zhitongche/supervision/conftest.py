"""The two mechanisms at work, below the screens: real packs, a real database, the relay by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from tests.support.database import Database
from tests.support.stage import Play
from zhitongche import outbox
from zhitongche.kernel import clock as kernel_clock
from zhitongche.persistence import tenant_scope
from zhitongche.tenancy import current
from zhitongche.worker import tasks


@pytest.fixture
def relay() -> Callable[[], outbox.Relayed]:
    """What the worker does when it is woken."""
    return lambda: outbox.relay(tasks.handlers())


@pytest.fixture
def raoping(served_app: Flask, tenant_db: Database, clock: kernel_clock.Simulated) -> Iterator[Play]:
    """The county, whose supervision section urges by the calendar."""
    with served_app.app_context(), tenant_scope("raoping"):
        yield Play.open(current.registry()["raoping"])


@pytest.fixture
def shantou(served_app: Flask, tenant_db: Database, clock: kernel_clock.Simulated) -> Iterator[Play]:
    """The city, whose task force writes findings on repeated problems."""
    with served_app.app_context(), tenant_scope("shantou"):
        yield Play.open(current.registry()["shantou"])
