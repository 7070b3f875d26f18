"""Which tenants are served by which deployment, as a file says it."""

from pathlib import Path

import pytest

from escalation.federation import plan
from zhitongche.kernel.errors import Invalid
from zhitongche.kernel.settings import bundled
from zhitongche.tenancy import packs

PACKS = packs.load([bundled("tenants")])


def read(tmp_path: Path, text: str) -> dict[str, plan.Site]:
    file = tmp_path / "plan.yaml"
    file.write_text(text)
    return {site.code: site for site in plan.read(file, tmp_path, 8100, PACKS)}


def test_each_deployment_has_a_home_and_a_port_of_its_own(tmp_path: Path) -> None:
    sites = read(tmp_path, "deployments: {aa: [raoping], bb: [chaozhou]}")
    assert (sites["aa"].home, sites["aa"].port) == (tmp_path / "aa", 8100)
    assert (sites["bb"].home, sites["bb"].port) == (tmp_path / "bb", 8101)


def test_who_is_below_a_named_tenant_goes_along_unless_named_elsewhere(tmp_path: Path) -> None:
    together = read(tmp_path, "deployments: {aa: [guangdong]}")["aa"].tenants
    assert set(together) == set(PACKS)
    apart = read(tmp_path, "deployments: {aa: [guangdong], bb: [chaozhou]}")
    assert {"chaozhou", "raoping"} <= set(apart["bb"].tenants)
    assert set(apart["aa"].tenants) == set(PACKS) - set(apart["bb"].tenants)


def test_who_is_named_nowhere_is_served_nowhere(tmp_path: Path) -> None:
    sites = read(tmp_path, "deployments: {aa: [raoping]}")
    assert "chaozhou" not in sites["aa"].tenants
    assert "guangdong" not in sites["aa"].tenants


def test_the_example_can_be_read(tmp_path: Path) -> None:
    sites = plan.read(bundled("docs") / "federation.example.yaml", tmp_path, 8100, PACKS)
    assert len(sites) == 3


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "deployments"),
        ("deployments: [raoping]", "deployments"),
        ("deployments: {Aa: [raoping]}", "小写字母"),
        ("deployments: {a: [raoping]}", "2 到 31 个"),
        ("deployments: {aa: []}", "租户代码"),
        ("deployments: {aa: [raopin]}", "没有名为“raopin”的租户"),
        ("deployments: {aa: [raoping], bb: [raoping]}", "同时写在"),
        ("deployments: {aa: [", "不是 YAML"),
    ],
)
def test_a_faulty_plan_is_refused_with_the_reason(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(Invalid, match=told):
        read(tmp_path, text)


def test_a_missing_plan_is_named(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"nowhere\.yaml"):
        plan.read(tmp_path / "nowhere.yaml", tmp_path, 8100, PACKS)
