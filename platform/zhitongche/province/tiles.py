"""A map without geodata (瓦片图): one tile a jurisdiction, one block a family; pure, and the same on every machine."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from zhitongche.province.places import Family, Place

COLUMNS: Final = 4
"""A block is no wider, so that it fits on a phone without growing small."""
WIDTH: Final = 82
HEIGHT: Final = 62
GAP: Final = 4


@dataclass(frozen=True, slots=True)
class Tile:
    """Where a jurisdiction's tile stands inside its block; in pixels of the picture."""

    place: Place
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Block:
    """A family's tiles, the head of the family first, the others row by row in the order of the region codes."""

    family: Family
    tiles: tuple[Tile, ...]
    width: int
    height: int


def block(family: Family) -> Block:
    """Lay out one family: as near to a square as four columns allow, no row with more than its share."""
    count = len(family.places)
    columns = min(COLUMNS, max(1, ceil(count**0.5)), count)
    rows = ceil(count / columns)
    tiles = tuple(
        Tile(place, (index % columns) * (WIDTH + GAP), (index // columns) * (HEIGHT + GAP)) for index, place in enumerate(family.places)
    )
    return Block(family, tiles, columns * (WIDTH + GAP) - GAP, rows * (HEIGHT + GAP) - GAP)


def blocks(families: tuple[Family, ...]) -> tuple[Block, ...]:
    """Lay out all families; the page lets the blocks flow beside and below each other as there is room."""
    return tuple(block(family) for family in families)
