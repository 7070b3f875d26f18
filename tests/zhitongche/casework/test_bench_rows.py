"""The benchmark's multiplied rows (tests/bench/multiply.py) are what the use cases write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from flask import Flask
from psycopg.rows import dict_row
from sqlalchemy import func, select

from tests.bench import dataset, multiply
from tests.bench.stories import STORIES
from tests.support.database import Database
from zhitongche import journal
from zhitongche.casework import register, replay, search
from zhitongche.casework.door import perform
from zhitongche.casework.intake import clean_intake
from zhitongche.casework.tables import Petition, PetitionSearch
from zhitongche.flow.facts import Actor
from zhitongche.identity.tables import Membership
from zhitongche.kernel import clock
from zhitongche.persistence import db, tenant_scope, unit_of_work
from zhitongche.persistence.search import vector
from zhitongche.tenancy import current

SIZE = 80
PLAYED = len(STORIES)


@pytest.fixture(scope="module")
def built(case_app: Flask, database: Database) -> Iterator[Database]:
    """One case of every kind and eighty copies, made once: the tests below look at them or add to them."""
    dataset.build(case_app, database.admin_url, SIZE, units=1)
    yield database
    database.wipe()


@pytest.fixture
def made(case_app: Flask, built: Database) -> Iterator[psycopg.Connection[dict[str, Any]]]:
    """The data set, seen with the administrator's eyes."""
    with (
        psycopg.connect(built.admin_url, row_factory=dict_row, autocommit=True) as connection,
        case_app.app_context(),
        tenant_scope(dataset.TENANT),
    ):
        yield connection


def copies() -> list[Petition]:
    """The copies, told from what was played by their numbers."""
    played = {f"{current.pack().number_prefix}2026{at:06d}" for at in range(1, PLAYED + 1)}
    return [one for one in db.session.scalars(select(Petition).order_by(Petition.number)) if one.number not in played]


def test_nothing_is_broken_about_a_copy_and_its_journal_tells_its_own_story(made: psycopg.Connection[Any]) -> None:
    found = copies()
    assert len(found) >= SIZE
    assert len({one.stage for one in found}) > 5
    for one in found:
        assert replay.broken(one.id) == []
        first = journal.entries(one.id)[0]
        assert first.at == one.received_at
        assert first.actor_id == one.submitted_by
        assert first.body is not None
        intake = first.body["intake"]
        assert (intake["number"], intake["title"], intake["content"], intake["wish"]) == (one.number, one.title, one.content, one.wish)


def test_a_copy_has_in_every_table_the_rows_and_filled_columns_of_what_was_played(made: psycopg.Connection[Any]) -> None:
    # Two cases are of one kind where their journals tell the same steps with as many beside the lead unit.
    kinds: dict[tuple[Any, ...], set[str]] = {}
    for one in db.session.scalars(select(Petition)):
        beside = made.execute("select count(*) as units from co_part where petition_id = %s", [one.id]).fetchone()
        steps = (*((entry.action, entry.unit_id) for entry in journal.entries(one.id)), str(beside))
        kinds.setdefault(steps, set()).add(str(_shape(made, one)))
    assert len(kinds) == PLAYED
    assert all(len(shapes) == 1 for shapes in kinds.values())


def _shape(connection: psycopg.Connection[Any], petition: Petition) -> list[tuple[str, list[str]]]:
    shape = []
    for table in multiply.TABLES:
        rows = connection.execute(f"select * from {table} where {'id' if table == 'petition' else 'petition_id'} = %s", [petition.id])
        shape.append((table, sorted(str({name: type(value) for name, value in row.items()}) for row in rows)))
    return shape


def test_a_copy_is_found_by_the_very_words_that_the_product_would_index(made: psycopg.Connection[Any]) -> None:
    for one in copies()[:20]:
        stored = select(PetitionSearch.plain, PetitionSearch.words).where(PetitionSearch.petition_id == one.id)
        before = db.session.execute(stored).one()
        assert before.words == db.session.scalar(select(func.cast(vector(before.plain), PetitionSearch.words.type)))
        db.session.query(PetitionSearch).filter_by(petition_id=one.id).delete()
        search.index(one)
        assert db.session.execute(stored).one() == before
    db.session.rollback()


def test_a_copy_belongs_to_an_enterprise_whose_person_sent_it(made: psycopg.Connection[Any]) -> None:
    for one in copies():
        member = select(Membership).where(Membership.enterprise_id == one.enterprise_id, Membership.person_id == one.submitted_by)
        assert db.session.scalar(member) is not None


def test_ids_of_copies_sort_as_their_petitions_came_in(made: psycopg.Connection[Any]) -> None:
    found = copies()
    assert [one.received_at for one in sorted(found, key=lambda one: one.id)] == sorted(one.received_at for one in found)


def test_a_copy_goes_on_through_the_one_door(made: psycopg.Connection[Any]) -> None:
    waiting = next(one for one in copies() if one.stage == "assigned")
    handler = made.execute("select id from person where unit_id = %s and 'handler' = any(roles)", [waiting.lead_unit_id]).fetchone()
    assert handler
    actor = Actor("official", "承办人", handler["id"], waiting.lead_unit_id, "", None, frozenset({"handler"}))
    with unit_of_work():
        perform(waiting.id, "receive", actor, {}, version=waiting.version)
    assert replay.broken(waiting.id) == []


def test_the_next_petition_takes_the_next_number(made: psycopg.Connection[Any]) -> None:
    year = clock.local(clock.now()).year
    prefix = f"{current.pack().number_prefix}{year}"
    last = max(one.number for one in db.session.scalars(select(Petition)) if one.number.startswith(prefix))
    sender = copies()[0]
    actor = Actor("enterprise", "某", sender.submitted_by, enterprise_id=sender.enterprise_id)
    form = {"title": "厂区门口道路破损", "content": "我司厂区门口道路破损严重，货车进出困难。", "category": "complaint", "contact_name": "某", "contact_mobile": "13800001234"}
    with unit_of_work():
        intake = clean_intake(current.pack(), form, enterprise_id=sender.enterprise_id, source="web")
        assert register.register(intake, actor).number == f"{prefix}{int(last.removeprefix(prefix)) + 1:06d}"


def test_every_year_counts_its_petitions_without_a_gap(made: psycopg.Connection[Any]) -> None:
    prefix = current.pack().number_prefix
    numbers = Counter(one.number.removeprefix(prefix)[:4] for one in db.session.scalars(select(Petition)))
    series = {str(row["year"]): row["last"] for row in made.execute("select year, last from number_series where kind = 'petition'")}
    assert {year: series[year] for year in numbers} == dict(numbers)
