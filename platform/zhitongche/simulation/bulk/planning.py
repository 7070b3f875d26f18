"""How many petitions where, of which moulds, and what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhitongche.simulation.bulk.stamping import Copy
from zhitongche.simulation.enterprises import enterprise
from zhitongche.simulation.texts import compose

if TYPE_CHECKING:
    from datetime import date
    from random import Random

    from zhitongche.simulation.bulk.moulds import Moulds
    from zhitongche.simulation.bulk.stamping import Said
    from zhitongche.simulation.enterprises import Enterprise, Place

TEXTS: Final = 1500
"""No more texts of each category than these are drawn; whoever copies a petition takes one of them."""
_WIDEST: Final = (0.5, 1.7)
"""A small place has so much of the average, a large one so much."""
_ESCAPED: Final = str.maketrans("", "", "\\\"\n\t\r")
Pool = dict[str, list["Said"]]


def shares(rng: Random, whole: int, places: int) -> list[int]:
    """The petitions of each place; together exactly `whole`."""
    weights = [rng.uniform(*_WIDEST) for _ in range(places)]
    counts = [int(whole * weight / sum(weights)) for weight in weights]
    return [count + (at < whole - sum(counts)) for at, count in enumerate(counts)]


def copies(rng: Random, moulds: Moulds, pool: Pool, petitions: int) -> list[Copy]:
    """The played ones once each, then copies in turn of those that no meeting took up, until there are so many petitions.

    Where not even the played ones were asked for, there are as many as were played.
    """
    planned = [Copy(at, 0, (None,) * len(mould.cases)) for at, mould in enumerate(moulds.bundles)]
    free = [at for at, mould in enumerate(moulds.bundles) if not mould.meets]
    left, nth = petitions - sum(len(mould.cases) for mould in moulds.bundles), 0
    while left > 0:
        nth += 1
        rng.shuffle(free)
        for at in free:
            cases = moulds.bundles[at].cases
            if len(cases) <= left:
                planned.append(Copy(at, nth, tuple(rng.choice(pool[case.category]) for case in cases)))
                left -= len(cases)
    return planned


def pool(rng: Random, place: Place, categories: list[str], today: date, count: int) -> Pool:
    """What enterprises of the place say, by category; without signs that JSON or COPY would have to escape."""
    made = [enterprise(rng, place) for _ in range(200)]
    return {category: [_said(rng, place, rng.choice(made), category, today) for _ in range(count)] for category in categories}


def _said(rng: Random, place: Place, who: Enterprise, category: str, today: date) -> Said:
    told = compose(rng, place, who, category, today=today)
    title, content, wish = (text.translate(_ESCAPED) for text in (told.title, told.content, told.wish))
    return title, content, wish
