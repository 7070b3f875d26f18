"""A third county needs no code: a few lines of a pack, and a petition walks through it."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from tests.support.database import Database
from tests.support.stage import Play
from tests.zhitongche.casework.conftest import TENANTS
from zhitongche.casework import replay
from zhitongche.kernel import clock as kernel_clock
from zhitongche.persistence import db, tenant_scope
from zhitongche.tenancy import current, new, packs

OWN_FLOW = """
like: raoping
actions:
  receive:
    name: 签收
    does: receive
    from: [assigned]
    to: handling
    who: lead
    clause: setting
clocks:
  receive: {name: 签收, owes: lead, limit: 4 h, on: [accept, settle], met: [receive, object], clause: setting, basis: setting}
"""


@pytest.fixture
def county(database: Database, tenant_db: Database, tmp_path: Path, clock: kernel_clock.Simulated):
    """A county named in a few lines, with one rule of its own."""
    for pack in TENANTS.iterdir():
        (tmp_path / pack.name).symlink_to(pack)
    made = new.create("nanling", "raoping", "南岭县", tmp_path)
    (made / "flow.yaml").write_text(OWN_FLOW, encoding="utf-8")
    app = Flask("third")
    app.config.update(SQLALCHEMY_DATABASE_URI=database.url, DATA_DIR=str(tmp_path / "data"))
    db.init_app(app)
    current.init_app(app, packs.load([tmp_path]))
    with app.app_context(), tenant_scope("nanling"):
        yield Play.open(current.pack())


def test_a_petition_walks_through_a_county_made_of_a_few_lines(county: Play, clock: kernel_clock.Simulated) -> None:
    lead = next(u.code for u in county.pack.units if "handler" in u.roles)
    county.hand_in()
    county.act("accept", "triage", accept_ground=next(iter(county.pack.grounds_accept)), lead=county.unit(lead))
    assert county.running()["receive"].due_at - clock.now() == timedelta(hours=4)
    county.act("receive", lead)
    county.act("reply", lead, reply="已安排修复。", resolution="resolved")
    county.act("answer", "triage", reply="已安排修复。")
    county.act("rate", "enterprise", satisfaction="satisfied")
    assert county.petition.outcome == "resolved"
    assert not county.petition.number.startswith(current.registry()["raoping"].number_prefix)
    assert replay.broken(county.id) == []
