"""A province's packs are data, and what a great load takes off the database comes back as it was."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest

from tests.support.database import Database
from zhitongche.kernel.settings import bundled
from zhitongche.simulation.bulk import planning, province, regions, schema, world
from zhitongche.tenancy import packs
from zhitongche.tenancy.packs import Registry

CITIES, COUNTIES = 21, 122


@pytest.fixture(scope="module")
def known() -> Registry:
    """The packs that come with the program."""
    return packs.load([bundled("tenants")])


def test_the_province_has_twenty_one_cities_and_a_hundred_and_twenty_two_counties() -> None:
    found = regions.of_province("44")
    assert len([one for one in found if one.is_city]) == CITIES
    assert len([one for one in found if not one.is_city]) == COUNTIES
    assert len({one.code for one in found}) == CITIES + COUNTIES


def test_a_region_that_a_pack_stands_for_gets_no_other_and_every_county_a_city_above(known: Registry) -> None:
    planned = province.planned(known, cities=CITIES, counties=COUNTIES)
    standing = {pack.region_code for pack in known.values() if len(pack.region_code) == 6} - {"440000"}
    assert len(planned) + len(standing) == CITIES + COUNTIES
    assert not standing & {one.region.code for one in planned}
    above = {one.code: one.region.code for one in planned} | {pack.code: pack.region_code for pack in known.values()}
    assert all(above[one.parent] == one.region.city for one in planned if one.level == "county")
    assert len({one.prefix for one in planned}) == len(planned)


def test_the_packs_check_green_and_a_load_of_another_size_names_the_same_ones_alike(known: Registry, tmp_path: Path) -> None:
    few = province.planned(known, cities=2, counties=3)
    province.write(few, known, tmp_path, Random(1), date(2024, 11, 1))
    made = packs.load([bundled("tenants"), tmp_path])
    assert {one.code for one in few} | known.keys() == made.keys()
    assert all(made[one.code].escalation[0].to == one.parent for one in few if one.level == "county")
    many = {one.code: one.prefix for one in province.planned(known, cities=CITIES, counties=COUNTIES)}
    assert all(many[one.code] == one.prefix for one in few)


@pytest.mark.parametrize(("whole", "places"), [(1_000_000, 139), (1000, 7), (5, 9), (0, 3)])
def test_shares_come_to_exactly_what_was_asked_for(whole: int, places: int) -> None:
    counts = planning.shares(Random(3), whole, places)
    assert len(counts) == places
    assert sum(counts) == whole
    assert min(counts) >= 0


_CATALOGUE = """
    select coalesce(json_agg(x order by x::text), '[]') from (
        select conrelid::regclass::text as t, conname::text as n, pg_get_constraintdef(oid) as d, convalidated::text as v from pg_constraint where connamespace = 'public'::regnamespace
        union all select indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid), indisvalid::text from pg_index
        where indrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
    ) x
"""


def test_indexes_and_foreign_keys_come_back_as_they_were_also_after_a_load_that_was_broken_off(database: Database, tmp_path: Path) -> None:
    kept, tables = tmp_path / "taken-off.json", [one.name for one in world.tables()]
    before = _catalogue(database)
    with psycopg.connect(database.admin_url) as connection:
        schema.take_off(connection, tables, kept)
    assert len(_catalogue(database)) < len(before)
    order = kept.read_text()
    schema.put_back(database.admin_url, kept, lambda _line: None)
    assert _catalogue(database) == before
    assert not kept.exists()
    kept.write_text(order)
    schema.put_back(database.admin_url, kept, lambda _line: None)
    assert _catalogue(database) == before


def _catalogue(database: Database) -> list[dict[str, Any]]:
    with psycopg.connect(database.admin_url) as connection:
        row = connection.execute(_CATALOGUE).fetchone()
    assert row
    found: list[dict[str, Any]] = row[0]
    return found
