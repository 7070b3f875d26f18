"""The anchor of deployments on one machine: one list for all, in each deployment's own folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from escalation.carriage import trusted
from escalation.carriage.keyring import DEPLOYMENT
from escalation.federation import plan
from escalation.federation.notary import Notary
from escalation.wire import trust
from zhitongche.kernel.settings import bundled
from zhitongche.tenancy import packs

PACKS = packs.load([bundled("tenants")])


@pytest.fixture
def sites(tmp_path: Path) -> list[plan.Site]:
    file = tmp_path / "plan.yaml"
    file.write_text("deployments: {aa: [raoping], bb: [chaozhou]}")
    return plan.read(file, tmp_path, 8100, PACKS)


def notary(tmp_path: Path, sites: list[plan.Site]) -> Notary:
    return Notary(tmp_path, sites, PACKS, "localhost", {"aa": 9100, "bb": 9101})


def listed(site: plan.Site) -> trust.TrustList:
    bridge = site.home / "bridge"
    return trust.verify((bridge / trusted.LIST).read_bytes(), (bridge / trusted.ANCHOR).read_text())


def test_each_deployment_is_handed_the_same_list_and_the_anchors_fingerprint(tmp_path: Path, sites: list[plan.Site]) -> None:
    notary(tmp_path, sites).issue()
    first, second = (listed(site) for site in sites)
    assert first == second
    assert first.deployments["bb"].endpoint == "http://chaozhou.localhost:9101"
    assert first.tenants["raoping"].parent == "chaozhou"
    # Nobody in the list stands above it.
    assert first.tenants["chaozhou"].parent is None


def test_private_keys_lie_with_their_own_deployment_only(tmp_path: Path, sites: list[plan.Site]) -> None:
    notary(tmp_path, sites).issue()
    here, there = ({file.stem for file in (site.home / "bridge" / "keys").glob("*.pem")} for site in sites)
    assert here == {DEPLOYMENT, *sites[0].tenants}
    assert there == {DEPLOYMENT, *sites[1].tenants}


def test_the_next_list_takes_the_place_of_the_last_even_after_a_restart(tmp_path: Path, sites: list[plan.Site]) -> None:
    before = notary(tmp_path, sites)
    before.issue()
    old = listed(sites[0])
    after = notary(tmp_path, sites)
    after.issue()
    assert after.fingerprint == before.fingerprint
    assert trust.supersedes(listed(sites[0]), old)
    assert listed(sites[0]).tenants["raoping"].keys == old.tenants["raoping"].keys
