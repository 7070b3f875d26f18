"""People of the simulation."""

from random import Random

from zhitongche.kernel import identifiers
from zhitongche.simulation.grammar import load
from zhitongche.simulation.people import person


def test_every_mobile_passes_the_same_check_as_a_users(rng: Random) -> None:
    for prefix in load("people")["prefixes"]:
        assert identifiers.mobile(f"{prefix}00001234")
    assert identifiers.mobile(person(rng).mobile)


def test_a_made_up_mobile_is_told_by_the_zeros_in_its_middle(rng: Random) -> None:
    assert all(person(rng).mobile[3:7] == "0000" for _ in range(200))


def test_no_mobile_is_given_twice(rng: Random) -> None:
    taken: set[str] = set()
    mobiles = [person(rng, taken=taken).mobile for _ in range(20_000)]
    assert len(set(mobiles)) == len(mobiles)


def test_names_have_a_known_surname_and_are_of_two_to_four_characters(rng: Random) -> None:
    people = [person(rng, post="official") for _ in range(2_000)]
    assert all(found.name.startswith(found.surname) and 2 <= len(found.name) <= 4 for found in people)
    assert len({found.name for found in people}) > 1_500


def test_the_same_seed_makes_the_same_people() -> None:
    assert [person(Random(7)) for _ in range(3)] == [person(Random(7)) for _ in range(3)]
    assert person(Random(7)) != person(Random(8))
