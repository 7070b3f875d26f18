"""A case between levels of government: each fact by itself, each side's view, and the lists (RP-2.3.f)."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.support import rising as played
from tests.support.rising import LEAD, arrived, taken_in
from tests.support.stage import Play
from zhitongche.casework import escalations, reporting
from zhitongche.casework.queries import awaited, between, carried, inbox, listing, tracking, ways
from zhitongche.casework.queries.carried import Carried
from zhitongche.casework.queries.inbox import Filter
from zhitongche.casework.queries.keyset import Turn
from zhitongche.casework.queries.listing import Wanted
from zhitongche.casework.tables import Escalation
from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import db, unit_of_work

pytestmark = pytest.mark.clause("RP-2.3.f")
ASKED = "请补充用地红线图及原批文"
REASON = "属县级权限，请县里自行统筹"
DECISION = "已追加用地指标，六月底前落实"


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    """Somebody listens; what is carried is not this test's matter."""
    with reporting.heard_by(played.nobody_in_particular):
        yield


def facts(play: Play) -> list[tuple[str, bool]]:
    """The facts of the latest rise, each with whether it has a moment."""
    db.session.expire_all()
    return [(one.name, one.at is not None) for one in between.of(play.petition).rises[0].facts]


def rungs(play: Play) -> dict[str, str]:
    """State by level, as the enterprise sees it."""
    db.session.expire_all()
    return {one.name: one.state for one in tracking.track(play.id, play.people["enterprise"]).ladder}


def told(act: object, *args: object) -> None:
    with unit_of_work():
        act(*args)  # type: ignore[operator]


def test_sent_delivered_and_taken_are_three_facts_each_with_its_own_moment(raoping: Play, clock: kernel_clock.Simulated) -> None:
    rise = played.risen(raoping)
    assert facts(raoping) == [("已发出", True), ("未回执", False), ("待受理", False)]
    clock.advance(timedelta(minutes=5))
    told(escalations.delivered, rise, kernel_clock.now())
    assert facts(raoping) == [("已发出", True), ("已送达", True), ("待受理", False)]
    clock.advance(timedelta(hours=3))
    told(escalations.taken, rise, "市自然资源局")
    assert facts(raoping) == [("已发出", True), ("已送达", True), ("已受理", True), ("待作出处理意见", False)]
    moments = [one.at for one in between.of(raoping.petition).rises[0].facts if one.at]
    assert moments == sorted(set(moments))


def test_a_case_taken_without_a_verified_receipt_still_says_that_there_is_none(raoping: Play) -> None:
    rise = played.risen(raoping)
    told(escalations.taken, rise, "市自然资源局")
    assert facts(raoping)[1:3] == [("未回执", False), ("已受理", True)]


def test_the_ladder_stays_with_the_county_until_the_city_has_taken_the_case(raoping: Play) -> None:
    names = list(raoping.pack.levels.values())
    rise = played.risen(raoping)
    assert rungs(raoping) == dict(zip(names, ("been", "here", "waits"), strict=True))
    told(escalations.taken, rise, "市自然资源局")
    assert rungs(raoping) == dict(zip(names, ("been", "been", "here"), strict=True))
    told(escalations.decided, rise, DECISION)
    assert rungs(raoping) == dict(zip(names, ("been", "here", "decided"), strict=True))


def test_what_is_given_back_stands_on_the_countys_rung_again(raoping: Play) -> None:
    rise = played.taken(raoping)
    told(escalations.returned, rise, REASON)
    assert list(rungs(raoping).values()) == ["gave_back", "here", "been"]
    assert facts(raoping)[-1] == ("退回", True)


def test_a_case_that_never_rose_has_no_ladder(raoping: Play) -> None:
    raoping.hand_in()
    assert rungs(raoping) == {}
    assert between.of(raoping.petition) == between.Between((), None, [])


def test_the_enterprise_knows_who_above_has_it_until_when_and_reads_the_decision(raoping: Play) -> None:
    rise = played.taken(raoping)
    due = kernel_clock.now() + timedelta(days=9)
    told(escalations.progressed, rise, "市自然资源局", due, "主办单位正在办理")
    shown = tracking.track(raoping.id, raoping.people["enterprise"])
    assert shown.holder == "市自然资源局"
    assert shown.next is not None
    assert (shown.next.who, shown.next.due) == ("市自然资源局", due)
    assert "主办单位正在办理" in shown.events[0].text
    told(escalations.decided, rise, DECISION)
    shown = tracking.track(raoping.id, raoping.people["enterprise"])
    assert shown.rises[0].row.decision == DECISION
    assert shown.answer is None
    assert shown.holder == raoping.pack.department


def test_a_limit_that_the_level_above_moves_says_the_new_day(raoping: Play) -> None:
    rise = played.taken(raoping)
    told(escalations.progressed, rise, "市自然资源局", kernel_clock.now() + timedelta(days=9), "")
    assert raoping.clock("above").limit == f"{kernel_clock.today() + timedelta(days=9):%Y-%m-%d}前"


def test_before_taking_only_grounds_and_opinions_are_known_and_why_is_said(chaozhou: Play) -> None:
    arrived(chaozhou)
    report = between.of(chaozhou.petition).report
    assert report is not None
    assert [one.text for one in report.opinions] == ["情况属实，同意上报。"]
    assert "受理后由下县移送" in report.unseen
    assert report.papers == ()
    assert [(one.name, one.state) for one in report.facts] == [("收到上报", "done"), ("待受理", "waits")]


def test_once_told_everything_is_visible_and_once_withdrawn_nothing_is(chaozhou: Play) -> None:
    petition = taken_in(chaozhou)
    report = between.of(chaozhou.petition).report
    assert report is not None
    assert report.unseen == ""
    assert [(one.name, one.file) for one in report.papers] == [("批文.pdf", None)]
    with unit_of_work():
        escalations.withdrawn(petition, "已自行解决")
        escalations.erase(petition)
    report = between.of(chaozhou.petition).report
    assert report is not None
    assert "已经清除" in report.unseen
    assert (report.opinions, report.papers) == ((), ())


def test_lists_are_filtered_by_each_fact_of_the_latest_rise(raoping: Play) -> None:
    office = raoping.actor("triage")

    def found() -> set[str]:
        return {way for way, _ in ways.offered(raoping.pack) if listing.listing(office, Wanted(way=way), Turn()).rows}

    raoping.hand_in()
    assert found() == set()
    rise = played.risen(raoping)
    assert found() == {"up", "unreceipted", "untaken"}
    told(escalations.delivered, rise, kernel_clock.now())
    assert found() == {"up", "untaken"}
    told(escalations.taken, rise, "市自然资源局")
    assert found() == {"up", "above"}
    told(escalations.returned, rise, REASON)
    assert found() == {"up"}
    assert [row.way for row in listing.listing(office, Wanted(), Turn()).rows] == ["returned", None]


def test_what_was_given_back_untaken_and_without_receipt_waits_for_nobody_above(raoping: Play) -> None:
    rise = played.risen(raoping)
    told(escalations.returned, rise, REASON)
    office = raoping.actor("triage")
    found = [way for way, _ in ways.offered(raoping.pack) if listing.listing(office, Wanted(way=way), Turn()).rows]
    assert found == ["up"]


def test_the_inbox_marks_what_waits_above_and_counts_as_it_lists(raoping: Play) -> None:
    played.risen(raoping)
    raoping.hand_in()
    office = raoping.actor("triage")
    rows = inbox.owed(office, Filter(way="unreceipted"), Turn()).rows
    assert {row.what for row in rows} == {"送达回执", "市级受理前跟进"}
    assert {row.way for row in rows} == {"unreceipted"}
    assert inbox.tally(office, Filter(way="unreceipted")).total == len(rows)
    assert inbox.owed(office, Filter(way="above"), Turn()).rows == []


def test_what_the_level_above_owes_stands_apart_with_its_holder_for_those_with_a_duty_in_it(raoping: Play) -> None:
    played.taken(raoping)
    assert [(row.who, row.what) for row in awaited.of(raoping.actor("triage"))] == [("市自然资源局", "市级办理")]
    assert [row.number for row in awaited.of(raoping.actor(LEAD))] == [raoping.petition.number]
    assert inbox.others(raoping.actor(LEAD)) == []
    assert awaited.of(raoping.actor("zhujian")) == []


def test_reports_from_below_are_found_as_such(chaozhou: Play) -> None:
    chaozhou.hand_in()
    arrived(chaozhou)
    assert ways.offered(chaozhou.pack) == (("below", "下级上报"),)
    assert [row.id for row in listing.listing(chaozhou.actor("triage"), Wanted(way="below"), Turn()).rows] == [chaozhou.id]
    assert [row.source for row in inbox.owed(chaozhou.actor("triage"), Filter(way="below"), Turn()).rows] == ["bridge"]


def test_the_enterprise_reads_neither_what_was_asked_nor_why_it_was_given_back(raoping: Play) -> None:
    rise = played.risen(raoping)
    told(escalations.asked, rise, ASKED)
    told(escalations.returned, rise, REASON)
    shown = tracking.track(raoping.id, raoping.people["enterprise"])
    words = " ".join(f"{event.title} {event.text}" for event in shown.events)
    assert ASKED not in words
    assert REASON not in words
    assert f"{db.session.scalars(select(Escalation.to_name)).one()}退回" in words


def test_messages_are_asked_for_by_the_cases_own_bridge_ids_only(raoping: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[UUID]] = []
    message = Carried(new_id(), "上报通知", True, "ab" * 32, kernel_clock.now(), None)

    def source(ids: Sequence[UUID]) -> list[Carried]:
        asked.append(list(ids))
        return [message]

    monkeypatch.setattr(carried, "_sources", [source])
    raoping.hand_in()
    assert between.of(raoping.petition).messages == []
    rise, bridge = played.risen(raoping), new_id()
    told(escalations.bind, rise, bridge)
    assert between.of(raoping.petition).messages == [message]
    assert asked == [[bridge]]
