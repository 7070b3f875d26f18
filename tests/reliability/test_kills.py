"""Kill the worker or the web process at any moment: after restart nothing is lost, nothing is done twice.

Real processes under the real supervisor. `KILLS=200 ./zhitongche test tests/reliability` rehearses longer;
`KILL_SEED` repeats a storm's order.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask

from tests.reliability import callers, product
from tests.reliability.callers import TENANT, Story
from tests.reliability.evidence import Evidence
from tests.reliability.product import Product
from tests.support.processes import PATIENCE, wait_until
from zhitongche.casework import replay
from zhitongche.identity import units
from zhitongche.persistence import tenant_scope

pytestmark = pytest.mark.deployment

KILLS = int(os.environ.get("KILLS", "7"))
SEED = int(os.environ.get("KILL_SEED", "7"))
PARTS = ("web", "worker", "worker", "beat")
LATE, UNRATED = 3, 3
"""Petitions whose first limit, or whose time for rating, ends after the storm."""


@dataclass
class Aftermath:
    """Everything that is known when it is over."""

    app: Flask
    told: list[Story]
    evidence: Evidence
    sent: list[dict[str, str]]
    late: list[str]
    unrated: list[str]
    due_at: datetime

    @property
    def petitions(self) -> list[str]:
        """All that were handed in."""
        return [petition for story in self.told for petition in story.handed_in]


@pytest.fixture(scope="module")
def aftermath() -> Iterator[Aftermath]:
    """Three offices at work through a storm of kills; then calm, a second worker and a second beat."""
    with tempfile.TemporaryDirectory(prefix="zhitongche-kills-") as folder, product.running(Path(folder)) as running:
        app = running.app()
        with app.app_context(), tenant_scope(TENANT):
            callers.prepare()
            lead = units.by_code(callers.LEAD).id
        told = callers.stories(running.url, running.settings.port, lead)
        evidence = Evidence(running.superuser())
        _storm(running, evidence, told)
        late, unrated = _leave_some_open(told)
        with running.seconds():
            due_at = evidence.fall_due(late, "screen", 4)
            evidence.fall_due(unrated, "rating", 4)
            _calm(running, evidence, late, unrated)
            yield Aftermath(app, told, evidence, running.ledger.sent(), late, unrated, due_at)


def _storm(running: Product, evidence: Evidence, told: list[Story]) -> None:
    """Kill while everybody works, first over a message, then at random moments; all petitions begun are brought to their end."""
    chance, over = random.Random(SEED), []
    print(f"KILL_SEED={SEED} KILLS={KILLS}")

    def work(story: Story) -> None:
        while not over:
            story.handle(story.hand_in())

    threads, raised = callers.together([lambda story=story: work(story) for story in told])
    with suppress(StopIteration):
        kills = iter(range(KILLS))
        while not raised:
            number = next(kills)
            time.sleep(chance.uniform(0.5, 2.0))
            if number == 0:
                _strike_over_a_message(running, evidence, raised)
            elif number == KILLS // 2:
                running.kill_database()
            else:
                _strike(running, chance)
    over.append(True)
    for thread in threads:
        thread.join(PATIENCE)
    assert raised == [], product.said(running.log)[-3000:]
    assert not any(thread.is_alive() for thread in threads), product.said(running.log)[-3000:]


def _strike_over_a_message(running: Product, evidence: Evidence, raised: list[BaseException]) -> None:
    """Kill the worker after it has sent a message and before it can record that: there it does most harm."""
    running.ledger.hold()

    def struck() -> bool:
        # At night nothing would be sent before the morning.
        evidence.end_quiet_hours()
        return bool(raised) or running.kill_over_a_sending()

    wait_until(struck, 2 * PATIENCE)


def _strike(running: Product, chance: random.Random) -> None:
    """Kill a part that is alive; the worker, if it can be, in the middle of a sending."""
    part = chance.choice(PARTS)
    if part == "worker":
        sent, until = len(running.ledger.sent()), time.monotonic() + 4
        while len(running.ledger.sent()) == sent and time.monotonic() < until:
            time.sleep(0.01)
    wait_until(lambda: running.kill(part, chance))


def _leave_some_open(told: list[Story]) -> tuple[list[str], list[str]]:
    """Petitions that nobody looks at, and some that nobody rates."""
    story = told[0]
    late = [story.hand_in() for _ in range(LATE)]
    unrated = [story.hand_in() for _ in range(UNRATED)]
    for petition in unrated:
        for step in callers.WAY[:-1]:
            story.act(petition, step)
    return late, unrated


def _calm(running: Product, evidence: Evidence, late: list[str], unrated: list[str]) -> None:
    """The product is left to itself; only time passes."""
    running.wait_until_up()
    wait_until(lambda: _overdue(evidence, late) >= LATE and _rated(evidence, unrated) >= UNRATED)

    def drained() -> bool:
        evidence.let_time_pass(running.died_at)
        time.sleep(1)
        return evidence.drained()

    wait_until(drained, 2 * PATIENCE)
    # What a second sweep or beat might still do twice, it does now.
    time.sleep(2)


def _overdue(evidence: Evidence, petitions: list[str]) -> int:
    sql = "select count(*) from clock where petition_id = any(cast(:ids as uuid[])) and missed_at is not null"
    return int(evidence.rows(sql, ids=petitions)[0][0])


def _rated(evidence: Evidence, petitions: list[str]) -> int:
    sql = "select count(*) from rating where petition_id = any(cast(:ids as uuid[]))"
    return int(evidence.rows(sql, ids=petitions)[0][0])


def test_the_storm_was_one(aftermath: Aftermath) -> None:
    assert all(story.handed_in for story in aftermath.told)
    assert sum(caller.broken for story in aftermath.told for caller in (story.office, story.unit, story.company))
    # Somebody died over a message, and another took it over.
    assert aftermath.evidence.rows("select id from notice where channel = 'sms' and tries > 1")


def test_every_acknowledged_action_is_in_the_journal_exactly_once(aftermath: Aftermath) -> None:
    steps = aftermath.evidence.steps()
    acknowledged = [step for story in aftermath.told for step in story.acknowledged]
    assert acknowledged
    assert {step: steps[step] for step in acknowledged if steps[step] != 1} == {}


def test_nothing_is_done_twice_however_often_it_was_pressed(aftermath: Aftermath) -> None:
    assert {step: count for step, count in aftermath.evidence.steps().items() if count > 1} == {}
    numbers = [row.number for row in aftermath.evidence.rows("select number from petition")]
    assert len(numbers) == len(set(numbers)) == len(aftermath.petitions)


def test_every_petition_is_sound_and_ended_as_its_last_step_says(aftermath: Aftermath) -> None:
    with aftermath.app.app_context(), tenant_scope(TENANT):
        assert [fault for petition in aftermath.petitions for fault in replay.broken(UUID(petition))] == []
    open_ones = {str(row.id) for row in aftermath.evidence.rows("select id from petition where outcome is null")}
    assert open_ones == set(aftermath.late)


def test_no_draft_is_left_behind_and_every_promise_is_kept(aftermath: Aftermath) -> None:
    assert aftermath.evidence.rows("select id from draft") == []
    assert aftermath.evidence.rows("select topic, last_error from outbox where done_at is null") == []


def test_each_message_went_out_exactly_once(aftermath: Aftermath) -> None:
    sent = Counter(one["id"] for one in aftermath.sent)
    told = {str(row.id) for row in aftermath.evidence.rows("select id from notice where channel = 'sms' and state = 'sent'")}
    assert {one: count for one, count in sent.items() if count > 1} == {}
    assert set(sent) == told
    assert aftermath.evidence.rows("select state from notice where state in ('uncertain', 'failed')") == []
    # One row for each message to each mobile would hide a promise made twice; its words would not.
    words = Counter((one["mobile"], one["text"]) for one in aftermath.sent)
    assert {text: count for text, count in words.items() if count > 1} == {}


def test_every_enterprise_was_told_of_each_step_of_its_petition(aftermath: Aftermath) -> None:
    per_petition = aftermath.evidence.rows(
        "select petition_id, array_agg(distinct message) as told from notice where state = 'sent' group by petition_id"
    )
    told = {str(row.petition_id): set(row.told) for row in per_petition}
    done = [petition for petition in aftermath.petitions if petition not in aftermath.late]
    assert [p for p in done if not {"received", "accepted", "assigned", "replied", "please_rate"} <= told[p]] == []


def test_a_limit_that_passes_is_found_within_a_minute_and_marked_once(aftermath: Aftermath) -> None:
    found = aftermath.evidence.rows(
        "select missed_at from clock where code = 'screen' and petition_id = any(cast(:ids as uuid[]))", ids=aftermath.late
    )
    assert len(found) == LATE
    assert max((row.missed_at - aftermath.due_at).total_seconds() for row in found) < 60
    steps = aftermath.evidence.steps()
    assert [steps[petition, "overdue"] for petition in aftermath.late] == [1] * LATE


def test_the_default_rating_is_given_once_though_two_workers_and_two_beats_run(aftermath: Aftermath) -> None:
    steps = aftermath.evidence.steps()
    assert [steps[petition, "default_rating"] for petition in aftermath.unrated] == [1] * UNRATED
    assert _rated(aftermath.evidence, aftermath.unrated) == UNRATED
