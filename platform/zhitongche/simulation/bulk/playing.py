"""The petitions that others are stamped after: two tenants, a city and a county, live through two years by the use cases."""

from __future__ import annotations

import multiprocessing
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import update

from zhitongche.identity import passwords
from zhitongche.identity.tables import Person
from zhitongche.kernel import clock
from zhitongche.kernel.errors import ZhitongcheError
from zhitongche.persistence import db, tenant_scope, unit_of_work
from zhitongche.simulation.accounts import PASSWORD
from zhitongche.simulation.run import simulate

if TYPE_CHECKING:
    from flask import Flask

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


def _play(app: Flask, tenant: str, petitions: int, days: int, seed: int) -> None:
    now = clock.now()
    simulate(app, tenant, now - timedelta(days=days), now, petitions=petitions, seed=seed)
    with app.app_context(), tenant_scope(tenant), unit_of_work():
        db.session.execute(update(Person).values(password_hash=passwords.hashed(PASSWORD)))
