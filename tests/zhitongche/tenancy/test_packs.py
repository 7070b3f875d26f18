"""Packs by code, by host, by parent."""

import pytest

from tests.zhitongche.tenancy.conftest import TENANTS, Folder
from zhitongche.tenancy import packs
from zhitongche.tenancy.findings import PackError
from zhitongche.tenancy.packs import Registry


def test_a_host_finds_its_pack_whatever_port_or_case(registry: Registry) -> None:
    for host in ("raoping.localhost", "RaoPing.localhost:8000", "raoping.localhost."):
        found = registry.by_host(host)
        assert found is not None
        assert found.code == "raoping"


@pytest.mark.parametrize(
    "host", ["localhost", "", "xraoping.localhost", "raoping.localhost.evil.example", "raoping"]
)
def test_any_other_host_is_nobodys(registry: Registry, host: str) -> None:
    assert registry.by_host(host) is None


def test_a_pack_may_have_hosts_of_its_own(folder: Folder) -> None:
    folder.change("shantou/pack.yaml", "level: city", "hosts: [ztc.example.cn]\nlevel: city")
    registry = packs.load([folder.path], "base.example")
    assert registry["shantou"].hosts == ("ztc.example.cn", "shantou.base.example")
    for host in registry["shantou"].hosts:
        found = registry.by_host(host)
        assert found is not None
        assert found.code == "shantou"


def test_a_host_belongs_to_one_pack_only(folder: Folder) -> None:
    for code, level in (("shantou", "city"), ("raoping", "county")):
        folder.change(f"{code}/pack.yaml", f"level: {level}\n", f"hosts: [ztc.example.cn]\nlevel: {level}\n")
    with pytest.raises(PackError, match="已被租户包"):
        packs.load([folder.path])


def test_the_tree_is_that_of_the_administration(registry: Registry) -> None:
    assert {pack.code for pack in registry.children("guangdong")} == {"chaozhou", "shantou"}
    assert [pack.code for pack in registry.children("chaozhou")] == ["raoping"]
    assert [pack.code for pack in registry.children("shantou")] == ["chenghai"]
    assert [pack.code for pack in registry.children("raoping")] == ["huanggang"]
    assert [pack.code for pack in registry.hosted("raoping")] == ["huanggang"]


def test_all_that_is_below_is_known_wherever_it_is_served(registry: Registry) -> None:
    assert [pack.code for pack in registry.below("guangdong")] == ["shantou", "chenghai", "chaozhou", "raoping", "huanggang"]
    alone = packs.load([TENANTS], served=frozenset({"guangdong"}))
    assert list(alone) == ["guangdong"]
    assert [pack.code for pack in alone.below("guangdong")] == [pack.code for pack in registry.below("guangdong")]
    assert alone.below("huanggang") == []


def test_a_faulty_pack_is_not_loaded_and_all_faults_are_told_at_once(folder: Folder) -> None:
    folder.change("shantou/pack.yaml", "level: city", "level: cty")
    folder.change("raoping/pack.yaml", "level: county\n", "level: conty\n")
    with pytest.raises(PackError) as error:
        packs.load([folder.path])
    assert {finding.spot.file for finding in error.value.findings} >= {
        "shantou/pack.yaml",
        "raoping/pack.yaml",
    }


def test_the_province_takes_no_petitions_and_has_no_flow(registry: Registry) -> None:
    assert not registry["guangdong"].takes_petitions
    assert not registry["guangdong"].flow.actions


def test_the_folder_of_a_pack_is_known(registry: Registry) -> None:
    assert registry.folder("raoping") == TENANTS / "raoping"


def test_what_another_deployment_serves_may_be_built_on_and_stand_above_and_has_no_host_here(folder: Folder) -> None:
    registry = packs.load([folder.path], served=frozenset({"chaozhou"}))
    assert list(registry) == ["chaozhou"]
    assert registry["chaozhou"].flow == packs.load([folder.path])["chaozhou"].flow
    assert registry.by_host("raoping.localhost") is None


def test_a_pack_that_is_not_there_cannot_be_served(folder: Folder) -> None:
    with pytest.raises(PackError, match=r"raopin.*raoping"):
        packs.load([folder.path], served=frozenset({"raopin"}))
