"""A county's figures are read above, in another deployment, as the county reads them itself; nothing but figures travels."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from escalation.carriage import figures as reporting
from escalation.carriage import ways
from escalation.wire import dsse, event, kinds
from zhitongche.kernel import clock as kernel_clock
from zhitongche.statistics import Period, figures, province

if TYPE_CHECKING:
    import pytest

    from tests.escalation.far import Far, House

CODES = ["received", "accepted", "on_hand", "on_time_rate", "handling_median", "risen"]


def told(house: House) -> dict[str, int | None]:
    """What the county's worker does every hour."""
    with house.inside():
        return reporting.report(house.tenant)


def same(far: Far) -> None:
    month = Period.month(kernel_clock.today())
    with far.below.inside():
        own = figures.read(CODES, month)
    with far.above.inside():
        seen = province.read([far.below.tenant], CODES, month)[far.below.tenant]
    assert own["received"].numerator > 0
    assert seen == own


def test_figures_are_told_until_they_are_taken_and_then_only_what_has_changed(far: Far) -> None:
    with far.below.inside():
        far.levels.ready()
    far.above.off = True
    assert told(far.below) == {far.above.tenant: None}
    far.above.off = False
    assert (told(far.below)[far.above.tenant] or 0) > 0
    same(far)
    assert told(far.below) == {far.above.tenant: 0}
    far.down("send_up", "office", verdict="agree", opinion="同意上报市级协调")
    far.clock.advance(timedelta(hours=1))
    assert (told(far.below)[far.above.tenant] or 0) > 0
    same(far)
    # Nobody stands above the city in another deployment.
    assert told(far.above) == {}


def test_no_petition_no_unit_and_no_word_travels_and_a_replayed_message_changes_nothing(far: Far, monkeypatch: pytest.MonkeyPatch) -> None:
    carried: list[bytes] = []
    carry = ways.carry

    def overheard(peer: str, envelopes: list[bytes]) -> list[object]:
        carried.extend(envelopes)
        return list(carry(peer, envelopes))

    monkeypatch.setattr(ways, "carry", overheard)
    with far.below.inside():
        far.levels.ready()
    told(far.below)
    first = list(carried)
    far.down("send_up", "office", verdict="agree", opinion="同意上报市级协调")
    far.clock.advance(timedelta(hours=1))
    told(far.below)
    assert carried
    with far.below.inside():
        petition = far.levels.below.petition
        secrets = [str(petition.id), str(petition.lead_unit_id), petition.number, petition.title, petition.contact_name]
        replies = carry(far.above.tenant, first)
    for envelope in carried:
        payload = dsse.parse(envelope).payload.decode()
        assert event.read(payload.encode()).type == kinds.FIGURES
        assert [secret for secret in secrets if secret and secret in payload] == []
    assert {(reply.kind, reply.body) for reply in replies} == {("answer", b"old")}
    same(far)
