"""A meeting's papers keep step with the meeting: signed where it is decided, read by those whom they concern."""

from __future__ import annotations

from datetime import date

import pytest

from tests.zhitongche.meetings.conftest import House
from tests.zhitongche.meetings.test_month import (
    DAY,
    LEAD,
    OTHER,
    april,
    decided,
    given_up,
    titles,
    up_to_the_eve,
)
from zhitongche import documents, meetings
from zhitongche.documents import permissions, queries, record
from zhitongche.documents.about import About
from zhitongche.documents.queries import PaperLine
from zhitongche.kernel.errors import NotFound, Refused
from zhitongche.persistence import unit_of_work

ELSEWHERE = "wenlv"


def paper(county: House, kind: str) -> PaperLine:
    """The meeting's paper of a kind."""
    (line,) = [one for one in documents.papers_about(About.meeting(county.id)) if one.kind == kind]
    return line


def reads(county: House, who: str, kind: str) -> bool:
    """Whether somebody may open the paper."""
    row, template = record.found(paper(county, kind).id)
    try:
        permissions.require_read(county.play.actor(who), row, template)
    except NotFound:
        return False
    return True


def drafted(county: House) -> PaperLine:
    """A list with its paper, on the day on which it is drafted."""
    county.at(date(2026, 4, 1))
    april(county)
    given_up(county, "甲")
    county.at(date(2026, 4, 9))
    county.act("draft", "triage")
    return paper(county, "catalogue")


@pytest.mark.clause("RP-2.5")
def test_a_list_is_not_issued_before_the_leader_has_fixed_it(county: House) -> None:
    catalogue = drafted(county)
    with unit_of_work():
        documents.submit(catalogue.id, county.play.actor("triage"))
    with unit_of_work():
        documents.review(catalogue.id, county.play.actor("office"))
    with pytest.raises(Refused, match="会议"), unit_of_work():
        documents.approve(catalogue.id, county.play.actor("leader"))
    assert titles(county)["catalogue"] == "approving"


@pytest.mark.clause("RP-2.4.b")
def test_whoever_signed_the_paper_beforehand_does_not_hold_up_the_meeting(county: House) -> None:
    catalogue = drafted(county)
    with unit_of_work():
        documents.submit(catalogue.id, county.play.actor("triage"))
    with unit_of_work():
        documents.review(catalogue.id, county.play.actor("office"))
    county.at(date(2026, 4, 13))
    county.act("settle_leader", "office")
    county.act("submit", "triage")
    county.act("coordinate", "office")
    county.act("fix", "leader")
    assert titles(county)["catalogue"] == "issued"


@pytest.mark.clause("RP-2.5")
def test_a_list_that_the_leader_returned_is_fixed_once_it_has_come_back_to_him(county: House) -> None:
    catalogue = drafted(county)
    county.at(date(2026, 4, 13))
    county.act("settle_leader", "office")
    county.act("submit", "triage")
    county.act("coordinate", "office")
    with unit_of_work():
        documents.return_(catalogue.id, county.play.actor("leader"), "请补充第二件的情况")
    with pytest.raises(Refused, match="请先在公文页办理"):
        county.act("fix", "leader")
    with unit_of_work():
        documents.submit(catalogue.id, county.play.actor("triage"))
    with unit_of_work():
        documents.review(catalogue.id, county.play.actor("office"))
    county.act("fix", "leader")
    assert titles(county)["catalogue"] == "issued"


@pytest.mark.clause("ST-5.1")
def test_the_opinions_are_read_by_the_units_that_they_go_to_and_by_no_other(county: House) -> None:
    up_to_the_eve(county)
    decided(county)
    assert [reads(county, who, "opinions") for who in ("triage", "leader", LEAD, OTHER)] == [True] * 4
    assert not reads(county, ELSEWHERE, "opinions")
    assert not reads(county, ELSEWHERE, "attendance_notice")
    assert reads(county, OTHER, "attendance_notice")
    shown = [one.kind for one in queries.recent(county.play.actor(ELSEWHERE))]
    assert "opinions" not in shown
    assert "opinions" in [one.kind for one in queries.recent(county.play.actor(OTHER))]


@pytest.mark.clause("ST-5.1")
def test_a_unit_reads_no_opinions_that_are_not_issued_yet(county: House) -> None:
    up_to_the_eve(county)
    county.at(DAY, 12)
    county.act("hold", "triage", not_taken=[str(county.cases["乙"])])
    said = {"text": "六月底前修复。", "unit": county.play.unit(ELSEWHERE), "due": "2026-06-30"}
    county.do(meetings.take_down, county.cases["甲"], who="triage", **said)
    county.act("write_up", "triage")
    assert not reads(county, ELSEWHERE, "opinions")
    county.act("review", "office")
    county.act("approve", "leader")
    assert reads(county, ELSEWHERE, "opinions")
