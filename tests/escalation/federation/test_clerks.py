"""People who carry any case of any flow towards a goal, one use case after another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from escalation.federation import ladder
from escalation.federation.clerks import Clerks, Stuck
from tests.support.database import Database
from zhitongche.casework import replay
from zhitongche.casework.case import load
from zhitongche.kernel.settings import bundled
from zhitongche.persistence import tenant_scope
from zhitongche.tenancy import packs

PACKS = packs.load([bundled("tenants")])
RISING = [pack.code for pack in PACKS.values() if pack.escalation]
TAKERS = [pack.code for pack in PACKS.values() if pack.takes_petitions]


@pytest.fixture
def app(served_app: Flask, tenant_db: Database) -> Iterator[Flask]:
    with served_app.app_context():
        yield served_app


@pytest.mark.parametrize("tenant", RISING)
def test_a_case_is_brought_to_where_it_rises(app: Flask, tenant: str) -> None:
    with tenant_scope(tenant):
        clerks = Clerks("1")
        petition, goal = clerks.hand_in(1), ladder.before_rising(PACKS[tenant].flow)
        for _ in range(20):
            if clerks.stands_in(petition, goal):
                break
            clerks.towards(petition, goal)
        assert load(petition).stage in goal
        assert replay.broken(petition) == []


@pytest.mark.parametrize("tenant", TAKERS)
def test_a_case_is_answered_whatever_the_flow(app: Flask, tenant: str) -> None:
    with tenant_scope(tenant):
        clerks = Clerks("1")
        flow = PACKS[tenant].flow
        petition, goal = clerks.hand_in(1), flow.by_verb("rate" if "rate" in flow.verbs else "call_back").sources
        for _ in range(20):
            if clerks.stands_in(petition, goal):
                break
            clerks.towards(petition, goal)
        assert load(petition).stage in goal


def test_who_cannot_go_on_says_why(app: Flask) -> None:
    with tenant_scope(TAKERS[0]):
        clerks = Clerks("1")
        petition = clerks.hand_in(1)
        with pytest.raises(Stuck, match=load(petition).stage):
            clerks.towards(petition, frozenset({"nowhere"}))
