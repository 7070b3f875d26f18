"""The enterprise takes its official papers away: the archived originals of those addressed to it, and no others."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest

from tests.support.stage import Play
from tests.zhitongche.portal.conftest import Browser
from tests.zhitongche.portal.test_petitions import answered
from zhitongche import documents, outbox


def carried_out() -> None:
    assert outbox.relay(documents.HANDLERS, timedelta(seconds=30)).failed == 0


@pytest.mark.clause("RP-2.8.b")
def test_the_enterprise_gets_the_reply_letter_as_the_clean_original(owner: Browser, raoping: Play, inside) -> None:
    petition = owner.hand_in()
    answered(raoping, petition, inside)
    with inside():
        carried_out()
        (letter,) = documents.papers_for_enterprise(raoping.id)
        original = documents.original(letter.id, "pdf")
    page = owner.get(f"/petitions/{petition}").text
    assert "答复函　饶政数复〔2026〕1号" in page
    address = re.search(rf"/petitions/{petition}/papers/[0-9a-f-]+", page)
    assert address
    taken = owner.get(address[0])
    assert taken.data == original
    assert taken.headers["Content-Disposition"].startswith("attachment")


def test_a_paper_between_offices_is_nothing_for_the_enterprise(owner: Browser, raoping: Play, inside) -> None:
    petition = owner.hand_in()
    with inside():
        raoping.petition_id = UUID(petition)
        lead = [unit.code for unit in raoping.pack.units if "handler" in unit.roles][3]
        raoping.act("accept", "triage", accept_ground=next(iter(raoping.pack.grounds_accept)), lead=raoping.unit(lead))
        raoping.act("urge", "supervision", text="请抓紧办理。")
        carried_out()
        (hidden,) = documents.papers_of_petition(raoping.id)
    assert (hidden.kind, hidden.state) == ("supervision_notice", "issued")
    assert owner.get(f"/petitions/{petition}/papers/{hidden.id}").status_code == 404
    assert "督办通知" not in owner.get(f"/petitions/{petition}").text
