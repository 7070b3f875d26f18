from datetime import timedelta

import pytest
from flask import Flask

from tests.zhitongche.identity import world
from tests.zhitongche.notices.conftest import Rows
from tests.zhitongche.notices.making import sms, told
from zhitongche.flow.facts import Actor
from zhitongche.identity import actors
from zhitongche.kernel.clock import Simulated
from zhitongche.kernel.errors import Conflict, Forbidden, NotFound
from zhitongche.kernel.ids import new_id
from zhitongche.notices import deliver, inbox, queries, raise_alarms, tell_stuck, words
from zhitongche.notices.providers import FileProvider
from zhitongche.outbox import Message
from zhitongche.persistence import unit_of_work

SOON = timedelta(minutes=5)


@pytest.fixture
def operator(platform: Flask) -> Actor:
    return actors.actor_of(world.official("ops", "operator", unit="admin"))


def alarms() -> int:
    with unit_of_work():
        return raise_alarms()


def test_the_operator_sees_every_state_with_its_count(operator: Actor) -> None:
    sms(state="failed")
    sms(state="uncertain")
    sms(mobile="13900000002", state="uncertain")
    counts = queries.counts()
    assert set(counts) == set(words.STATES)
    assert (counts["failed"], counts["uncertain"], counts["sent"]) == (1, 2, 0)
    assert [one.mobile for one in queries.listing(state="uncertain", mobile="0002")] == ["13900000002"]


def test_pages_follow_each_other_without_gap(operator: Actor) -> None:
    ids = [sms() for _ in range(5)]
    first = queries.listing(limit=3)
    second = queries.listing(limit=3, before=first[-1].id)
    assert [one.id for one in first + second] == ids[::-1]


def test_what_failed_or_is_uncertain_is_sent_again_when_the_operator_says_so(
    operator: Actor, rows: Rows, provider: FileProvider
) -> None:
    for state in ("failed", "uncertain"):
        with unit_of_work():
            queries.retry(sms(state=state), by=operator)
    assert deliver(SOON, provider) == (2, 0)


def test_what_is_sent_or_being_sent_is_neither_repeated_nor_cancelled(
    operator: Actor, clock: Simulated
) -> None:
    for values in (
        {"state": "sent", "sent_at": clock.now()},
        {"state": "sending", "lease_until": clock.now()},
    ):
        notice = sms(**values)
        for act in (queries.retry, queries.cancel):
            with pytest.raises(Conflict):
                act(notice, by=operator)


def test_a_cancelled_message_is_not_sent(operator: Actor, provider: FileProvider) -> None:
    with unit_of_work():
        queries.cancel(sms(), by=operator)
    assert deliver(SOON, provider) == (0, 0)


def test_nobody_but_operator_and_administrator_touches_messages(operator: Actor) -> None:
    notice = sms()
    clerk = actors.actor_of(world.official("wu", "triage"))
    for act in (queries.retry, queries.cancel):
        with pytest.raises(Forbidden):
            act(notice, by=clerk)
        with pytest.raises(NotFound):
            act(new_id(), by=operator)


def test_what_is_a_day_late_is_told_once_and_stays_to_be_sent(
    operator: Actor, rows: Rows, clock: Simulated
) -> None:
    sms()
    clock.advance(timedelta(hours=23))
    assert alarms() == 0
    clock.advance(timedelta(hours=1))
    assert (alarms(), alarms()) == (1, 0)
    assert [one.text for one in inbox.unread(operator.person_id)] == [words.STUCK_SMS.format(count=1)]
    assert rows(channel="sms")[0]["state"] == "queued"


def test_an_uncertain_message_is_told_at_once(operator: Actor) -> None:
    sms(state="uncertain")
    assert alarms() == 1
    assert [one.text for one in inbox.unread(operator.person_id)] == [words.UNCERTAIN_SMS.format(count=1)]


def test_a_stuck_promise_is_told_to_the_operator(operator: Actor, clock: Simulated) -> None:
    with unit_of_work():
        tell_stuck(
            Message(
                new_id(), "outbox.stuck", None, {"id": "1", "topic": "notice", "tries": 9}, clock.now(), 1
            )
        )
    assert "已尝试9次" in inbox.unread(operator.person_id)[0].text


def test_a_person_reads_only_his_own_messages(operator: Actor) -> None:
    lin, wu = world.official("lin", "triage"), world.official("wu", "triage")
    for _ in range(3):
        told("new_case", "triage")
    assert (inbox.unread_count(lin.id), len(inbox.unread(lin.id))) == (3, 3)
    mine = inbox.unread(lin.id)[0].id
    with unit_of_work():
        assert inbox.mark_read(wu.id, notice_id=mine) == 0
        assert inbox.mark_read(lin.id, notice_id=mine) == 1
    assert (inbox.unread_count(lin.id), inbox.unread_count(wu.id)) == (2, 3)
    with unit_of_work():
        assert inbox.mark_read(lin.id) == 2
    assert len(inbox.listing(lin.id)) == 3
