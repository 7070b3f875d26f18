from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from tests.zhitongche.outbox.conftest import Rows
from zhitongche import outbox
from zhitongche.kernel import clock
from zhitongche.persistence import TenantSession, unit_of_work


@pytest.fixture
def woken(bare_app: Flask) -> Iterator[list[str]]:
    calls: list[str] = []
    outbox.wake_with(bare_app, calls.append)
    yield calls
    outbox.wake_with(bare_app, lambda tenant: None)


def test_the_worker_is_woken_once_and_only_after_the_commit(session: TenantSession, woken: list[str]) -> None:
    with unit_of_work():
        outbox.promise("a", {})
        outbox.promise("a", {})
        with session.begin_nested():
            outbox.promise("a", {})
        assert woken == []
    assert woken == ["alpha"]


def test_nobody_is_woken_for_what_is_undone_or_not_yet_due(session: TenantSession, woken: list[str]) -> None:
    outbox.promise("a", {})
    session.rollback()
    with unit_of_work():
        outbox.promise("a", {}, due_at=clock.now() + timedelta(hours=1))
    assert woken == []


def test_a_broker_that_is_away_does_not_turn_what_was_stored_into_an_error(
    bare_app: Flask, session: TenantSession, rows: Rows
) -> None:
    def away(tenant: str) -> None:
        raise ConnectionError("broker")

    outbox.wake_with(bare_app, away)
    with unit_of_work():
        outbox.promise("a", {})
    outbox.wake_with(bare_app, lambda tenant: None)
    assert len(rows()) == 1
