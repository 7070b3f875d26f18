from collections.abc import Iterator

import pytest
from flask import Flask

from tests.support.stage import Play
from tests.zhitongche.notices.conftest import Rows
from zhitongche import notices, outbox
from zhitongche.casework import telling
from zhitongche.casework.facts import open_clocks
from zhitongche.kernel.clock import Simulated
from zhitongche.kernel.settings import Settings, bundled
from zhitongche.persistence import TenantSession, tenant_scope, unit_of_work
from zhitongche.tenancy import current, packs

CODE = next(
    pack.code for pack in packs.load([bundled("tenants")]).values() if pack.flow.actions.get("object")
)


@pytest.fixture
def play(bare_app: Flask, session: TenantSession, clock: Simulated) -> Iterator[Play]:
    """A case of a real pack."""
    registry = packs.load([bundled("tenants")])
    bare_app.secret_key = "a secret for tests only, of some length"
    bare_app.extensions[current.EXTENSION] = registry
    bare_app.config["SETTINGS"] = Settings()
    with tenant_scope(CODE):
        yield Play.open(registry[CODE])


def relay() -> None:
    assert outbox.relay(notices.HANDLERS).failed == 0


def sms_of(rows: Rows, message: str) -> list[tuple[str, str]]:
    return [(row["mobile"], row["text"]) for row in rows(channel="sms", message=message)]


@pytest.mark.clause("RP-2.3.n")
def test_every_step_of_a_real_case_is_told_without_a_hole_in_any_message(
    play: Play, rows: Rows, clock: Simulated
) -> None:
    petition = play.hand_in()
    relay()
    lead = next(unit for unit in play.pack.units if "handler" in unit.roles and unit.contact)
    play.act(
        "accept", "triage", accept_ground=next(iter(play.pack.grounds_accept)), lead=play.unit(lead.code)
    )
    relay()
    ((mobile, text),) = sms_of(rows, "assigned")
    assert (mobile, petition.title in text) == (lead.contact.mobile, True)
    assert text.endswith(f"http://{CODE}.localhost:8000/desk/petitions/{petition.id}")
    (told,) = rows(channel="sms", message="assigned")
    assert (told["state"], told["due_at"], told["petition_id"]) == ("queued", clock.now(), petition.id)
    assert not [row["text"] for row in rows() if "{" in row["text"]]


def test_the_reason_is_found_in_the_journal_and_cut_to_what_fits_an_sms(play: Play, rows: Rows) -> None:
    play.hand_in()
    reason = "不属于本平台受理范围，" * 30
    play.act("refuse", "triage", refusal_ground=next(iter(play.pack.grounds_refuse)), reason=reason)
    relay()
    texts = [text for _, text in sms_of(rows, "refused")]
    assert texts
    assert all("不属于本平台受理范围，" * 5 in text and "…" in text and len(text) < 220 for text in texts)


def test_whom_the_enterprise_named_is_told_though_he_has_no_account(play: Play, rows: Rows) -> None:
    play.hand_in(contact_name="吴工", contact_mobile="13800007777")
    relay()
    # Whoever handed it in has just seen so on the screen.
    assert [mobile for mobile, _ in sms_of(rows, "received")] == ["13800007777"]


def test_two_limits_that_end_together_are_told_in_different_words(play: Play, rows: Rows) -> None:
    play.hand_in()
    lead = next(unit for unit in play.pack.units if "handler" in unit.roles and unit.contact)
    play.act("accept", "triage", accept_ground=next(iter(play.pack.grounds_accept)), lead=play.unit(lead.code))
    first, second, *_ = open_clocks(play.id)
    second.due_at, second.owes, second.unit_id = first.due_at, first.owes, first.unit_id
    for message in ("due_soon", "overdue"):
        with unit_of_work():
            for one in (first, second):
                telling.tell_clock(play.petition, one, message)
        relay()
        texts = [text for mobile, text in sms_of(rows, message) if mobile == lead.contact.mobile]
        assert len(texts) == len(set(texts)) == 2
        assert {name for name in (first.name, second.name) if any(f"“{name}”" in text for text in texts)} == {first.name, second.name}


def test_every_pack_says_which_limit_is_meant() -> None:
    wordings = [
        pack.messages[message]
        for pack in packs.load([bundled("tenants")]).values() if pack.takes_petitions for message in ("due_soon", "overdue")
    ]  # fmt: skip
    assert all("{text}" in wording for wording in wordings)
