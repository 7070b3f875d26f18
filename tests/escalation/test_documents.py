"""Stage 2: single documents and the contact in full go up on request, for a purpose, once (RP-2.3.f)."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from escalation.carriage import fetching, ways
from escalation.carriage.desk_of import desk_of, send
from escalation.cases.handing import Declined
from escalation.ledger.link_tables import BridgeLink
from escalation.ledger.tables import BridgeHeld, BridgeIncoming
from escalation.wire import kinds
from tests.escalation.levels import MINUTE, Levels
from zhitongche import journal, outbox
from zhitongche.casework.tables import Attachment, Report
from zhitongche.casework.uploads import Upload
from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel.errors import Invalid
from zhitongche.persistence import db, tenant_scope, unit_of_work

pytestmark = pytest.mark.clause("RP-2.3.f")
PLAN = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
DIGEST = hashlib.sha256(PLAN).hexdigest()
WHY = "核对红线是否与规划冲突"


@pytest.fixture
def taken(levels: Levels) -> Levels:
    """A case with a plan attached, taken by the city, which has its details."""
    levels.ready()
    levels.down("supplement", "enterprise", text="附上红线图", files=[Upload("红线图.pdf", PLAN)])
    levels.down("send_up", "office", verdict="agree", opinion="同意上报市级协调")
    levels.carry()
    levels.arrived()
    levels.up("take", "triage")
    levels.carry()
    return levels


def relay(levels: Levels) -> None:
    """What the city's worker does with its promises, as the worker itself would."""
    with tenant_scope("chaozhou"):
        outbox.relay(fetching.HANDLERS, MINUTE)
        db.session.remove()


def ask(levels: Levels, document: str = DIGEST) -> None:
    levels.up("ask_document", "triage", document=document, reason=WHY)
    levels.carry()


def links() -> list[BridgeLink]:
    with tenant_scope("raoping"):
        db.session.expire_all()
        return list(db.session.scalars(select(BridgeLink)))


def kept(levels: Levels) -> list[Attachment]:
    with tenant_scope("chaozhou"):
        db.session.expire_all()
        return list(db.session.scalars(select(Attachment)))


def held(tenant: str) -> list[str]:
    with tenant_scope(tenant):
        return list(db.session.scalars(select(BridgeHeld.reason)))


def token() -> str:
    """The token of the latest offer, as it stands in the city's books."""
    with tenant_scope("chaozhou"):
        row = db.session.scalars(select(BridgeIncoming).where(BridgeIncoming.type == kinds.OFFER).order_by(BridgeIncoming.id.desc())).first()
        assert row is not None
        told: str = desk_of("chaozhou").gate.open(row.envelope).data["token"]
        return told


def journalled(levels: Levels, tenant: str, action: str) -> list[dict[str, Any]]:
    play = levels.below if tenant == "raoping" else levels.above
    with tenant_scope(tenant):
        return [entry.body or {} for entry in journal.entries(play.id) if entry.action == action]


def test_a_document_goes_up_only_when_it_is_asked_for_and_both_journals_keep_why(taken: Levels) -> None:
    assert kept(taken) == []
    ask(taken)
    relay(taken)

    (row,) = kept(taken)
    assert (row.sha256, row.name) == (DIGEST, "红线图.pdf")
    (out,), (into,) = journalled(taken, "raoping", "document_out"), journalled(taken, "chaozhou", "document_in")
    assert (out["sha256"], out["why"], into["sha256"], into["why"]) == (DIGEST, WHY, DIGEST, WHY)
    assert links()[0].used_at is not None
    with pytest.raises(Invalid):
        taken.up("ask_document", "triage", document=DIGEST, reason=WHY)


def test_nothing_is_journalled_as_handed_over_before_it_is_fetched(taken: Levels) -> None:
    ask(taken)
    assert (len(links()), journalled(taken, "raoping", "document_out")) == (1, [])


def test_the_contact_in_full_comes_the_same_way(taken: Levels) -> None:
    assert taken.above_now().contact_mobile == ""
    ask(taken, "contact")
    relay(taken)

    above = taken.above_now()
    assert (above.contact_name, above.contact_mobile) == ("陈静", "13800001234")
    assert journalled(taken, "raoping", "document_out")[0]["why"] == WHY
    assert journalled(taken, "chaozhou", "contact_in")[0]["why"] == WHY


def test_a_link_works_once(taken: Levels) -> None:
    ask(taken)
    assert ways.fetch("raoping", "chaozhou", "documents", token=token()) == PLAN
    with pytest.raises(Declined, match="used"):
        ways.fetch("raoping", "chaozhou", "documents", token=token())
    assert held("raoping") == ["调阅链接已经用过一次"]
    assert len(journalled(taken, "raoping", "document_out")) == 1


def test_a_link_works_for_a_day(taken: Levels, clock: kernel_clock.Simulated) -> None:
    ask(taken)
    clock.advance(timedelta(hours=24))
    with pytest.raises(Declined, match="expired"):
        ways.fetch("raoping", "chaozhou", "documents", token=token())


def test_a_link_works_for_nobody_else(taken: Levels) -> None:
    ask(taken)
    with pytest.raises(Declined, match="unknown"):
        ways.fetch("raoping", "shantou", "documents", token=token())
    with pytest.raises(Declined, match="unknown"):
        ways.fetch("raoping", "chaozhou", "documents", token="x" * 43)
    assert links()[0].used_at is None


def test_what_is_no_longer_what_was_offered_is_not_handed_over(taken: Levels) -> None:
    ask(taken)
    with tenant_scope("raoping"), unit_of_work():
        db.session.execute(update(BridgeLink).values(document=None))
    with pytest.raises(Declined, match="changed"):
        ways.fetch("raoping", "chaozhou", "documents", token=token())
    assert journalled(taken, "raoping", "document_out") == []


def test_what_comes_and_is_not_what_was_offered_is_not_kept(taken: Levels, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(taken)
    monkeypatch.setattr(ways, "fetch", lambda *_, **__: PLAN + b" ")
    relay(taken)
    assert kept(taken) == []
    assert held("chaozhou") == ["下级移送的材料与其校验值不符，未接收，请重新调阅"]


def test_an_answer_lost_on_the_way_is_asked_for_again(taken: Levels, monkeypatch: pytest.MonkeyPatch, clock: kernel_clock.Simulated) -> None:
    ask(taken)
    real = ways.fetch

    def lost(*told: str, **wanted: str) -> bytes:
        real(*told, **wanted)
        raise ways.Unreachable("ReadTimeout")

    monkeypatch.setattr(ways, "fetch", lost)
    relay(taken)
    monkeypatch.setattr(ways, "fetch", real)
    for _ in range(2):
        clock.advance(timedelta(minutes=5))
        relay(taken)
        taken.carry()
    relay(taken)
    assert len(kept(taken)) == 1


def test_after_a_withdrawal_nothing_is_served_and_what_was_fetched_is_erased(taken: Levels) -> None:
    ask(taken)
    relay(taken)
    ask(taken, "contact")
    taken.down("withdraw", "enterprise", reason="问题已自行解决")
    with pytest.raises(Declined, match="case_ended"):
        ways.fetch("raoping", "chaozhou", "documents", token=token())
    taken.carry()
    relay(taken)

    assert kept(taken) == []
    gone = taken.above_now()
    assert (gone.contact_name, gone.contact_mobile) == ("", "")


def test_what_the_way_does_not_give_is_answered_in_words_and_holds_nothing_up(taken: Levels, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhitongche.casework.escalations.telling._way", lambda *_: _Nothing)
    ask(taken)
    relay(taken)
    assert (links(), kept(taken), held("raoping")) == ([], [], [])
    with tenant_scope("chaozhou"):
        (told,) = db.session.scalars(select(Report)).one().supplements
    assert "不能提供" in told["text"]


def test_what_was_not_asked_for_is_not_taken(taken: Levels) -> None:
    ask(taken)
    with tenant_scope("chaozhou"), unit_of_work():
        row = db.session.scalars(select(BridgeIncoming).where(BridgeIncoming.type == kinds.OFFER)).one()
        told = dict(desk_of("chaozhou").gate.open(row.envelope).data)
    with tenant_scope("raoping"), unit_of_work():
        send("chaozhou", row.subject, kinds.OFFER, {**told, "request": str(row.id)})
    taken.carry()
    relay(taken)
    assert "下级提供的材料不是本级调阅的，未接收" in held("chaozhou")
    with tenant_scope("chaozhou"):
        assert db.session.scalar(select(func.count()).select_from(Attachment)) == 1


class _Nothing:
    on_request: frozenset[str] = frozenset()
