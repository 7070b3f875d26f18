import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask

from tests.support import processes, threads
from tests.support.database import Database
from tests.zhitongche.notices.conftest import Rows
from tests.zhitongche.notices.making import sms
from tests.zhitongche.notices.victim import SENDS
from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel.clock import Simulated
from zhitongche.notices import claims, deliver
from zhitongche.notices.providers import CannotTell, FileProvider, NotSent, Receipt, Rejected
from zhitongche.notices.providers.failing import FailingProvider
from zhitongche.persistence import unit_of_work

Outgoing = Callable[[], list[Path]]
SOON = timedelta(minutes=5)


class Killed(BaseException):
    """The process dies here: nothing after it is recorded."""


class Spy(FileProvider):
    """Counts, and fails as told after or before the message has gone out."""

    def __init__(
        self, folder: Path, *, before: BaseException | None = None, after: BaseException | None = None
    ) -> None:
        super().__init__(folder)
        self.sent: list[UUID] = []
        self.asked: list[UUID] = []
        self.before, self.after, self.blind = before, after, False

    def send(self, notice_id: UUID, mobile: str, text: str) -> Receipt:
        if self.before:
            raise self.before
        self.sent.append(notice_id)
        receipt = super().send(notice_id, mobile, text)
        if self.after:
            raise self.after
        return receipt

    def lookup(self, notice_id: UUID) -> Receipt | None:
        self.asked.append(notice_id)
        if self.blind:
            raise CannotTell
        return super().lookup(notice_id)


@pytest.fixture
def spy(tmp_path: Path) -> Spy:
    return Spy(tmp_path / "sms")


def states(rows: Rows) -> list[str]:
    return [row["state"] for row in rows(channel="sms")]


def test_what_is_due_is_sent_and_recorded_with_its_receipt(
    platform: Flask, spy: Spy, rows: Rows, clock: Simulated
) -> None:
    first = sms()
    sms(due_at=clock.now() + timedelta(hours=1), state="held")
    assert deliver(SOON, spy) == (1, 0)
    sent, held = rows()
    assert (sent["state"], sent["provider"], sent["receipt"], sent["sent_at"]) == (
        "sent",
        "file",
        str(first),
        clock.now(),
    )
    assert held["state"] == "held"
    clock.advance(timedelta(hours=1))
    assert deliver(SOON, spy) == (1, 0)
    assert deliver(SOON, spy) == (0, 0)
    assert len(spy.sent) == 2


def test_killed_between_sending_and_recording_it_asks_and_does_not_send_again(
    platform: Flask, spy: Spy, rows: Rows, clock: Simulated
) -> None:
    sms()
    spy.after = Killed()
    with pytest.raises(Killed):
        deliver(SOON, spy)
    assert states(rows) == ["sending"]
    spy.after = None
    assert deliver(SOON, spy) == (0, 0)  # the lease still runs
    clock.advance(claims.LEASE)
    assert deliver(SOON, spy) == (1, 0)
    assert (states(rows), len(spy.sent), len(spy.asked)) == (["sent"], 1, 1)


def test_killed_before_sending_it_asks_and_then_sends(
    platform: Flask, spy: Spy, rows: Rows, clock: Simulated, outgoing: Outgoing
) -> None:
    sms()
    spy.before = Killed()
    with pytest.raises(Killed):
        deliver(SOON, spy)
    spy.before = None
    clock.advance(claims.LEASE)
    assert deliver(SOON, spy) == (1, 0)
    assert (states(rows), len(spy.asked), len(outgoing())) == (["sent"], 1, 1)


def test_where_the_provider_cannot_tell_a_person_must_look_and_nothing_is_sent_again(
    platform: Flask, spy: Spy, rows: Rows, clock: Simulated
) -> None:
    sms()
    spy.after, spy.blind = Killed(), True
    with pytest.raises(Killed):
        deliver(SOON, spy)
    spy.after = None
    clock.advance(claims.LEASE)
    assert deliver(SOON, spy) == (0, 1)
    clock.advance(timedelta(days=3))
    assert deliver(SOON, spy) == (0, 0)
    assert (states(rows), len(spy.sent)) == (["uncertain"], 1)


@pytest.mark.parametrize(
    ("blind", "state", "attempts"), [(False, "sent", (1, 0)), (True, "uncertain", (0, 1))]
)
def test_a_connection_lost_while_sending_is_asked_about(
    platform: Flask, spy: Spy, rows: Rows, blind: bool, state: str, attempts: tuple[int, int]
) -> None:
    sms()
    spy.after, spy.blind = TimeoutError("read timed out"), blind
    assert deliver(SOON, spy) == attempts
    assert (states(rows), len(spy.sent)) == ([state], 1)


def test_a_message_that_surely_did_not_leave_is_tried_again(platform: Flask, spy: Spy, rows: Rows) -> None:
    sms()
    spy.before = ConnectionRefusedError("no route")
    assert deliver(SOON, spy) == (0, 1)
    (row,) = rows()
    assert (row["state"], row["last_error"]) == ("queued", "NotSent: ConnectionRefusedError: no route")


def test_a_number_that_is_refused_for_good_is_not_tried_again(
    platform: Flask, spy: Spy, rows: Rows, clock: Simulated
) -> None:
    sms()
    spy.before = Rejected("空号")
    deliver(SOON, spy)
    clock.advance(timedelta(days=3))
    deliver(SOON, spy)
    (row,) = rows()
    assert (row["state"], row["tries"], row["last_error"]) == ("failed", 1, "Rejected: 空号")


def test_an_outage_is_outlasted_with_growing_pauses_and_each_message_sent_once(
    platform: Flask, rows: Rows, clock: Simulated
) -> None:
    for _ in range(3):
        sms()
    failing = FailingProvider(times=12)
    waits = []
    while "queued" in states(rows):
        before = clock.now()
        clock.set(max(before, min(row["due_at"] for row in rows(state="queued"))))
        waits.append(clock.now() - before)
        deliver(SOON, failing)
    assert states(rows) == ["sent"] * 3
    assert [row["tries"] for row in rows()] == [5, 5, 5]
    assert sum(waits, timedelta()) > timedelta(minutes=7)


def test_pauses_double_to_an_hour_with_jitter() -> None:
    for tries, minutes in [(1, 1), (2, 2), (4, 8), (7, 60), (400, 60)]:
        pauses = {claims.pause(tries) for _ in range(50)}
        assert timedelta(minutes=minutes / 2) <= min(pauses) < max(pauses) <= timedelta(minutes=minutes)


def test_a_failing_channel_never_gives_up(platform: Flask, rows: Rows, clock: Simulated) -> None:
    sms()
    for _ in range(40):
        deliver(SOON, FailingProvider())
        clock.advance(timedelta(hours=1))
    (row,) = rows()
    assert (row["state"], row["tries"]) == ("queued", 40)


def test_one_that_fails_does_not_stop_the_others(platform: Flask, tmp_path: Path, rows: Rows) -> None:
    class Picky(FileProvider):
        def send(self, notice_id: UUID, mobile: str, text: str) -> Receipt:
            if mobile == "13900000002":
                raise NotSent("不通")
            return super().send(notice_id, mobile, text)

    for number in (1, 2, 3):
        sms(f"1390000000{number}")
    assert deliver(SOON, Picky(tmp_path)) == (2, 1)
    assert states(rows) == ["sent", "queued", "sent"]


def test_two_deliverers_at_once_send_each_message_once(platform: Flask, spy: Spy, rows: Rows) -> None:
    ids = {sms(f"139000{number:05}") for number in range(60)}
    with ThreadPoolExecutor(3) as pool:
        runs = [
            threads.start(pool, platform, "alpha", lambda: deliver(SOON, spy))
            for _ in range(3)
        ]
    assert sum(run.result().sent for run in runs) == 60
    assert sorted(spy.sent) == sorted(ids)
    assert set(states(rows)) == {"sent"}


def test_what_one_is_claiming_another_passes_over_without_waiting(platform: Flask) -> None:
    for number in range(3):
        sms(f"1390000000{number}")

    def claimed_by_another() -> int:
        with unit_of_work():
            return len(claims.claim(10))

    with ThreadPoolExecutor(1) as pool, unit_of_work():
        assert len(claims.claim(2)) == 2
        assert threads.start(pool, platform, "alpha", claimed_by_another).result(timeout=processes.PATIENCE) == 1


def test_who_lost_the_lease_does_not_overwrite_the_other_ones_record(
    platform: Flask, spy: Spy, rows: Rows, clock: Simulated
) -> None:
    sms()
    with unit_of_work():
        (slow,) = claims.claim(1)
    clock.advance(claims.LEASE)
    deliver(SOON, spy)
    with unit_of_work():
        assert not claims.again(slow, NotSent("late"))
        assert not claims.sent(slow, "file", Receipt("x", clock.now()))
    assert states(rows) == ["sent"]


def test_nobody_begins_to_send_when_the_lease_is_nearly_over(
    platform: Flask, tmp_path: Path, rows: Rows, clock: Simulated
) -> None:
    left: list[timedelta] = []

    class Sluggish(FileProvider):
        def send(self, notice_id: UUID, mobile: str, text: str) -> Receipt:
            left.append(rows(id=notice_id)[0]["lease_until"] - clock.now())
            clock.advance(timedelta(minutes=3))
            return super().send(notice_id, mobile, text)

    for number in range(8):
        sms(f"1390000000{number}")
    assert deliver(SOON, Sluggish(tmp_path)) == (8, 0)
    assert min(left) >= timedelta(minutes=2)
    assert [row["tries"] for row in rows()] == [1] * 8


def test_urgent_messages_overtake_the_rest(platform: Flask, spy: Spy, rows: Rows) -> None:
    sms("13900000001")
    urgent = sms("13900000002", urgent=True)
    deliver(SOON, spy)
    assert spy.sent[0] == urgent


def test_a_worker_killed_dead_loses_nothing_and_doubles_nothing(
    platform: Flask, tenant_db: Database, tmp_path: Path, rows: Rows, outgoing: Outgoing
) -> None:
    ids = {sms(f"139000{number:05}") for number in range(40)}
    environment = processes.environment() | {"VICTIM_DATABASE": tenant_db.url}
    command = [sys.executable, "-m", "tests.zhitongche.notices.victim", str(tmp_path / "sms")]
    victim = subprocess.Popen(command, env=environment)
    try:
        processes.wait_until(lambda: len(outgoing()) >= SENDS)
    finally:
        os.kill(victim.pid, signal.SIGKILL)
        victim.wait()
    assert "sending" in states(rows)
    written = {UUID(file.stem) for file in outgoing()}

    spy = Spy(tmp_path / "sms")
    with kernel_clock.at(kernel_clock.now() + claims.LEASE + timedelta(hours=1)):
        deliver(SOON, spy)
    assert set(states(rows)) == {"sent"}
    assert {UUID(file.stem) for file in outgoing()} == ids
    # What the dead one had sent without recording it was found by asking.
    assert spy.asked
    assert not set(spy.sent) & written
