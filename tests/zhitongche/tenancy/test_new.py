"""A third county from a few lines."""

from datetime import UTC, datetime

import pytest

from tests.zhitongche.tenancy.conftest import Folder
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Invalid, NotFound
from zhitongche.tenancy import new, packs


@pytest.mark.parametrize("like", ["raoping", "shantou", "chaozhou"])
def test_a_new_pack_checks_green_and_is_a_few_lines_long(folder: Folder, like: str) -> None:
    created = new.create("nanling", like, "南岭县", folder.path)
    assert folder.findings() == []
    assert len((created / "pack.yaml").read_text(encoding="utf-8").splitlines()) <= 12


def test_a_new_county_takes_over_the_flow_but_no_town_contact_or_leader(folder: Folder) -> None:
    new.create("nanling", "raoping", "南岭县", folder.path)
    registry = packs.load([folder.path])
    county, model = registry["nanling"], registry["raoping"]
    assert county.flow == model.flow
    assert county.portal_name == "南岭县企业诉求“直通车”"
    assert county.leaders == ()
    assert all(unit.kind != "town" and unit.contact is None for unit in county.units)
    assert "饶平" not in str(county.raw)


def test_a_new_county_starts_on_the_day_it_is_made(folder: Folder) -> None:
    with clock.at(datetime(2026, 5, 3, 20, tzinfo=UTC)):
        new.create("nanling", "raoping", "南岭县", folder.path)
    assert packs.load([folder.path])["nanling"].effective_from.isoformat() == "2026-05-04"


def test_a_new_county_adds_its_towns_in_one_line_each(folder: Folder) -> None:
    created = new.create("nanling", "raoping", "南岭县", folder.path)
    (created / "offices.yaml").write_text(
        "units:\n  - {code: chengguanzhen, name: 城关镇人民政府, short: 城关镇, kind: town, level: town}\n",
        encoding="utf-8",
    )
    county = packs.load([folder.path])["nanling"]
    assert county.units_by_code["chengguanzhen"].short == "城关镇"
    assert "handler" in county.units_by_code["chengguanzhen"].roles


def test_two_new_packs_do_not_share_a_number_prefix(folder: Folder) -> None:
    for code in ("nanling", "nanshan", "nanhai", "nan"):
        new.create(code, "raoping", "南某县", folder.path)
    assert folder.findings() == []


@pytest.mark.parametrize("code", ["", "Nanling", "南岭", "../etc", "a", "nan ling", "nan-ling", "1nan"])
def test_a_code_that_cannot_be_one_is_refused(folder: Folder, code: str) -> None:
    with pytest.raises(Invalid):
        new.create(code, "raoping", "南岭县", folder.path)


@pytest.mark.parametrize("name", ["", " ", "南\n岭", 'a"b', "x: y", "{name}"])
def test_a_name_that_would_break_the_file_is_refused(folder: Folder, name: str) -> None:
    with pytest.raises(Invalid):
        new.create("nanling", "raoping", name, folder.path)


def test_a_code_is_given_once(folder: Folder) -> None:
    with pytest.raises(Invalid, match="有误"):
        new.create("shantou", "raoping", "南岭县", folder.path)


def test_only_a_pack_that_stands_can_be_built_on(folder: Folder) -> None:
    with pytest.raises(NotFound):
        new.create("nanling", "nowhere", "南岭县", folder.path)
