"""What the operator sees of the bridge, and that it is never a case's contents (ST-5.1)."""

from datetime import timedelta

import pytest

from escalation.carriage import trusted
from tests.escalation.desk.conftest import BRIDGE, SECRET, Desks
from zhitongche.kernel import clock as kernel_clock

PAGES = ("", "/peers/chaozhou", "/peers/chaozhou?tab=sent", "/peers/chaozhou?tab=received", "/held", "/held?done=1", "/alarms")


@pytest.mark.parametrize("page", PAGES)
def test_operator_and_administrator_come_in_and_others_only_to_what_stands_still(desks: Desks, page: str) -> None:
    for keeper in ("operator", "admin"):
        desks.below(keeper).see(BRIDGE + page)
    assert desks.below("leader").get(BRIDGE + page).status_code == 403
    assert desks.below("triage").get(BRIDGE + page).status_code == (200 if page.startswith("/held") else 403)


def test_a_stranger_is_sent_to_the_sign_in_page(desks: Desks) -> None:
    visitor = desks.below("operator")
    visitor.client.delete_cookie("session", domain="raoping.localhost")
    assert "sign-in" in visitor.get(BRIDGE).headers["Location"]


def test_what_waits_for_a_receipt_is_counted_by_neighbour_until_it_has_one(desks: Desks) -> None:
    desks.levels.send_up()
    page = desks.below("operator").see(BRIDGE)
    assert "潮州" in page
    assert "上级" in page
    assert "1 条待发出" in page
    desks.levels.carry()
    page = desks.below("operator").see(BRIDGE)
    assert "无积压" in page
    assert "1 条待发出" not in page


def test_sent_delivered_and_unreceipted_are_different_words(desks: Desks, clock: kernel_clock.Simulated) -> None:
    desks.levels.send_up()
    assert "待发出" in desks.below("operator").see(f"{BRIDGE}/peers/chaozhou")
    clock.advance(timedelta(hours=25))
    assert "超过24小时未回执" in desks.below("operator").see(f"{BRIDGE}/peers/chaozhou")
    trusted.refresh()
    desks.levels.carry()
    assert "超过24小时未回执" not in desks.below("operator").see(f"{BRIDGE}/peers/chaozhou")
    assert "已送达" in desks.below("operator").see(f"{BRIDGE}/peers/chaozhou", tab="sent")


def test_a_message_tells_the_operator_what_it_is_and_not_what_it_says(desks: Desks) -> None:
    desks.levels.send_up()
    number = desks.levels.below_now().number
    listing = desks.below("operator").see(f"{BRIDGE}/peers/chaozhou")
    assert number in listing
    link = listing.split('/messages/')[1].split('"')[0]
    for keeper in ("operator", "admin"):
        page = desks.below(keeper).see(f"{BRIDGE}/peers/chaozhou/messages/{link}")
        assert "上报通知" in page
        assert "同意上报市级协调" not in page
    page = desks.below("triage").see(f"{BRIDGE}/peers/chaozhou/messages/{link}")
    assert "同意上报市级协调" in page


def test_no_page_of_the_operators_shows_what_a_message_says(desks: Desks) -> None:
    held = desks.held()
    for page in (*PAGES, f"/held/{held}"):
        assert SECRET not in desks.below("operator").see(BRIDGE + page)


def test_what_the_enterprise_took_back_is_shown_to_nobody(desks: Desks) -> None:
    desks.levels.send_up()
    desks.levels.carry()
    desks.levels.arrived()
    desks.levels.up("take", "triage")
    desks.levels.carry()
    desks.levels.down("withdraw", "enterprise", reason="问题已自行解决")
    desks.levels.carry()
    listing = desks.above("operator").see(f"{BRIDGE}/peers/raoping", tab="received")
    for link in (part.split('"')[0] for part in listing.split("/messages/")[1:]):
        page = desks.above("triage").see(f"{BRIDGE}/peers/raoping/messages/{link}")
        assert "道路破损" not in page
        assert "内容不再显示" in page


def test_a_foreign_neighbour_and_a_missing_message_are_not_found(desks: Desks) -> None:
    operator = desks.below("operator")
    assert operator.get(f"{BRIDGE}/peers/shantou").status_code == 404
    assert operator.get(f"{BRIDGE}/peers/chaozhou/messages/00000000-0000-7000-8000-000000000000").status_code == 404
    assert operator.get(f"{BRIDGE}/held/00000000-0000-7000-8000-000000000000").status_code == 404


def test_alarms_tell_of_late_messages_and_of_what_stands_still(desks: Desks, clock: kernel_clock.Simulated) -> None:
    assert "没有提醒" in desks.below("operator").see(f"{BRIDGE}/alarms")
    desks.held()
    desks.levels.send_up()
    clock.advance(timedelta(hours=23))
    page = desks.below("operator").see(f"{BRIDGE}/alarms")
    assert "停在隔离区" in page
    assert "超过24小时仍无回执" not in page
    clock.advance(timedelta(hours=2))
    assert "超过24小时仍无回执" in desks.below("operator").see(f"{BRIDGE}/alarms")


def test_an_expired_list_is_an_alarm_and_no_error(desks: Desks, clock: kernel_clock.Simulated) -> None:
    desks.below("operator").see(BRIDGE)
    clock.advance(timedelta(hours=25))
    assert "信任名录将于" in desks.below("operator").see(f"{BRIDGE}/alarms")
    assert "已过有效期" in desks.below("operator").see(BRIDGE)


def test_the_way_in_counts_what_needs_a_look(desks: Desks) -> None:
    assert "/desk/bridge" in desks.below("operator").see("/desk/operator/state")
    assert "/desk/bridge/held" not in desks.below("triage").see("/desk/")
    desks.held()
    assert "/desk/bridge/held" in desks.below("triage").see("/desk/")
    assert "/desk/bridge" not in desks.below("leader").see("/desk/")
