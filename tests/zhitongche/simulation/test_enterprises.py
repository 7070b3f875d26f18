"""Enterprises of the simulation and the register that knows them."""

from random import Random

import pytest
from stdnum.cn import uscc

from zhitongche.kernel import identifiers
from zhitongche.simulation.enterprises import (
    REGISTER_COLUMNS,
    Enterprise,
    Place,
    Standing,
    credit_code,
    enterprise,
    nearest_trade,
    register_rows,
)


@pytest.fixture
def many(rng: Random, place: Place) -> list[Enterprise]:
    taken: set[str] = set()
    return [enterprise(rng, place, taken) for _ in range(3_000)]


def test_every_credit_code_is_valid_and_bears_the_code_of_its_area(many: list[Enterprise]) -> None:
    for found in many:
        assert identifiers.credit_code(found.credit_code) == found.credit_code
        assert uscc.is_valid(found.credit_code)
        assert found.credit_code[2:8] == found.area_code


def test_the_organisation_part_has_its_own_valid_check_character() -> None:
    """GB 11714: the weighted sum with its check character is divisible by 11."""
    for seed in range(500):
        body = credit_code(Random(seed), "449922")[8:17]
        values = ["0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(letter) for letter in body[:8]]
        check = "0123456789X".index(body[8])
        assert (sum(v * w for v, w in zip(values, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) + check) % 11 == 0


def test_names_and_codes_are_unique(many: list[Enterprise]) -> None:
    assert len({found.name for found in many}) == len({found.credit_code for found in many}) == len(many)


def test_a_district_with_its_own_code_gives_it_to_its_enterprises(many: list[Enterprise]) -> None:
    own = [found for found in many if found.town == "临港区" and found.standing is not Standing.ELSEWHERE]
    assert own
    assert {found.area_code for found in own} == {"449923"}


def test_some_are_registered_elsewhere_and_some_differ_from_the_register(many: list[Enterprise]) -> None:
    shares = {
        standing: sum(found.standing is standing for found in many) / len(many) for standing in Standing
    }
    assert 0.85 < shares[Standing.MATCHING] < 0.95
    assert 0.03 < shares[Standing.MISMATCHED] < 0.10
    assert 0.01 < shares[Standing.ELSEWHERE] < 0.06


def test_the_register_holds_whoever_is_registered_here_as_it_knows_them(many: list[Enterprise]) -> None:
    rows = {row["credit_code"]: row for row in register_rows(many)}
    for found in many:
        row = rows.get(found.credit_code)
        if found.standing is Standing.ELSEWHERE:
            assert row is None
            assert not found.area_code.startswith("4499")
            continue
        assert row is not None
        assert tuple(row) == REGISTER_COLUMNS
        stated = (found.name, found.legal_representative)
        assert ((row["name"], row["legal_person"]) == stated) is (found.standing is Standing.MATCHING)


def test_an_unknown_industry_takes_the_details_of_its_nearest_kin() -> None:
    assert nearest_trade("水产养殖") == "水产"
    assert nearest_trade("印刷") == "包装印刷"
    assert nearest_trade("卜筮") == "商贸物流"
