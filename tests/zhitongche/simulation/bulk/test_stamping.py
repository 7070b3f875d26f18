"""What is stamped is what the use cases would have written: row by row, for the same inputs."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy import func, select

from tests.support.stage import TEXT
from tests.zhitongche.simulation.bulk.conftest import BEGAN, KINDS, Stage, said, tell
from zhitongche import journal
from zhitongche.casework import register, replay, search
from zhitongche.casework.door import perform
from zhitongche.casework.intake import clean_intake
from zhitongche.casework.tables import Petition, PetitionSearch
from zhitongche.flow.facts import Actor
from zhitongche.identity import units
from zhitongche.identity.tables import Person, Unit
from zhitongche.kernel import clock
from zhitongche.persistence import db, tenant_scope, unit_of_work
from zhitongche.persistence.search import vector
from zhitongche.simulation.bulk import loading, world
from zhitongche.simulation.bulk.stamping import Copy
from zhitongche.statistics import verifying
from zhitongche.tenancy import current

FURTHER = 3
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def test_what_is_stamped_is_row_by_row_what_the_use_cases_write_for_the_same_inputs(stage: Stage) -> None:
    words = [said(at, "乙") for at in range(KINDS)]
    of_case = {case.number: at for at, case in enumerate(sorted((c for m in stage.moulds.bundles for c in m.cases), key=lambda c: c.number))}
    copies = [Copy(at, 0, tuple(words[of_case[case.number]] for case in mould.cases)) for at, mould in enumerate(stage.moulds.bundles)]
    tenant = stage.tenant(copies)
    loading.write(stage.database.admin_url, tenant)
    by_stamp = _seen(stage)
    (company,) = [one for one in tenant.companies if one.person]
    stage.empty()
    tell(stage.stamped, words, company)
    by_hand = _seen(stage)
    stage.empty()
    assert by_stamp.keys() == by_hand.keys()
    for table, rows in by_hand.items():
        assert by_stamp[table] == rows, table


def _seen(stage: Stage) -> dict[str, Counter[str]]:
    """The stamped tenant's rows as texts, without ids (units by their codes), keys and hashes; journals in the clear."""
    with psycopg.connect(stage.database.admin_url) as connection:
        found = world.capture(connection, stage.stamped)
        units: dict[str, str] = dict(connection.execute("select id::text, code from unit where tenant_id = %s", [stage.stamped]).fetchall())
    rows: dict[str, Counter[str]] = {}
    for table in found.columns:
        if table in {"dossier_key", "person", "membership", "enterprise"}:
            continue
        rows[table] = Counter(_plain(row, units) for row in world.values(found.every(table), found.columns[table]))
    entries = [entry for bundle in found.bundles for some in bundle.journals.values() for entry in some]
    rows["journal_entry"] = Counter(_plain({"header": one.header, "content": one.content}, units) for one in entries)
    return rows


def _plain(row: dict[str, str], units: dict[str, str]) -> str:
    """The row without ids. JSON that is keyed by them comes in their order, so that it is sorted anew."""
    known = {name: _ID.sub(lambda found: units.get(found[0], "*"), value) for name, value in row.items()}
    return str({name: json.loads(value, object_pairs_hook=_sorted) if value.startswith('{"') else value for name, value in known.items()})


def _sorted(pairs: list[tuple[str, Any]]) -> list[str]:
    return sorted(map(str, pairs))


@pytest.fixture(scope="module")
def province_made(stage: Stage) -> Iterator[psycopg.Connection[Any]]:
    """The second county stamped with the played cases and three further copies of each."""
    stage.stamp(FURTHER)
    with tenant_scope(stage.stamped), psycopg.connect(stage.database.admin_url, autocommit=True) as connection:
        yield connection
    stage.empty()


def petitions() -> list[Petition]:
    return list(db.session.scalars(select(Petition).order_by(Petition.number)))


def test_nothing_is_broken_about_what_was_stamped(province_made: psycopg.Connection[Any]) -> None:
    found = petitions()
    assert len(found) == KINDS * (FURTHER + 1)
    for one in found:
        journal.verify(one.id)
        assert replay.broken(one.id) == []
        first = journal.entries(one.id)[0]
        assert (first.at, first.actor_id) == (one.received_at, one.submitted_by)
        assert first.body is not None
        intake = first.body["intake"]
        assert (intake["number"], intake["title"], intake["content"], intake["wish"]) == (one.number, one.title, one.content, one.wish)


def test_no_copy_says_what_the_played_one_said(province_made: psycopg.Connection[Any], stage: Stage) -> None:
    counted = Counter(one.title for one in petitions())
    assert len(counted) == KINDS * (FURTHER + 1)
    played = {text for mould in stage.moulds.bundles for case in mould.cases for text in case.said}
    fresh = [one for one in petitions() if "丙" in one.title]
    told = str([[entry.body for entry in journal.entries(one.id)] for one in fresh])
    assert not [text for text in played if text in told]


def test_numbers_run_without_a_gap_in_the_order_of_receipt_and_the_next_one_follows(province_made: psycopg.Connection[Any]) -> None:
    found = petitions()
    prefix = f"{current.pack().number_prefix}2026"
    assert [one.number for one in found] == [f"{prefix}{at:06d}" for at in range(1, len(found) + 1)]
    assert [one.received_at for one in found] == sorted(one.received_at for one in found)
    sender = found[0]
    actor = Actor("enterprise", "某", sender.submitted_by, enterprise_id=sender.enterprise_id)
    with unit_of_work(), clock.at(BEGAN + timedelta(days=90)):
        intake = clean_intake(current.pack(), {**TEXT, "category": "complaint"}, enterprise_id=sender.enterprise_id, source="web")
        assert register.register(intake, actor).number == f"{prefix}{len(found) + 1:06d}"
        db.session.rollback()


def test_a_copy_is_found_by_the_very_words_that_the_product_would_index(province_made: psycopg.Connection[Any]) -> None:
    for one in petitions()[::7]:
        stored = select(PetitionSearch.plain, PetitionSearch.words).where(PetitionSearch.petition_id == one.id)
        before = db.session.execute(stored).one()
        assert before.words == db.session.scalar(select(func.cast(vector(before.plain), PetitionSearch.words.type)))
        db.session.query(PetitionSearch).filter_by(petition_id=one.id).delete()
        search.index(one)
        assert db.session.execute(stored).one() == before
    db.session.rollback()


def test_the_stamped_units_are_those_that_the_pack_names(province_made: psycopg.Connection[Any]) -> None:
    before = {unit.id: (unit.code, unit.name, unit.short, unit.kind, unit.area) for unit in db.session.scalars(select(Unit))}
    with unit_of_work():
        units.sync(current.pack())
    assert {unit.id: (unit.code, unit.name, unit.short, unit.kind, unit.area) for unit in db.session.scalars(select(Unit))} == before


def test_a_copy_goes_on_through_the_one_door(province_made: psycopg.Connection[Any]) -> None:
    waiting = next(one for one in reversed(petitions()) if one.stage == "assigned")
    handler = db.session.scalars(select(Person).where(Person.unit_id == waiting.lead_unit_id)).first()
    assert handler
    actor = Actor("official", handler.name, handler.id, waiting.lead_unit_id, "", None, frozenset({"handler"}))
    with unit_of_work(), clock.at(BEGAN + timedelta(days=60)):
        perform(waiting.id, "receive", actor, {}, version=waiting.version)
    assert replay.broken(waiting.id) == []


def test_no_two_rows_of_all_copies_share_an_id(province_made: psycopg.Connection[Any], stage: Stage) -> None:
    # The primary keys say so within a tenant; here across both, and for what a key does not see: papers and clocks.
    twice = province_made.execute("select id from clock group by id having count(*) > 1").fetchall()
    assert twice == []


def test_journals_facts_and_sums_agree_to_the_last_unit(province_made: psycopg.Connection[Any]) -> None:
    db.session.rollback()
    found = verifying.verify()
    db.session.rollback()
    assert found is not None
    assert found.petitions >= KINDS * (FURTHER + 1)
    assert found.differences == []
