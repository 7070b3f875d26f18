"""Demonstration data: people to sign in as, and petitions of the last weeks, right after the first start."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, update

from zhitongche.casework.tables import Petition
from zhitongche.identity import enterprises, passwords, people, units
from zhitongche.identity.tables import Person
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Invalid, ZhitongcheError
from zhitongche.persistence import db, tenant_scope, unit_of_work
from zhitongche.simulation import cast, clients, hours
from zhitongche.simulation.accounts import MOBILES, PASSWORD
from zhitongche.simulation.clients import Client, acting
from zhitongche.simulation.enterprises import Standing, enterprise
from zhitongche.simulation.people import Person as MadeUp
from zhitongche.simulation.places import place_of
from zhitongche.simulation.run import simulate
from zhitongche.simulation.temperament import ENTERPRISES
from zhitongche.tenancy import calendar, current, versions

if TYPE_CHECKING:
    from flask import Flask

    from zhitongche.kernel.settings import Settings
    from zhitongche.tenancy.pack import Pack

DAYS: Final = 60
PETITIONS: Final = 20
PETITIONS_ABOVE: Final = 6
NEW_SHARE: Final = 3
HARD: Final = 0.35
"""A visitor should see what a meeting does: more of the petitions than elsewhere are beyond their unit."""
SEED: Final = 7
_SPEAKERS: Final = (("陈静", "行政主管"), ("林伟", "总经理"))


def load(app: Flask, say: Callable[[str], None] | None = None, *, together: bool = True) -> None:
    """Make accounts where a tenant has nobody yet, and petitions where these have none; else nothing is touched.

    `together` lets every tenant's petitions grow in a process of its own, where the system can fork.
    Raises Invalid in production, ZhitongcheError where a process fails.
    """
    settings: Settings = app.config["SETTINGS"]
    if settings.production:
        raise Invalid({"demo": "production"}, "正式环境中不能载入演示数据。")
    with app.app_context():
        every = [(pack, _people(pack)) for pack in current.registry().values()]
        waiting = [(pack, regulars) for pack, regulars in every if regulars]
        if waiting:
            (say or _to_terminal)(f"正在生成演示数据：{'、'.join(pack.name for pack, _ in waiting)}……")
        if together and len(waiting) > 1 and hasattr(os, "fork"):
            _side_by_side(app, waiting)
            return
        for one in waiting:
            _petitions(app, *one)


def _side_by_side(app: Flask, waiting: list[tuple[Pack, list[Client]]]) -> None:
    # A connection belongs to one process: none may be open while it doubles.
    db.session.remove()
    db.engine.dispose()
    fork = multiprocessing.get_context("fork")
    children = [fork.Process(target=_petitions, args=(app, *one), daemon=True) for one in waiting]
    for child in children:
        child.start()
    for child in children:
        child.join()
    if any(child.exitcode for child in children):
        raise ZhitongcheError("演示数据未能全部生成，原因见上。")


def _petitions(app: Flask, pack: Pack, regulars: list[Client]) -> None:
    """A few weeks of petitions up to now; fewer for a tenant above others, which mostly gets what these send up."""
    count = PETITIONS_ABOVE if current.registry().children(pack.code) else PETITIONS
    now = clock.now()
    with app.app_context(), tenant_scope(pack.code):
        morning = hours.last_opening(now, calendar.calendar_of(pack))
    # Whoever worked until then has not come back: a visitor finds work in the inboxes, and new mail on top.
    simulate(app, pack.code, now - timedelta(days=DAYS), morning, petitions=count, seed=SEED, hard=HARD, regulars=regulars)
    simulate(app, pack.code, morning, now, petitions=count // NEW_SHARE, seed=SEED + 1, regulars=regulars)


def _people(pack: Pack) -> list[Client]:
    """Make everybody where nobody is; the two enterprises, where they have yet to petition."""
    with tenant_scope(pack.code), unit_of_work():
        regulars = _regulars(pack) if pack.takes_petitions else []
        if db.session.scalar(select(Person.id).limit(1)) is None:
            _settle(pack, regulars)
        if db.session.scalar(select(Petition.id).limit(1)) is not None:
            return []
        return [client for client in regulars if _known(client)]


def _settle(pack: Pack, regulars: list[Client]) -> None:
    """Units, officials, enterprises; one password for all of them, hashed once."""
    versions.keep(pack)
    units.sync(pack)
    cast.engage(pack, Random(f"demo/{pack.code}/{SEED}"))  # noqa: S311
    clients.record(client.enterprise for client in regulars)
    for client in regulars:
        client.enrol()
    db.session.execute(update(Person).values(password_hash=passwords.hashed(PASSWORD)))


def _regulars(pack: Pack) -> list[Client]:
    """The two enterprises, the same at every start."""
    rng = Random(f"regulars/{pack.code}/{SEED}")  # noqa: S311
    place = place_of(pack, current.registry().folder(pack.code))
    registered = (one for one in iter(lambda: enterprise(rng, place), None) if one.standing is Standing.MATCHING)
    speakers = [MadeUp(name, name[0], title, mobile) for (name, title), mobile in zip(_SPEAKERS, MOBILES, strict=True)]
    # Such as rate and write: their pages are what a visitor looks at first.
    return [Client(one, person, ENTERPRISES[1]) for one, person in zip(registered, speakers, strict=False)]


def _known(client: Client) -> bool:
    """Whether the enterprise has registered; it acts as its person from then on."""
    person = people.by_mobile(client.person.mobile)
    if person is None:
        return False
    joined = enterprises.of_person(person.id)
    client.actor = acting(person.id, person.name, joined[0].id)
    return True


def _to_terminal(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
