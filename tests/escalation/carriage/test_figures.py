"""Whom a tenant tells its figures: of each other deployment the nearest above."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from flask import Flask

from escalation.carriage import figures, trusted
from escalation.cases.figures import written
from escalation.wire import kinds, schemas, strict
from escalation.wire.listing import Tenant
from zhitongche.statistics.reported import LARGEST, Sheet

ALL = frozenset({kinds.FIGURES, kinds.ESCALATE})
LISTED = {
    "town": Tenant("one", "某镇", "county", (), ALL),
    "county": Tenant("one", "某县", "city", (), ALL),
    "city": Tenant("two", "某市", "province", (), ALL),
    "province": Tenant("three", "某省", None, (), ALL),
}


@pytest.fixture
def receivers(monkeypatch: pytest.MonkeyPatch):
    """Who receives a tenant's figures, with some of the list's tenants otherwise."""

    def found(tenant: str, **otherwise: Tenant) -> list[str]:
        listed = LISTED | otherwise
        monkeypatch.setattr(trusted, "in_force", lambda: SimpleNamespace(tenants=listed))
        app = Flask("listed")
        app.config["SETTINGS"] = SimpleNamespace(deployment=listed[tenant].deployment)
        with app.app_context():
            return figures.receivers(tenant)

    return found


def test_every_other_deployment_above_is_told_once_by_its_nearest_tenant(receivers) -> None:
    assert receivers("town") == ["city", "province"]
    assert receivers("town", province=replace(LISTED["province"], deployment="two")) == ["city"]
    assert receivers("county", province=replace(LISTED["province"], deployment="one")) == ["city"]


def test_nobody_is_told_where_all_above_live_here_or_none_is_above(receivers) -> None:
    assert receivers("county", city=replace(LISTED["city"], deployment="one"), province=replace(LISTED["province"], deployment="one")) == []
    assert receivers("province") == []


def test_an_older_release_that_does_not_know_figures_is_passed_over(receivers) -> None:
    assert receivers("town", city=replace(LISTED["city"], may_send=frozenset({kinds.ESCALATE}))) == ["province"]
    assert receivers("town", town=replace(LISTED["town"], may_send=frozenset({kinds.ESCALATE}))) == []


def test_a_full_sheet_of_the_longest_names_has_room() -> None:
    sums = [("~" + "k" * 40, f"{n:064}", 999, -(10**9)) for n in range(LARGEST // 3)]
    sheet = Sheet("0" * 64, datetime(2026, 3, 6, tzinfo=UTC), {date(2026, 3, 1) + timedelta(n): sums for n in range(3)})
    data = written(sheet)
    schemas.check(kinds.FIGURES, data)
    assert len(strict.dump(data)) < 250 * 1024
