"""Whatever happens in whatever order, the sums are what the journal says, to the last unit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.support.database import Database
from tests.zhitongche.statistics import counted
from tests.zhitongche.statistics.made_up import Life
from zhitongche import journal
from zhitongche.kernel import clock
from zhitongche.persistence import db, tenant_scope, unit_of_work
from zhitongche.statistics import building, counting, definitions, editions, folding
from zhitongche.statistics.tables import FigureFact

FIGURES = ("on_time_rate", "overdue_now", "satisfaction_given", "response_rate")
DEEDS = st.sampled_from(("act", "act", "act", "act", "act", "killed", "fold", "fold killed", "leave out", "leave out", "rebuild", "redefine", "turn", "erase"))


class Killed(Exception):
    """The process dies before it commits."""


@pytest.fixture(scope="module")
def counting_only(database: Database) -> Iterator[Flask]:
    """The least application that counts."""
    app = Flask("exact")
    app.config.update(TESTING=True, SQLALCHEMY_DATABASE_URI=database.url)
    db.init_app(app)
    counting.init_app(app)
    yield app
    database.wipe()


@given(st.lists(st.tuples(DEEDS, st.integers(0, 3)), min_size=8, max_size=30), st.randoms(use_true_random=False))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_interleaving_of_acts_folds_kills_objections_and_recomputations_leaves_the_sums_as_the_journal_says(
    counting_only: Flask, database: Database, deeds: list[tuple[str, int]], chance: Random
) -> None:
    database.wipe()
    with counting_only.app_context(), tenant_scope("alpha"), clock.at(datetime(2026, 1, 30, 2, tzinfo=UTC)) as time, pytest.MonkeyPatch.context() as patch:
        house = _House(chance, patch)
        for deed, which in deeds:
            time.advance(timedelta(hours=chance.randrange(40)))
            getattr(house, deed.replace(" ", "_"))(which)
        for which in range(len(house.lives)):
            house.act(which)
            house.leave_out(which)
        house.fold(0)
        if editions.current() or editions.building():
            building.rebuild() if editions.current() is None else None
            assert counted.differences() == []


class _House:
    """What may be done to the petitions of a tenant, and to its figures."""

    def __init__(self, chance: Random, patch: pytest.MonkeyPatch) -> None:
        self.chance, self.patch = chance, patch
        self.lives = [Life(chance) for _ in range(4)]
        self.gone: set[int] = set()
        self.texts = 0

    def act(self, which: int) -> None:
        if which not in self.gone:
            with unit_of_work():
                for _ in range(self.chance.randrange(1, 5)):
                    self.lives[which].act()

    def killed(self, which: int) -> None:
        before = deepcopy(self.lives[which])
        with suppress(Killed), unit_of_work():
            if which not in self.gone:
                self.lives[which].act()
            raise Killed
        before.chance = self.chance
        self.lives[which] = before

    def fold(self, which: int) -> None:
        with unit_of_work():
            folding.fold(batch=1 + which * 7)

    def fold_killed(self, which: int) -> None:
        with suppress(Killed), unit_of_work():
            folding.fold(batch=1 + which * 7)
            raise Killed

    def leave_out(self, which: int) -> None:
        if which in self.gone:
            return
        with unit_of_work():
            life, by = self.lives[which], _ORIGINAL.figures
            query = select(FigureFact.unit_id, FigureFact.kind).where(FigureFact.petition_id == life.id, FigureFact.unit_id.is_not(None))
            counted_against = [(str(unit), code) for unit, kind in db.session.execute(query) for code in FIGURES if kind in by[code].kinds]
            if counted_against:
                life.leave_out(*self.chance.choice(sorted(counted_against)))

    def rebuild(self, which: int) -> None:
        building.rebuild()

    def redefine(self, which: int) -> None:
        """Another release counts otherwise; its worker gets no further than one batch."""
        self.texts += 1
        text = _ORIGINAL.text.replace("times: first", "times: each", self.texts % 4)
        self.patch.setattr(definitions, "installed", lambda: definitions.of(text))
        self.patch.setattr(building, "BATCH", 1)
        building.turn(timedelta(seconds=0.004 * which))

    def turn(self, which: int) -> None:
        building.turn()

    def erase(self, which: int) -> None:
        # A definition that comes after the erasure cannot count what is gone: only what was counted stands.
        if which not in self.gone and self.lives[which].stage and which == 3:
            with unit_of_work():
                journal.erase(self.lives[which].id)
            self.gone.add(which)


_ORIGINAL = definitions.installed()
