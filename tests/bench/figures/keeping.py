"""What keeping the figures adds to an act: the same acts with and without the follower, in turns."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from tests.bench import processor
from zhitongche.casework.door import perform
from zhitongche.casework.tables import Petition
from zhitongche.flow.facts import Actor
from zhitongche.identity.tables import Person
from zhitongche.persistence import db, tenant_scope, unit_of_work

_FOLLOWERS = "zhitongche_journal_followers"
ROUNDS = 6


def measured(app: Flask, tenant: str, database: int) -> list[str]:
    """Lines: milliseconds an act by the clock and of processor (program and database), with and without."""
    taken: dict[bool, list[tuple[float, float]]] = {True: [], False: []}
    with app.app_context(), tenant_scope(tenant):
        waiting = _waiting()
        each = len(waiting) // (2 * ROUNDS)
        for turn in range(2 * ROUNDS):
            some, counted = waiting[turn * each : (turn + 1) * each], turn % 2 == 0
            with _following(app, counted):
                taken[counted].append(_timed(some, database))
    if not each:
        return ["待接收的诉求太少，未测"]
    told = {counted: tuple(median(one[at] for one in times) for at in (0, 1)) for counted, times in taken.items()}
    more = tuple(told[True][at] - told[False][at] for at in (0, 1))
    return [
        f"| 接收（不计数） | {told[False][0]:.1f} | {told[False][1]:.1f} |", f"| 接收（同一事务内计数） | {told[True][0]:.1f} | {told[True][1]:.1f} |",
        f"| 计数增加 | {more[0]:.1f} | {more[1]:.1f} |",
    ]  # fmt: skip


def _waiting() -> list[tuple[UUID, int, Actor]]:
    query = select(Petition, Person).join(Person, Person.unit_id == Petition.lead_unit_id).where(Petition.stage == "assigned", Petition.outcome.is_(None))
    found = {petition.id: (petition.id, petition.version, _acting(person)) for petition, person in db.session.execute(query) if "handler" in person.roles}
    db.session.rollback()
    return list(found.values())


def _acting(person: Person) -> Actor:
    return Actor("official", person.name, person.id, person.unit_id, "", None, frozenset({"handler"}))


def _timed(some: list[tuple[UUID, int, Actor]], database: int) -> tuple[float, float]:
    began, used = time.perf_counter(), time.process_time() + processor.of_family(database)
    for petition, version, actor in some:
        with unit_of_work():
            perform(petition, "receive", actor, {}, version=version)
    count = max(1, len(some))
    return (time.perf_counter() - began) * 1000 / count, (time.process_time() + processor.of_family(database) - used) * 1000 / count


@contextmanager
def _following(app: Flask, counted: bool) -> Iterator[None]:
    followers: list[Any] = app.extensions[_FOLLOWERS]
    kept = followers[:]
    if not counted:
        followers.clear()
    try:
        yield
    finally:
        followers[:] = kept
