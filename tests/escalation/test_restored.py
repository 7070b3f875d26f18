"""A database put back from an hour-old copy, first the county's, then the city's: nothing is lost, nothing doubled, people are told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from escalation.carriage import tending
from escalation.ledger.tables import BridgeHeld, BridgeIncoming, BridgeOutgoing, BridgeStream
from zhitongche import journal
from zhitongche.casework import escalations
from zhitongche.casework.tables import Escalation, Petition, Report
from zhitongche.notices.tables import Notice
from zhitongche.persistence import db, unit_of_work
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from uuid import UUID

    from tests.escalation.far import Far, House

pytestmark = pytest.mark.clause("RP-2.3.f")
HOUR = timedelta(hours=1)
KEEPER = tending.Decider("运维员")


def _ready(far: Far) -> UUID:
    with far.below.inside():
        return far.levels.ready().id


def _rise(far: Far, petition: UUID) -> None:
    far.levels.below.petition_id = petition
    far.down("send_up", "office", verdict="agree", opinion="同意上报市级协调")


def _above(far: Far, petition: UUID) -> UUID:
    """The city's petition of the county's."""
    with far.below.inside():
        bridge = db.session.scalars(select(Escalation.bridge_id).where(Escalation.petition_id == petition)).one()
    with far.above.inside():
        return db.session.scalars(select(Report.petition_id).where(Report.bridge_id == bridge)).one()


def _take(far: Far, petition: UUID) -> None:
    far.levels.above.petition_id = _above(far, petition)
    far.up("take", "triage")


def _stages(house: House) -> list[str]:
    with house.inside():
        return list(db.session.scalars(select(Petition.stage).order_by(Petition.id)))


def _stage(house: House, petition: UUID) -> str:
    with house.inside():
        return db.session.scalars(select(Petition.stage).where(Petition.id == petition)).one()


def _acts(house: House, petition: UUID, verb: str) -> int:
    """How often the journal says that it was done."""
    with house.inside():
        code = current.registry()[house.tenant].flow.by_verb(verb).code
        return sum(entry.action == code for entry in journal.entries(petition))


def _told(house: House, words: str) -> list[str]:
    """What the county's, or the city's, keepers were told: each text once, whoever got it."""
    with house.inside():
        return list(db.session.scalars(select(Notice.text).where(Notice.text.contains(words)).distinct()))


def _converged(far: Far) -> None:
    """Nothing is under way, each message is applied once with its receipt, both sides count the same."""
    for one, other in ((far.below, far.above), (far.above, far.below)):
        with one.inside():
            assert db.session.scalars(select(BridgeOutgoing.type).where(BridgeOutgoing.pending)).all() == []
            assert db.session.scalars(select(BridgeHeld.reason).where(BridgeHeld.released_at.is_(None))).all() == []
            sent, marks = set(db.session.scalars(select(BridgeOutgoing.id).where(BridgeOutgoing.receipt.is_not(None)))), _marks("out")
        with other.inside():
            assert db.session.scalars(select(BridgeIncoming.type).where(BridgeIncoming.applied_at.is_(None))).all() == []
            assert (set(db.session.scalars(select(BridgeIncoming.id))), _marks("in")) == (sent, marks)
    with far.above.inside():
        assert escalations.ownerless() == []
    with far.below.inside():
        assert escalations.ownerless() == []
        risen = set(db.session.scalars(select(Escalation.bridge_id)))
    with far.above.inside():
        assert sorted(db.session.scalars(select(Report.bridge_id))) == sorted(one for one in risen if one)


def _reissued(house: House) -> int:
    """How many messages went out anew, since their number had been given before."""
    with house.inside():
        return len(db.session.scalars(select(BridgeOutgoing.id).where(BridgeOutgoing.reissued_as.is_not(None))).all())


def _release_all(house: House) -> None:
    """What a person does with what stands still, once the case has come so far again."""
    with house.inside():
        for one in db.session.scalars(select(BridgeHeld.id).where(BridgeHeld.released_at.is_(None)).order_by(BridgeHeld.id)).all():
            with unit_of_work():
                assert tending.release(one, "已重新办理", KEEPER)


def _marks(direction: str) -> dict[UUID, int | None]:
    query = select(BridgeStream.subject, BridgeStream.mark).where(BridgeStream.direction == direction, BridgeStream.mark.is_not(None))
    return dict(db.session.execute(query).all())


def test_a_countys_database_from_an_hour_ago_comes_right_again(far: Far) -> None:
    waiting, unsent = _ready(far), _ready(far)
    _rise(far, waiting)
    far.carry()
    copy = far.below.backup()

    far.clock.advance(HOUR)
    _take(far, waiting)
    _rise(far, unsent)
    far.carry()
    _take(far, unsent)
    far.carry()
    assert (_stage(far.below, waiting), _stage(far.below, unsent)) == ("above", "above")

    far.clock.advance(HOUR)
    far.below.restore(copy)
    assert (_stage(far.below, waiting), _stage(far.below, unsent)) == ("risen", "county_opinion")
    far.heal()

    # What the city says of the first is heard again; of the second the county waits to hear its own act.
    assert _stage(far.below, waiting) == "above"
    said = _told(far.below, "从备份恢复")
    assert len(said) == 2, said
    assert len(set(said)) == 2
    with far.below.inside():
        assert len(db.session.scalars(select(BridgeHeld).where(BridgeHeld.released_at.is_(None))).all()) == 1
    _rise(far, unsent)
    far.carry()
    _release_all(far.below)
    far.heal()

    assert _stage(far.below, unsent) == "above"
    assert _stages(far.above) == ["screening", "screening"]
    assert {_acts(far.below, one, "taken_above") for one in (waiting, unsent)} == {1}
    assert {_acts(far.above, _above(far, one), "report_in") for one in (waiting, unsent)} == {1}
    _converged(far)
    assert _told(far.below, "从备份恢复") == said


def test_a_citys_database_from_an_hour_ago_comes_right_again(far: Far) -> None:
    before, waiting, unsent = (_ready(far) for _ in range(3))
    _rise(far, before)
    _rise(far, waiting)
    far.carry()
    _take(far, before)
    far.carry()
    copy = far.above.backup()

    far.clock.advance(HOUR)
    _take(far, waiting)
    _rise(far, unsent)
    far.carry()
    _take(far, unsent)
    far.carry()

    far.clock.advance(HOUR)
    far.above.restore(copy)
    assert _stages(far.above) == ["screening", "reported"]
    far.heal()

    # The case that the copy did not know is there again; taking is a person's act, and its details wait for it.
    assert _stages(far.above) == ["screening", "reported", "reported"]
    said = _told(far.above, "从备份恢复")
    assert len(said) == 2, said
    with far.above.inside():
        assert len(db.session.scalars(select(BridgeHeld).where(BridgeHeld.released_at.is_(None))).all()) == 2
    _take(far, waiting)
    _take(far, unsent)
    far.carry()
    _release_all(far.above)
    far.heal()

    assert _stages(far.above) == ["screening", "screening", "screening"]
    assert {_stage(far.below, one) for one in (before, waiting, unsent)} == {"above"}
    assert {_acts(far.below, one, "taken_above") for one in (before, waiting, unsent)} == {1}
    with far.above.inside():
        assert all("道路破损严重" in content for content in db.session.scalars(select(Petition.content)))
    _converged(far)
    assert _told(far.above, "从备份恢复") == said


def test_first_the_countys_then_the_citys_and_both_come_right_again(far: Far) -> None:
    waiting, unsent = _ready(far), _ready(far)
    _rise(far, waiting)
    far.carry()
    county, city = far.below.backup(), far.above.backup()

    far.clock.advance(HOUR)
    _take(far, waiting)
    _rise(far, unsent)
    far.carry()
    _take(far, unsent)
    far.carry()
    far.below.restore(county)
    # People are quicker than the comparison: what they do over again takes numbers that were given before.
    _rise(far, unsent)
    far.carry()
    far.heal()
    _release_all(far.below)
    far.heal()
    assert _reissued(far.below) > 0
    _converged(far)

    far.above.restore(city)
    assert _stages(far.above) == ["reported"]
    _take(far, waiting)
    far.heal()
    assert _stages(far.above) == ["screening", "reported"]
    # The copy is older than the city's first epoch: no number was given twice there.
    assert _reissued(far.above) == 0
    _take(far, unsent)
    far.carry()
    _release_all(far.above)
    far.heal()

    assert _stages(far.above) == ["screening", "screening"]
    assert {_stage(far.below, one) for one in (waiting, unsent)} == {"above"}
    assert {_acts(far.below, one, "taken_above") for one in (waiting, unsent)} == {1}
    assert len(_told(far.below, "从备份恢复")) == len(_told(far.above, "从备份恢复")) == 2
    _converged(far)
