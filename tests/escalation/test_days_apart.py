"""A peer that is away for a day, and keys that change while messages are under way: all arrive, once, in order."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from escalation.carriage import door, home, rotating
from escalation.carriage.keyring import Keyring
from escalation.carriage.pens import GRACE
from escalation.ledger.tables import BridgeHeld, BridgeIncoming, BridgeOutgoing
from escalation.wire import dsse
from zhitongche.casework.tables import Petition, Report
from zhitongche.notices.tables import Notice
from zhitongche.persistence import db

if TYPE_CHECKING:
    from tests.escalation.far import Far

pytestmark = pytest.mark.clause("RP-2.3.f")
HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture
def taken(far: Far) -> Far:
    """A case that the city has taken, and knows in full."""
    with far.below.inside():
        far.levels.ready()
    far.down("send_up", "office", verdict="agree", opinion="同意上报市级协调")
    far.carry()
    with far.above.inside():
        far.levels.above.petition_id = db.session.scalars(select(Petition.id)).one()
    far.up("take", "triage")
    far.carry()
    return far


def _more(far: Far, text: str) -> bytes:
    """The enterprise says more, the city is told; the message's bytes as they were signed."""
    far.down("supplement", "enterprise", text=text)
    with far.below.inside():
        query = select(BridgeOutgoing.envelope).order_by(BridgeOutgoing.epoch.desc(), BridgeOutgoing.sequence.desc()).limit(1)
        return db.session.scalars(query).one()


def _heard(far: Far) -> list[str]:
    with far.above.inside():
        return [one["text"] for one in db.session.scalars(select(Report.supplements)).one()]


def _waiting(far: Far) -> int:
    with far.below.inside():
        return db.session.scalar(select(func.count()).select_from(BridgeOutgoing).where(BridgeOutgoing.pending)) or 0


def test_a_peer_that_is_away_for_a_day_gets_everything_in_order_and_people_are_told_once(taken: Far) -> None:
    far = taken
    texts = [f"补充说明之{number}" for number in range(50)]
    far.above.off = True
    for text in texts:
        _more(far, text)
    for _ in range(50):
        far.clock.advance(HALF_AN_HOUR)
        # Both ends fetch the list of the day as ever.
        far.issue()
        assert far.below.deliver() == 0
        far.below.watch()
    assert (_waiting(far), _heard(far)) == (50, [])
    with far.below.inside():
        told = db.session.execute(select(Notice.text, Notice.person_id).where(Notice.text.contains("回执"))).all()
        tries = max(db.session.scalars(select(BridgeOutgoing.tries)))
    assert len({text for text, _ in told}) == 1
    assert len(told) == len({person for _, person in told})
    # Asked with one message at a time, all the day long.
    assert tries > 40

    far.above.off = False
    far.clock.advance(HALF_AN_HOUR)
    far.carry()
    assert (_waiting(far), _heard(far)) == (0, texts)
    with far.below.inside():
        assert None not in db.session.scalars(select(BridgeOutgoing.receipt)).all()


def test_keys_change_under_way_and_no_message_is_lost(taken: Far) -> None:
    far = taken
    said: list[str] = []

    def say(text: str) -> bytes:
        said.append(text)
        return _more(far, text)

    def key() -> str:
        with far.below.inside():
            return Keyring(home.folder()).active("raoping").keyid

    def at_the_door(envelope: bytes) -> tuple[str, str]:
        with far.above.inside():
            reply = door.take("chaozhou", envelope)
            return reply.kind, reply.body.decode() if reply.kind == "refused" else ""

    def turn() -> None:
        """Announced, fetched by the peer, taken into use."""
        with far.below.inside():
            Keyring(home.folder()).announce("raoping")
        far.issue()
        say("已公布新密钥，仍用旧密钥")
        far.clock.advance(GRACE + timedelta(minutes=1))
        far.issue()
        with far.below.inside():
            assert rotating.turn() == ["raoping"]
        far.issue()

    first = key()
    early = say("旧密钥所签，尚未发出")
    assert _signer(early) == first
    turn()
    second = key()
    late = say("新密钥所签")
    assert (_signer(late), second != first) == (second, True)
    # For a day what the old key signed is still let in as it is.
    assert at_the_door(early) == ("receipt", "")
    assert _waiting(far) == 3
    far.carry()
    assert _heard(far) == said

    stale = say("旧密钥停用之后才发出")
    for _ in range(25):
        far.clock.advance(timedelta(hours=1))
        far.issue()
    turn()
    lost = say("将被吊销的密钥所签")
    assert _signer(stale) == second
    third = key()
    far.issue(revoked=frozenset({second, third}))
    assert (_signer(lost), at_the_door(stale), at_the_door(lost)) == (third, ("refused", "key_revoked"), ("refused", "key_revoked"))
    assert far.below.deliver() == 0
    turn()
    far.clock.advance(timedelta(hours=1))
    far.issue(revoked=frozenset({second, third}))
    far.carry()
    assert (_waiting(far), _heard(far)) == (0, said)
    with far.above.inside():
        signers = {_signer(envelope) for envelope in db.session.scalars(select(BridgeIncoming.envelope).order_by(BridgeIncoming.sequence.desc()).limit(4))}
        assert signers == {key()}
        # What was refused is kept for people, though it has come since.
        assert set(db.session.scalars(select(BridgeHeld.reason))) == {"key_revoked"}


def _signer(envelope: bytes) -> str:
    return dsse.parse(envelope).only(dsse.EVENT_TYPE).keyid
