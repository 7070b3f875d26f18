"""RP-3.4.b: the machine lists what is late or near, the section goes over it, each urging is an act with a paper."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from unittest.mock import patch
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support import threads
from tests.support.stage import Play
from zhitongche import documents, journal
from zhitongche.casework import replay
from zhitongche.casework.queries import supervised
from zhitongche.documents import queries as papers
from zhitongche.documents import typesetting, word
from zhitongche.flow.facts import SYSTEM
from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel.errors import Conflict, Forbidden, Invalid, Refused
from zhitongche.notices.tables import Notice
from zhitongche.persistence import db, unit_of_work
from zhitongche.supervision import rounds, run_routines
from zhitongche.supervision.tables import UrgingRound

LEAD, OTHER = "gongxin", "zhujian"
MONDAY = datetime(2026, 3, 23, 2, tzinfo=UTC)
Relay = Callable[[], object]


def handed(play: Play, unit: str = LEAD, **form: str) -> UUID:
    """A petition in a unit's hands."""
    petition = play.hand_in(**form)
    play.act("accept", "triage", accept_ground=next(iter(play.pack.grounds_accept)), lead=play.unit(unit))
    return petition.id


def listed(clock: kernel_clock.Simulated) -> UrgingRound:
    """The list of the Monday after the limits have passed."""
    clock.set(MONDAY)
    with unit_of_work():
        run_routines()
    return rounds.rounds()[0]


@pytest.mark.clause("RP-3.4.b")
def test_on_its_day_the_machine_lists_once_what_is_late_or_near_and_nothing_else(raoping: Play, clock: kernel_clock.Simulated) -> None:
    late = handed(raoping)
    clock.set(MONDAY - timedelta(days=1))
    fresh = handed(raoping, OTHER)
    first = listed(clock)
    with unit_of_work():
        run_routines()
    assert [one.id for one in rounds.rounds()] == [first.id]
    found = {one.petition_id: one for one in rounds.items_of(first.id)}
    # Handed out on Sunday: to be received within 24 hours, which is near.
    assert (found[late].late, found[late].days_late, found[fresh].late) == (True, 11, False)
    clock.advance(timedelta(days=7))
    with unit_of_work():
        run_routines()
    assert [one.state for one in rounds.rounds()] == ["open", "overtaken"]


@pytest.mark.clause("RP-3.4.b")
def test_an_issued_list_urges_each_item_through_the_door_with_one_numbered_paper_a_unit(
    raoping: Play, clock: kernel_clock.Simulated, relay: Relay
) -> None:
    cases = [handed(raoping), handed(raoping, title="第二件道路破损"), handed(raoping, OTHER)]
    made = listed(clock)
    raoping.handler(LEAD)
    with unit_of_work():
        assert rounds.issue(made.id, raoping.actor("supervision"), "请三天内反馈。") == 3
    relay()
    relay()
    for case in cases:
        entry = journal.entries(case)[-1]
        assert (entry.action, entry.clause, entry.actor_name) == ("urge_in_turn", "RP-3.4.b", "supervision某")
        assert "请三天内反馈。" in (entry.body or {})["form"]["text"]
        assert replay.broken(case) == []
        assert [one.kind for one in papers.papers_of_petition(case)] == []
    found = papers.papers_about(documents.About.urging(made.id))
    assert {(one.state, one.number) for one in found} == {("issued", "饶府办催〔2026〕1号"), ("issued", "饶府办催〔2026〕2号")}
    assert {unit for one in found for unit in one.units} == {raoping.unit(LEAD), raoping.unit(OTHER)}
    assert {one.state for one in rounds.items_of(made.id)} == {"urged"}
    told = db.session.scalars(select(Notice).where(Notice.message == "urging_sent")).all()
    assert raoping.actor(LEAD).person_id in {one.person_id for one in told}
    assert all(one.urged == 1 for one in supervised.by_ids(SYSTEM, cases).values())


@pytest.mark.clause("RP-3.4.b")
def test_what_is_taken_out_with_a_reason_is_not_urged(raoping: Play, clock: kernel_clock.Simulated, relay: Relay) -> None:
    spared, urged = handed(raoping), handed(raoping)
    made, section = listed(clock), raoping.actor("supervision")
    key = (spared, UUID(raoping.unit(LEAD)))
    with pytest.raises(Invalid) as refused, unit_of_work():
        rounds.leave_out(made.id, [key], "  ", section)
    assert set(refused.value.errors) == {"why"}
    with unit_of_work():
        rounds.leave_out(made.id, [key], "企业提出缓办", section)
        rounds.put_back(made.id, key, section)
        rounds.leave_out(made.id, [key], "企业提出缓办", section)
        rounds.issue(made.id, section, "请抓紧。")
    relay()
    states = {one.petition_id: (one.state, one.why) for one in rounds.items_of(made.id)}
    assert states == {spared: ("left_out", "企业提出缓办"), urged: ("urged", "")}
    assert "urge_in_turn" not in {entry.action for entry in journal.entries(spared)}


@pytest.mark.clause("RP-3.4.b")
def test_what_was_done_before_the_list_was_carried_out_is_passed_over(raoping: Play, clock: kernel_clock.Simulated, relay: Relay) -> None:
    handed(raoping)
    made = listed(clock)
    with unit_of_work():
        rounds.issue(made.id, raoping.actor("supervision"), "请抓紧。")
    raoping.act("receive", LEAD)
    raoping.act("reply", LEAD, reply="已经修复完毕。", resolution="resolved")
    relay()
    (item,) = rounds.items_of(made.id)
    assert (item.state, item.why) == ("passed", "签发时已经办理")
    assert papers.papers_about(documents.About.urging(made.id)) == []


def test_only_those_whom_the_pack_names_go_over_a_list_and_it_is_issued_once(raoping: Play, clock: kernel_clock.Simulated) -> None:
    handed(raoping)
    made = listed(clock)
    raoping.handler(LEAD)
    for who in ("leader", LEAD, "system"):
        with pytest.raises(Forbidden), unit_of_work():
            rounds.issue(made.id, raoping.actor(who), "请抓紧。")
    with unit_of_work():
        rounds.issue(made.id, raoping.actor("supervision"), "请抓紧。")
    with pytest.raises(Conflict, match="supervision某"), unit_of_work():
        rounds.issue(made.id, raoping.actor("triage"), "请抓紧。")


def test_a_list_that_another_has_overtaken_or_that_is_empty_is_not_issued(raoping: Play, clock: kernel_clock.Simulated) -> None:
    case = handed(raoping)
    made, section = listed(clock), raoping.actor("supervision")
    with unit_of_work():
        rounds.leave_out(made.id, [(case, UUID(raoping.unit(LEAD)))], "另行督办", section)
    with pytest.raises(Refused), unit_of_work():
        rounds.issue(made.id, section, "请抓紧。")
    clock.advance(timedelta(days=7))
    with unit_of_work():
        run_routines()
    with pytest.raises(Refused, match="新一期"), unit_of_work():
        rounds.issue(made.id, section, "请抓紧。")


def test_where_the_pack_says_so_the_machine_issues_by_itself(raoping: Play, clock: kernel_clock.Simulated, relay: Relay) -> None:
    case = handed(raoping)
    clock.set(MONDAY)
    rule = rounds.routine()
    assert rule
    alone = replace(rule, by=("system",))
    with patch.object(rounds, "routine", lambda: alone):
        with unit_of_work():
            rounds.make(alone, kernel_clock.today())
        relay()
    assert [one.state for one in rounds.rounds()] == ["issued"]
    assert (journal.entries(case)[-1].action, journal.entries(case)[-1].actor_kind) == ("urge_in_turn", "system")


@pytest.mark.clause("RP-3.4.b")
def test_two_workers_that_race_make_one_list_and_urge_each_item_once(
    raoping: Play, clock: kernel_clock.Simulated, served_app: Flask, relay: Relay
) -> None:
    case = handed(raoping)
    clock.set(MONDAY)

    def work() -> None:
        with unit_of_work():
            run_routines()

    with ThreadPoolExecutor(4) as pool:
        for one in [threads.start(pool, served_app, "raoping", work) for _ in range(4)]:
            one.result()
    (made,) = rounds.rounds()
    with unit_of_work():
        rounds.issue(made.id, raoping.actor("supervision"), "请抓紧。")
    # Neither typst nor Word is raced here, and both cost seconds on a loaded machine.
    with patch.object(typesetting, "pdf", lambda *_, **__: b"%PDF"), patch.object(word, "docx", lambda _: b"PK"), ThreadPoolExecutor(4) as pool:
        for one in [threads.start(pool, served_app, "raoping", relay) for _ in range(4)]:
            one.result()
    db.session.expire_all()
    assert [entry.action for entry in journal.entries(case)].count("urge_in_turn") == 1
    assert len(papers.papers_about(documents.About.urging(made.id))) == 1
