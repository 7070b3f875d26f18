"""A pack is kept as plain JSON and comes back exactly as it was."""

import json

import pytest

from tests.zhitongche.tenancy.conftest import Folder
from zhitongche.tenancy import packs
from zhitongche.tenancy.pack import Pack
from zhitongche.tenancy.packs import Registry


@pytest.mark.parametrize("code", ["raoping", "shantou", "chaozhou", "chenghai", "huanggang", "guangdong"])
def test_a_pack_comes_back_from_its_json_exactly_and_in_order(registry: Registry, code: str) -> None:
    pack = registry[code]
    again = Pack.from_raw(json.loads(json.dumps(pack.raw)))
    assert again.flow == pack.flow
    assert list(again.flow.actions) == list(pack.flow.actions)
    assert (again.units, again.messages, again.portal, again.digest) == (
        pack.units,
        pack.messages,
        pack.portal,
        pack.digest,
    )


def test_any_change_changes_the_digest(folder: Folder, registry: Registry) -> None:
    folder.change("raoping/texts/messages.yaml", "请抓紧办理", "请尽快办理")
    changed = packs.load([folder.path])
    assert changed["raoping"].digest != registry["raoping"].digest
    assert changed["shantou"].digest == registry["shantou"].digest


def test_a_change_of_the_pack_below_changes_the_digest_of_those_built_on_it(
    folder: Folder, registry: Registry
) -> None:
    folder.change("raoping/texts/messages.yaml", "请抓紧办理", "请尽快办理")
    assert packs.load([folder.path])["chaozhou"].digest != registry["chaozhou"].digest


@pytest.mark.clause("ST-3.2.a")
def test_districts_and_zones_have_one_working_day_more_to_confirm(registry: Registry) -> None:
    limit = registry["shantou"].flow.clocks["confirm"].limit
    assert str(limit.default) == "1 wd"
    assert {kind: str(own) for kind, own in limit.by_unit_kind.items()} == {
        "district": "2 wd",
        "zone": "2 wd",
    }


@pytest.mark.clause("ST-2.b")
def test_ten_grounds_for_refusing_are_on_the_list(registry: Registry) -> None:
    grounds = registry["shantou"].grounds_refuse.values()
    assert len(grounds) == 10
    assert {ground.clause for ground in grounds} == {"ST-2.b"}


@pytest.mark.clause("ST-2.a")
def test_three_grounds_for_accepting_are_on_the_list(registry: Registry) -> None:
    assert [ground.clause for ground in registry["shantou"].grounds_accept.values()] == ["ST-2.a"] * 3


@pytest.mark.clause("RP-2.3.g")
def test_lawsuits_and_enterprises_registered_elsewhere_are_grounds_for_refusing(registry: Registry) -> None:
    grounds = registry["raoping"].grounds_refuse
    assert [grounds[code].clause for code in ("lawsuit", "elsewhere")] == ["RP-2.3.g"] * 2


@pytest.mark.clause("RP-3.1")
def test_the_leading_group_stands_in_the_pack(registry: Registry) -> None:
    pack = registry["raoping"]
    assert "组长" in pack.leaders[0].title
    assert pack.units_by_code[pack.leaders[0].unit].roles == {"leader"}


def test_twenty_one_towns_are_units_of_the_county(registry: Registry) -> None:
    towns = [unit for unit in registry["raoping"].units if unit.kind == "town"]
    assert len({town.name for town in towns}) == 21
    assert {town.level for town in towns} == {"town"}
