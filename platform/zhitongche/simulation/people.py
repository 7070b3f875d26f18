"""People with believable names and mobiles that nobody can mistake for real ones."""

from dataclasses import dataclass
from random import Random
from typing import Literal

from zhitongche.simulation.grammar import load

Post = Literal["enterprise", "shop", "official"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody made up: 姓名, 职务, 手机."""

    name: str
    surname: str
    title: str
    mobile: str


def person(rng: Random, *, post: Post = "enterprise", taken: set[str] | None = None) -> Person:
    """Somebody whose mobile is not in `taken`, where it is then noted.

    Surname weights are an estimate (data/people.yaml), not a statistic.
    """
    words = load("people")
    surnames = words["surnames"]
    surname = rng.choices(list(surnames), weights=list(surnames.values()))[0]
    name = surname + _given(rng)
    return Person(name, surname, rng.choice(words["titles"][post]), _mobile(rng, taken))


def _given(rng: Random) -> str:
    words = load("people")
    gender = "male" if rng.random() < 0.62 else "female"
    last = rng.choice(words["last"][gender])
    if rng.random() < 0.12:
        return str(last)
    first = rng.choice([character for character in words["first"][gender] if character != last])
    return f"{first}{last}"


def _mobile(rng: Random, taken: set[str] | None) -> str:
    """0000 in the middle shows that it is made up; no Chinese range is reserved for fiction."""
    prefixes = load("people")["prefixes"]
    while True:
        mobile = f"{rng.choice(prefixes)}0000{rng.randrange(10_000):04d}"
        if taken is None:
            return mobile
        if mobile not in taken:
            taken.add(mobile)
            return mobile
