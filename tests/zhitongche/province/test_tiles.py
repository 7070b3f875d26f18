"""The map without geodata: one tile a jurisdiction, the same on every machine, for six and for 143."""

from __future__ import annotations

import pytest

from zhitongche.province import tiles
from zhitongche.province.places import Family, Place


def family(count: int) -> Family:
    """A city and its counties."""
    return Family("head", "某市", tuple(Place(f"p{n}", f"{n}县", "county", "head", min(n, 1)) for n in range(count)))


@pytest.mark.parametrize("count", [1, 2, 3, 5, 7, 11, 31])
def test_every_jurisdiction_has_one_tile_and_no_two_overlap(count: int) -> None:
    block = tiles.block(family(count))
    assert [tile.place.code for tile in block.tiles] == [f"p{n}" for n in range(count)]
    assert len({(tile.x, tile.y) for tile in block.tiles}) == count
    for tile in block.tiles:
        assert tile.x % (tiles.WIDTH + tiles.GAP) == 0
        assert tile.x + tiles.WIDTH <= block.width
        assert tile.y + tiles.HEIGHT <= block.height


@pytest.mark.parametrize("count", [1, 2, 4, 9, 31])
def test_a_block_fits_on_a_phone_and_leaves_no_row_empty(count: int) -> None:
    block = tiles.block(family(count))
    assert block.width <= 390 - 2 * 16
    assert max(tile.y for tile in block.tiles) + tiles.HEIGHT == block.height


def test_the_head_of_a_family_stands_first() -> None:
    block = tiles.block(family(6))
    assert (block.tiles[0].place.depth, block.tiles[0].x, block.tiles[0].y) == (0, 0, 0)


@pytest.mark.parametrize(("name", "short"), [("南澳县", "南澳县"), ("连山壮族瑶族自治县", "连山县"), ("恩施土家族苗族自治州", "恩施州"), ("六个汉字的市", "六个汉字…")])
def test_a_long_name_is_said_shortly_in_a_tile(name: str, short: str) -> None:
    assert Place("x", name, "county", "", 1).short == short
