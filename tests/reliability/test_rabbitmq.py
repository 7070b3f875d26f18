"""The production form over RabbitMQ: a killed worker's messages come back, and the rows are drained all the same."""

from __future__ import annotations

import os
import random
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path

import kombu
import pytest

from tests.reliability import callers, product
from tests.reliability.callers import TENANT
from tests.reliability.evidence import Evidence
from tests.support import database as databases
from tests.support.processes import wait_until
from zhitongche.identity import units
from zhitongche.persistence import tenant_scope
from zhitongche.worker.celery_app import QUEUE

pytestmark = pytest.mark.deployment

BROKER = os.environ.get("TEST_BROKER_URL", "amqp://guest:guest@127.0.0.1:5672//")
PETITIONS = 2


@pytest.fixture
def broker() -> Iterator[kombu.Connection]:
    """A RabbitMQ that answers, without a queue of ours before and after."""
    with kombu.Connection(BROKER, connect_timeout=3) as connection:
        try:
            connection.ensure_connection(max_retries=1)
        except OSError:
            pytest.skip(f"no RabbitMQ answers at {connection.as_uri()}; name another by TEST_BROKER_URL")
        connection.default_channel.queue_delete(QUEUE)
        yield connection
        connection.default_channel.queue_delete(QUEUE)


def test_over_rabbitmq_killed_workers_lose_nothing_and_send_nothing_twice(server: str, broker: kombu.Connection) -> None:
    made = databases.build(server, f"rabbit_{secrets.token_hex(3)}")
    chance = random.Random(3)
    with tempfile.TemporaryDirectory(prefix="zhitongche-rabbit-") as folder, product.running(
        Path(folder), DATABASE_URL=made.url, BROKER_URL=BROKER
    ) as running:
        app = running.app()
        with app.app_context(), tenant_scope(TENANT):
            callers.prepare()
            lead = units.by_code(callers.LEAD).id
        _require_quorum(broker)
        story, *_ = callers.stories(running.url, running.settings.port, lead)
        for _ in range(PETITIONS):
            story.handle(story.hand_in())
            # A message just sent has woken the worker: it dies over its work.
            wait_until(lambda: running.kill("worker", chance))
        evidence = Evidence(made.superuser)

        def drained() -> bool:
            evidence.let_time_pass(running.died_at)
            return evidence.drained()

        wait_until(drained)
        wait_until(lambda: _waiting(broker) == 0)
        sent = [one["id"] for one in running.ledger.sent()]
        assert len(sent) == len(set(sent)) > 0
        steps = evidence.steps()
        assert {step: steps[step] for step in story.acknowledged if steps[step] != 1} == {}


def _require_quorum(broker: kombu.Connection) -> None:
    """Declared once more as what it should be: of any other kind, the server refuses (RabbitMQ, PRECONDITION_FAILED)."""
    wait_until(lambda: _there(broker))
    kombu.Queue(QUEUE, channel=broker.channel(), queue_arguments={"x-queue-type": "quorum"}, durable=True).queue_declare()


def _there(broker: kombu.Connection) -> bool:
    try:
        broker.channel().queue_declare(QUEUE, passive=True)
    except broker.channel_errors:
        return False
    return True


def _waiting(broker: kombu.Connection) -> int:
    return int(broker.channel().queue_declare(QUEUE, passive=True).message_count)
