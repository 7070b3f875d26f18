from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from tests.zhitongche.identity import world
from tests.zhitongche.notices.conftest import Rows
from tests.zhitongche.notices.making import relayed, told, unit
from zhitongche.identity.enterprises import EnterpriseForm, enrol
from zhitongche.kernel.clock import Simulated
from zhitongche.notices import queries
from zhitongche.persistence import db, tenant_scope

LATE = datetime(2026, 3, 6, 14, 30, tzinfo=UTC)  # 22:30 in China
MORNING = datetime(2026, 3, 7, 0, 0, tzinfo=UTC)  # 8:00 the next day
DIGEST = datetime(2026, 3, 7, 0, 30, tzinfo=UTC)  # 8:30 the next day
ROADS_CONTACT = "13900000009"


def firm() -> str:
    made = enrol(EnterpriseForm(world.CREDIT, world.FIRM, "陈静", "13800001234"))
    db.session.commit()
    return str(made.enterprise.id)


def test_a_person_is_told_on_the_site_and_by_sms(platform: Flask, rows: Rows) -> None:
    lin = world.official("lin", "triage", mobile="13900000001", digest=False)
    told("new_case", "triage")
    site, sms = sorted(rows(), key=lambda row: row["channel"])
    assert (site["channel"], site["state"], site["person_id"]) == ("site", "sent", lin.id)
    assert (sms["channel"], sms["state"], sms["mobile"], sms["text"]) == (
        "sms",
        "queued",
        "13900000001",
        "收到新诉求件N1。",
    )


def test_a_promise_relayed_twice_tells_once(platform: Flask, rows: Rows) -> None:
    world.official("lin", "triage", mobile="13900000001")
    promised = told("new_case", "triage")
    relayed(promised)
    assert len(rows()) == 2
    told("new_case", "triage")
    assert len(rows()) == 4


@pytest.mark.clause("RP-2.3.n")
@pytest.mark.parametrize("moment", [LATE, LATE - timedelta(hours=8)])
def test_a_petition_that_reaches_a_unit_sends_an_sms_at_once_to_the_contact_on_file(
    platform: Flask, clock: Simulated, rows: Rows, moment: datetime
) -> None:
    clock.set(moment)
    told("assigned", "lead", units=[unit("roads")], urgent=True)
    (sms,) = rows(channel="sms")
    assert (sms["mobile"], sms["state"], sms["due_at"]) == (ROADS_CONTACT, "queued", moment)


@pytest.mark.clause("RP-2.3.n")
def test_the_contact_on_file_is_never_made_to_wait_for_a_digest(
    platform: Flask, clock: Simulated, rows: Rows
) -> None:
    world.official("lin", "handler", unit="roads", mobile=ROADS_CONTACT)
    told("assigned", "lead", units=[unit("roads")])
    (sms,) = rows(channel="sms")
    assert (sms["digest"], sms["due_at"]) == (False, clock.now())


def test_two_people_with_one_mobile_get_one_sms(platform: Flask, rows: Rows) -> None:
    world.official("lin", "triage", mobile="13900000001")
    world.official("wu", "triage", mobile="13900000001")
    told("new_case", "triage")
    assert (len(rows(channel="sms")), len(rows(channel="site"))) == (1, 2)


def test_whoever_acted_is_not_told_of_it(platform: Flask, rows: Rows) -> None:
    lin, wu = world.official("lin", "triage"), world.official("wu", "triage")
    told("new_case", "triage", but=str(lin.id))
    assert [row["person_id"] for row in rows()] == [wu.id]


def test_an_enterprise_is_left_in_peace_in_the_quiet_hours_even_when_it_is_urgent(
    platform: Flask, clock: Simulated, rows: Rows
) -> None:
    clock.set(LATE)
    told("received", "enterprise", enterprises=[firm()], urgent=True)
    (sms,) = rows(channel="sms")
    assert (sms["state"], sms["due_at"], sms["digest"]) == ("held", MORNING, False)


def test_an_enterprises_messages_go_out_one_by_one_in_the_day(
    platform: Flask, clock: Simulated, rows: Rows
) -> None:
    told("received", "enterprise", enterprises=[firm()])
    (sms,) = rows(channel="sms")
    assert (sms["state"], sms["due_at"], sms["digest"]) == ("queued", clock.now(), False)


def test_officials_get_what_is_not_urgent_with_the_next_digest(
    platform: Flask, clock: Simulated, rows: Rows
) -> None:
    world.official("lin", "triage", mobile="13900000001")
    world.official("wu", "triage", mobile="13900000002", digest=False)
    clock.set(LATE)
    told("new_case", "triage")
    told("new_case", "triage", urgent=True)
    assert [(row["mobile"], row["state"], row["due_at"], row["digest"]) for row in rows(channel="sms")] == [
        ("13900000001", "held", DIGEST, True),
        ("13900000002", "held", MORNING, False),
        ("13900000001", "queued", LATE, False),
        ("13900000002", "queued", LATE, False),
    ]


def test_the_link_leads_each_reader_to_his_own_site(platform: Flask, rows: Rows) -> None:
    told("assigned", "lead", units=[unit("roads")])
    told("received", "enterprise", enterprises=[firm()])
    assert {row["text"] for row in rows(channel="sms")} == {
        "新交办诉求件N1，请24小时内接收。http://alpha.localhost:8000/desk/",
        "您的诉求N1已收到。http://alpha.localhost:8000/",
    }


def test_a_message_with_a_hole_in_it_is_not_made(platform: Flask, rows: Rows) -> None:
    world.official("lin", "triage")
    with pytest.raises(KeyError):
        told("new_case", "triage", fields={})
    with pytest.raises(KeyError):
        told("no_such_message", "triage")
    assert rows() == []


def test_nothing_of_one_tenant_reaches_another(platform: Flask, rows: Rows) -> None:
    world.official("lin", "triage", mobile="13900000001")
    told("new_case", "triage")
    with tenant_scope("beta"):
        assert queries.listing() == []
    assert {row["tenant_id"] for row in rows()} == {"alpha"}
