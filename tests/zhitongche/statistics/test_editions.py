"""A changed definition recomputes history beside the running figures; the former definition stays readable."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random

import pytest
from flask import Flask
from sqlalchemy import select, text

from tests.support.database import Database
from tests.zhitongche.statistics import counted
from tests.zhitongche.statistics.made_up import Life
from tests.zhitongche.statistics.test_exactness import counting_only  # noqa: F401 - fixture
from zhitongche import journal
from zhitongche.kernel import clock as kernel_clock
from zhitongche.persistence import db, tenant_scope, unit_of_work
from zhitongche.statistics import Period, building, counting, definitions, editions, figures, verifying
from zhitongche.statistics.tables import FigureFact

ORIGINAL = definitions.installed()
CHANGED = ORIGINAL.text.replace("on: [register]\n    key: source", "on: [register, report_in, urge]\n    key: source", 1)


@pytest.fixture
def lives(counting_only: Flask, tenant_db: Database, clock: kernel_clock.Simulated) -> Iterator[list[Life]]:  # noqa: F811
    """Five petitions, each with six entries."""
    with counting_only.app_context(), tenant_scope("alpha"):
        made = [Life(Random(number)) for number in range(5)]
        for life in made:
            for _ in range(6):
                with unit_of_work():
                    life.act()
        counted.fold()
        yield made


def _release(patch: pytest.MonkeyPatch, text: str) -> None:
    patch.setattr(definitions, "installed", lambda: definitions.of(text))


def _received(clock: kernel_clock.Simulated, edition: int | None = None) -> int:
    return figures.read(["received"], Period.month(clock.now().date()), edition=edition)["received"].numerator


def test_a_changed_definition_is_counted_beside_the_running_one_then_read_and_the_former_stays(
    lives: list[Life], clock: kernel_clock.Simulated, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _received(clock)
    _release(monkeypatch, CHANGED)
    monkeypatch.setattr(building, "BATCH", 2)
    building.turn(timedelta(seconds=-1))
    assert editions.building() is not None
    assert definitions.current().digest == ORIGINAL.digest, "until it is whole"
    with unit_of_work():
        lives[0].act()
        lives.append(Life(Random(9)))
        lives[-1].act()
    assert building.turn() == 5, "the sixth was counted from its first entry"
    assert definitions.current().digest == definitions.of(CHANGED).digest
    assert counted.differences() == []
    assert _received(clock, edition=1) in (before, before + 1)
    assert _received(clock) >= _received(clock, edition=1)
    with unit_of_work():
        lives[-1].act()
    assert counted.differences() == []


def test_what_began_before_the_new_edition_was_seen_is_caught_up_with(lives: list[Life], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "stands", lambda _petition: [])
    monkeypatch.setattr(editions, "begin", lambda first=None: None)
    with unit_of_work():
        lives[0].act()
        lives.append(Life(Random(3)))
        lives[-1].act()
    monkeypatch.undo()
    assert counted.differences() != []
    building.catch_up()
    assert counted.differences() == []


def test_an_erased_dossier_keeps_what_was_counted_and_the_proof_says_how_many(lives: list[Life], monkeypatch: pytest.MonkeyPatch) -> None:
    with unit_of_work():
        journal.erase(lives[0].id)
    counts = counted.facts()
    building.rebuild()
    db.session.rollback()
    with unit_of_work():
        found = verifying.verify()
    assert found is not None
    assert (found.edition, found.petitions, found.erased, found.differences) == (2, 5, 1, [])
    assert counted.facts() == counts


def test_a_recomputation_by_the_same_definitions_leaves_one_edition(lives: list[Life]) -> None:
    building.rebuild()
    assert [(row.edition, row.state) for row in editions.listing()] == [(2, "current")]
    assert {fact.edition for fact in db.session.scalars(select(FigureFact))} == {2}
    assert counted.differences() == []


def test_an_edition_that_was_overtaken_before_it_was_whole_leaves_nothing_behind(lives: list[Life], monkeypatch: pytest.MonkeyPatch) -> None:
    _release(monkeypatch, CHANGED)
    building.turn(timedelta(seconds=-1))
    _release(monkeypatch, ORIGINAL.text + "# anders\n")
    building.turn()
    assert [(row.edition, row.state) for row in editions.listing()] == [(2, "current"), (1, "former")]
    assert counted.differences() == []


def test_one_builder_at_a_time_leaves_the_other_workers_to_the_deadlines(
    lives: list[Life], tenant_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    _release(monkeypatch, CHANGED)
    with tenant_db.superuser.begin() as other:
        other.execute(text("select pg_advisory_xact_lock(:key)"), {"key": building._KEY})
        assert building.turn() == 0
        assert editions.building() is not None
        db.session.rollback()
    assert building.turn() == 5
    assert definitions.current().digest == definitions.of(CHANGED).digest


@pytest.mark.parametrize("fault", ["delete from figure_fact where no = 1", "update figure_tally set n = n + 1 where grain = 'm'"])
def test_the_proof_finds_what_was_changed_behind_its_back(lives: list[Life], tenant_db: Database, fault: str) -> None:
    assert counted.differences() == []
    with tenant_db.superuser.begin() as connection:
        connection.execute(text(fault))
    assert counted.differences() != []
