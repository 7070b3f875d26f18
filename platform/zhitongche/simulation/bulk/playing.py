"""The petitions that others are stamped after: two tenants, a city and a county, live through two years by the use cases."""

from __future__ import annotations

import multiprocessing
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from zhitongche.identity import passwords, units
from zhitongche.identity.tables import Person
from zhitongche.kernel import clock
from zhitongche.kernel.errors import ZhitongcheError
from zhitongche.persistence import db, tenant_scope, unit_of_work
from zhitongche.simulation import cast
from zhitongche.simulation.accounts import PASSWORD
from zhitongche.simulation.run import simulate
from zhitongche.tenancy import versions

if TYPE_CHECKING:
    from flask import Flask

    from zhitongche.tenancy.pack import Pack

def play(app: Flask, tenants: list[str], *, petitions: int, days: int, seed: int) -> None:
    """The last `days`, side by side, each in a process of its own, up to this moment. Raises ZhitongcheError where one fails."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    fork = multiprocessing.get_context("fork")
    players = [fork.Process(target=_play, args=(app, tenant, petitions, days, seed)) for tenant in tenants]
    for player in players:
        player.start()
    for player in players:
        player.join()
    if any(player.exitcode for player in players):
        raise ZhitongcheError("样件未能全部办理，原因见上。")


def settle(pack: Pack) -> None:
    """The people of a tenant that only looks on, where it has none."""
    with tenant_scope(pack.code), unit_of_work():
        versions.keep(pack)
        units.sync(pack)
        if db.session.scalar(select(Person.id).limit(1)) is None:
            cast.engage(pack, Random(pack.code))  # noqa: S311
            _give_passwords()


def _play(app: Flask, tenant: str, petitions: int, days: int, seed: int) -> None:
    now = clock.now()
    simulate(app, tenant, now - timedelta(days=days), now, petitions=petitions, seed=seed)
    with app.app_context(), tenant_scope(tenant), unit_of_work():
        _give_passwords()


def _give_passwords() -> None:
    db.session.execute(update(Person).values(password_hash=passwords.hashed(PASSWORD)))
