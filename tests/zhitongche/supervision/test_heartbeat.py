"""Whether anybody is at work can be told from the rows."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.conftest import BETA
from zhitongche.kernel import clock as kernel_clock
from zhitongche.persistence import TenantSession, tenant_scope, unit_of_work
from zhitongche.supervision import heartbeat


def test_a_part_that_never_came_and_one_that_stays_away_are_silent(session: TenantSession, clock: kernel_clock.Simulated) -> None:
    assert set(heartbeat.silent()) == set(heartbeat.PARTS)
    with unit_of_work():
        for part in heartbeat.PARTS:
            heartbeat.beat(part)
    assert heartbeat.silent() == []
    clock.advance(timedelta(minutes=3))
    assert set(heartbeat.silent()) == {"relay", "sweep"}
    with unit_of_work():
        heartbeat.beat("sweep")
    assert heartbeat.silent() == ["relay"]
    assert heartbeat.last()["sweep"] == clock.now()


def test_one_tenants_machinery_is_not_anothers(bare_app: Flask, session: TenantSession) -> None:
    with unit_of_work():
        heartbeat.beat("relay")
    with tenant_scope(BETA):
        assert heartbeat.last()["relay"] is None


def test_an_unknown_part_is_a_fault_of_the_program(session: TenantSession) -> None:
    with pytest.raises(KeyError):
        heartbeat.beat("nobody")
