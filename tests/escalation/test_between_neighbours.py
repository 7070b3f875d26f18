"""What the worker does beside carrying: comparing, keys in their turn, the watchdog."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select, text, update

from escalation.carriage import comparing, home, rotating, trusted, watching
from escalation.carriage.keyring import Keyring
from escalation.carriage.pens import GRACE
from escalation.ledger.tables import BridgeOutgoing, BridgePeer
from tests.escalation.levels import Levels
from tests.support.database import Database
from zhitongche.kernel import clock as kernel_clock
from zhitongche.notices.tables import Notice
from zhitongche.persistence import admin, db, tenant_scope, unit_of_work


def test_neighbours_that_agree_compare_without_a_difference(levels: Levels) -> None:
    levels.send_up()
    levels.carry()
    comparing.compare("raoping", at_once=True)

    with tenant_scope("raoping"):
        peer = db.session.scalars(select(BridgePeer).where(BridgePeer.code == "chaozhou")).one()
        assert (peer.differences, peer.compared_at is not None) == (0, True)


def test_what_the_city_lost_is_found_by_comparing_and_sent_again(levels: Levels, tenant_db: Database) -> None:
    levels.send_up()
    levels.carry()
    # The city's database is an hour older than the county's: it has never heard of the case.
    with admin.as_owner(tenant_db.admin_url) as owner:
        owner.execute(text("select set_config('app.tenant', 'chaozhou', false)"))
        for table in ("bridge_incoming", "bridge_stream", "report", "clock", "journal_entry", "dossier_key"):
            owner.execute(text(f"delete from {table}"))
        owner.execute(text("delete from petition_search"))
        owner.execute(text("delete from petition"))
        owner.commit()
    assert levels.arrived() is None

    comparing.compare("raoping", at_once=True)
    levels.carry()

    arrived = levels.arrived()
    assert arrived is not None
    assert arrived.stage == "reported"


def test_a_new_key_signs_only_when_every_neighbour_can_know_it_and_nothing_is_refused_meanwhile(
    levels: Levels, clock: kernel_clock.Simulated
) -> None:
    trusted.in_force()
    ring = Keyring(home.folder())
    old = ring.active("raoping").keyid
    rotating.announce("raoping")
    levels.send_up()
    levels.carry()
    assert levels.arrived() is not None
    assert rotating.turn() == []

    clock.advance(GRACE + timedelta(minutes=1))
    assert rotating.turn() == ["raoping"]
    trusted.refresh()
    assert ring.active("raoping").keyid != old
    levels.up("take", "triage")
    levels.carry()
    assert levels.below_now().stage == "above"
    clock.advance(timedelta(hours=25))
    trusted.refresh()
    listed = {key.keyid: key for key in trusted.in_force().tenants["raoping"].keys}
    assert listed[old].until <= kernel_clock.now()


def test_a_message_without_a_receipt_for_a_day_is_told_to_a_person_once_and_stays(levels: Levels) -> None:
    levels.send_up()
    with tenant_scope("raoping"):
        with unit_of_work():
            db.session.execute(update(BridgeOutgoing).values(emitted_at=kernel_clock.now() - timedelta(hours=25)))
        for _ in range(2):
            with unit_of_work():
                watching.raise_alarms()
        told = db.session.scalars(select(Notice.text).where(Notice.text.contains("回执"))).all()
        assert len(told) == 1
        assert db.session.scalars(select(BridgeOutgoing.pending)).all() == [True]


def test_an_expired_list_lets_nothing_in_and_nothing_is_lost(levels: Levels, clock: kernel_clock.Simulated, bridge_app: Flask) -> None:
    trusted.in_force()
    clock.advance(timedelta(hours=25))
    levels.send_up()
    assert levels.carry() == 0
    assert levels.arrived() is None

    trusted.refresh()
    clock.advance(timedelta(hours=1))
    levels.carry()
    assert levels.arrived() is not None
