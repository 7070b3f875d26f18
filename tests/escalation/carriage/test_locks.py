"""Who settles a receipt and who acts on the same case lock in one order: neither is broken off by the database."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select, text

from escalation.carriage import delivering, ways
from escalation.carriage.desk_of import desk_of
from escalation.protocol import sending
from tests.escalation.levels import Levels
from tests.support import threads
from tests.support.database import Database
from tests.support.processes import PATIENCE
from zhitongche.casework.case import load
from zhitongche.casework.tables import Escalation
from zhitongche.kernel import clock
from zhitongche.persistence import db, tenant_scope, unit_of_work

_WAITING = text("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")


@pytest.mark.clause("RP-2.3.f")
def test_a_receipt_waits_for_who_acts_on_the_case_without_holding_its_stream(
    bridge_app: Flask, levels: Levels, tenant_db: Database
) -> None:
    petition = levels.send_up()
    county, city = levels.below.pack.code, levels.above.pack.code
    with tenant_scope(county):
        with unit_of_work():
            [row] = sending.claim(desk_of(county).books, clock.now(), 1)
        [reply] = ways.carry(city, [row.envelope])

        with ThreadPoolExecutor(1) as other:
            with unit_of_work():
                load(petition.id, lock=True)
                settled = threads.start(other, bridge_app, county, partial(delivering._settle, row, reply))
                _wait_until_it_waits(tenant_db)
                db.session.execute(text("set local lock_timeout = '300ms'"))
                desk_of(county).books.stream(city, row.subject, "out")
            assert settled.result(PATIENCE)
        db.session.expire_all()
        assert db.session.scalars(select(Escalation.delivered_at)).one() is not None


def _wait_until_it_waits(database: Database) -> None:
    until = time.monotonic() + PATIENCE
    with database.superuser.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        while not connection.scalar(_WAITING):
            assert time.monotonic() < until, "nobody waits for a lock"
            time.sleep(0.02)
