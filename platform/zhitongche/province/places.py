"""The jurisdictions below a tenant, in families: each one directly below with all that is below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zhitongche.kernel.errors import NotFound
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhitongche.tenancy.pack import Pack

SHORT: Final = 5
"""So many characters have room in a tile."""
_AUTONOMOUS: Final = "自治"


@dataclass(frozen=True, slots=True)
class Place:
    """A jurisdiction that takes petitions; `depth` 0 is the head of its family, `parent` the one that its petitions rise to."""

    code: str
    name: str
    level: str
    parent: str
    depth: int

    @property
    def short(self) -> str:
        """Its name where there is little room: 连山壮族瑶族自治县 is called 连山县."""
        name = f"{self.name[:2]}{self.name[-1]}" if _AUTONOMOUS in self.name else self.name
        return name if len(name) <= SHORT else f"{name[: SHORT - 1]}…"


@dataclass(frozen=True, slots=True)
class Family:
    """A jurisdiction directly below with those below it, neighbours by their region codes."""

    code: str
    name: str
    places: tuple[Place, ...]


def families() -> tuple[Family, ...]:
    """All below the tenant in scope that take petitions; the same for everyone who asks."""
    below = current.registry().below(current.pack().code)
    return tuple(_families(below, current.pack().code))


def has_any() -> bool:
    """Whether anybody is below the tenant in scope."""
    return bool(current.registry().below(current.pack().code))


def codes(among: tuple[Family, ...]) -> list[str]:
    """The tenants of all families."""
    return [place.code for family in among for place in family.places]


def find(among: tuple[Family, ...], code: str) -> tuple[Family, Place]:
    """The jurisdiction with this code; raises NotFound for one that is not below, which is answered like none at all."""
    for family in among:
        for place in family.places:
            if place.code == code:
                return family, place
    raise NotFound


def _families(below: list[Pack], top: str) -> Iterator[Family]:
    for head in below:
        if head.parent == top:
            places = tuple(_places(below, head, 0))
            if places:
                yield Family(head.code, head.name, places)


def _places(below: list[Pack], pack: Pack, depth: int) -> Iterator[Place]:
    if pack.takes_petitions:
        yield Place(pack.code, pack.name, pack.level, pack.parent or "", depth)
    for child in below:
        if child.parent == pack.code:
            yield from _places(below, child, depth + 1)
