"""Pictures show the whole flow, and those in the repository are fresh."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.zhitongche.tenancy.conftest import TENANTS
from zhitongche.tenancy import draw
from zhitongche.tenancy.packs import Registry
from zhitongche.tenancy.picture_cards import cards
from zhitongche.tenancy.picture_layout import place

WITH_FLOW = ["raoping", "shantou", "chaozhou", "chenghai", "huanggang"]


@pytest.mark.parametrize("code", WITH_FLOW)
def test_the_picture_shows_every_stage_and_every_clock_where_it_begins(registry: Registry, code: str) -> None:
    pack = registry[code]
    texts = "".join(ElementTree.fromstring(draw.svg(pack)).itertext())
    for stage in pack.flow.stages.values():
        assert stage.name in texts
    for rule in pack.flow.clocks.values():
        assert rule.name in texts


@pytest.mark.parametrize("code", WITH_FLOW)
def test_no_card_covers_another(registry: Registry, code: str) -> None:
    placed = list(place(cards(registry[code].flow)).values())
    for one in placed:
        for other in placed:
            if one is not other and one.x == other.x:
                assert one.y + one.height <= other.y or other.y + other.height <= one.y


def test_the_picture_holds_neither_script_nor_foreign_address(registry: Registry) -> None:
    picture = draw.svg(registry["raoping"])
    assert "<script" not in picture
    assert picture.count("http") == 1  # the name of SVG itself


@pytest.mark.parametrize("code", WITH_FLOW)
def test_mermaid_tells_every_move(registry: Registry, code: str) -> None:
    flow = registry[code].flow
    diagram = draw.mermaid(registry[code])
    for action in flow.actions.values():
        if action.sources >= flow.open_stages:
            continue
        for source in action.sources or {"[*]"}:
            for target in action.targets:
                assert f"{source} --> {target.stage}: {action.name}" in diagram


@pytest.mark.parametrize("code", [*WITH_FLOW, "guangdong"])
def test_the_pictures_in_the_repository_are_those_of_the_packs(
    registry: Registry, code: str, tmp_path: Path
) -> None:
    for file in draw.write(registry[code], tmp_path):
        assert (TENANTS / code / file.name).read_text(encoding="utf-8") == file.read_text(encoding="utf-8")
