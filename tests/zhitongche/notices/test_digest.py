from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime, timedelta

import pytest
from flask import Flask

from tests.support import threads
from tests.support.processes import PATIENCE
from tests.zhitongche.identity import world
from tests.zhitongche.notices.conftest import Rows
from tests.zhitongche.notices.making import told
from zhitongche.kernel.clock import Simulated
from zhitongche.notices import deliver, digest
from zhitongche.notices.providers import FileProvider
from zhitongche.persistence import unit_of_work
from zhitongche.tenancy.pack import Pack

SOON = timedelta(minutes=5)
DAY = timedelta(days=1)


@pytest.fixture
def lin(platform: Flask) -> None:
    world.official("lin", "triage", mobile="13900000001")


def until_digest(rows: Rows, clock: Simulated) -> datetime:
    moment = max(row["due_at"] for row in rows(state="held"))
    clock.set(moment)
    return moment


def test_an_officials_messages_of_a_day_are_one_sms(
    lin: None, rows: Rows, clock: Simulated, provider: FileProvider
) -> None:
    for number in ("N1", "N2", "N3"):
        told("new_case", "triage", fields={"number": number})
    assert deliver(SOON, provider) == (0, 0)
    until_digest(rows, clock)
    assert deliver(SOON, provider) == (1, 0)
    (sent,) = rows(channel="sms", state="sent")
    assert (
        sent["text"]
        == "今日：1. 收到新诉求件N1。2. 收到新诉求件N2。3. 收到新诉求件N3。http://alpha.localhost:8000/desk/"
    )
    assert [row["merged_into"] for row in rows(state="merged")] == [sent["id"]] * 3


def test_a_single_message_is_sent_as_it_is(
    lin: None, rows: Rows, clock: Simulated, provider: FileProvider
) -> None:
    told("new_case", "triage")
    until_digest(rows, clock)
    deliver(SOON, provider)
    assert [row["text"] for row in rows(channel="sms", state="sent")] == ["收到新诉求件N1。"]


def test_what_comes_late_waits_for_the_next_days_digest(
    lin: None, rows: Rows, clock: Simulated, provider: FileProvider, pack: Pack
) -> None:
    told("new_case", "triage")
    moment = until_digest(rows, clock)
    told("new_case", "triage", fields={"number": "N2"})
    deliver(SOON, provider)
    with unit_of_work():  # a row of another worker that became visible only now
        digest.db.session.query(digest.Notice).filter_by(state="held").update({"due_at": moment})
    assert deliver(SOON, provider) == (0, 0)
    clock.set(moment + DAY)
    assert deliver(SOON, provider) == (1, 0)
    assert len(rows(message="digest", state="sent")) == 2


def test_a_long_digest_is_cut_and_says_how_many_are_left(
    lin: None, rows: Rows, clock: Simulated, provider: FileProvider
) -> None:
    for number in range(40):
        told("new_case", "triage", fields={"number": f"CITY-2026-{number:05}"})
    until_digest(rows, clock)
    deliver(SOON, provider)
    (sent,) = rows(channel="sms", state="sent")
    shown = sent["text"].count("收到新诉求件")
    assert f"另有{40 - shown}条。" in sent["text"]
    assert len(sent["text"]) < 260


def test_two_workers_at_once_make_one_digest(
    lin: None, platform: Flask, pack: Pack, rows: Rows, clock: Simulated
) -> None:
    for number in range(20):
        told("new_case", "triage", fields={"number": f"N{number}"})
    until_digest(rows, clock)

    def merged() -> int:
        with unit_of_work():
            return digest.merge(pack)

    with ThreadPoolExecutor(1) as pool:
        with unit_of_work():
            assert digest.merge(pack) == 1
            other = threads.start(pool, platform, "alpha", merged)
            assert not wait([other], timeout=0.3).done
        assert other.result(timeout=PATIENCE) == 0
    assert (len(rows(message="digest")), len(rows(state="merged"))) == (1, 20)
