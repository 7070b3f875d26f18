"""What units commit themselves to: what everyone reads rests on an approved opinion and tells nothing of the enterprise."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.zhitongche.meetings.conftest import House
from tests.zhitongche.meetings.test_month import DAY, LEAD, OTHER, decided, up_to_the_eve
from zhitongche import meetings
from zhitongche.casework.case import load as petition_of
from zhitongche.identity import enterprises
from zhitongche.kernel.errors import Invalid, Refused
from zhitongche.meetings.queries import public
from zhitongche.meetings.upkeep import waiting

SAID = {"subject": "厂区门口道路修复", "leader": "副局长", "person": "股长", "due": "2026-06-20", "measures": "五月进场"}


def opinion(county: House, name: str, unit: str) -> None:
    """The opinion on a case names a unit."""
    said = {"text": "六月底前修复。", "unit": county.play.unit(unit), "due": "2026-06-30"}
    county.do(meetings.take_down, county.cases[name], who="office", **said)


def commit(county: House, name: str, unit: str, **said: Any) -> None:
    """A unit publishes."""
    county.act("commit", unit, petition=str(county.cases[name]), **{**SAID, **said})


def written_up(county: House) -> None:
    """Both cases dealt with, each with its unit's opinion, not approved yet."""
    up_to_the_eve(county)
    county.at(DAY, 12)
    county.act("hold", "triage")
    opinion(county, "甲", LEAD)
    opinion(county, "乙", OTHER)
    county.at(date(2026, 4, 23))
    county.act("write_up", "triage")


@pytest.mark.clause("RP-3.3")
def test_nothing_is_public_before_the_leader_has_approved_the_opinion(county: House) -> None:
    written_up(county)
    commit(county, "甲", LEAD)
    assert public.promises() == []
    assert public.counted() == {True: 0, False: 0}
    county.act("review", "office")
    county.act("approve", "leader")
    assert [one.subject for one in public.promises()] == ["厂区门口道路修复"]
    assert public.counted() == {True: 0, False: 1}


@pytest.mark.clause("RP-3.3")
def test_a_case_that_a_unit_was_given_in_the_review_is_committed_to_as_well(county: House) -> None:
    written_up(county)
    commit(county, "甲", LEAD)
    assert county.step("commit", LEAD).met_at
    opinion(county, "乙", LEAD)
    county.act("review", "office")
    county.act("approve", "leader")
    assert county.step("commit", LEAD).met_at is None
    commit(county, "乙", LEAD, subject="另一条道路修复")
    assert county.step("commit", LEAD).met_at


@pytest.mark.clause("RP-3.3")
def test_a_unit_that_the_opinion_no_longer_names_is_not_held_to_what_it_published(county: House) -> None:
    written_up(county)
    commit(county, "甲", LEAD)
    opinion(county, "甲", OTHER)
    county.act("review", "office")
    county.act("approve", "leader")
    assert public.promises() == []


@pytest.mark.clause("RP-3.3")
def test_what_everyone_reads_names_no_contact_and_no_number_however_it_is_typed(county: House) -> None:
    up_to_the_eve(county)
    decided(county)
    petition = petition_of(county.cases["甲"])
    enterprise = enterprises.by_id(petition.enterprise_id)
    wide = petition.contact_mobile.translate({ord(str(n)): ord("０") + n for n in range(10)})
    spaced = f"{petition.contact_mobile[:3]}-{petition.contact_mobile[3:7]}-{petition.contact_mobile[7:]}"
    for field, text in (
        ("measures", f"联系{petition.contact_name}"), ("measures", f"致电{wide}"), ("measures", f"致电{spaced}"),
        ("person", enterprise.name), ("leader", petition.contact_mobile),
    ):  # fmt: skip
        with pytest.raises(Invalid) as told:
            commit(county, "甲", LEAD, **{field: text})
        assert set(told.value.errors) == {field}


@pytest.mark.clause("RP-2.9")
def test_an_archived_meeting_has_no_clock_that_runs_and_no_step_that_can_be_taken(county: House) -> None:
    written_up(county)
    county.act("review", "office")
    county.act("approve", "leader")
    county.act("answer_rest", "triage")
    for name in ("甲", "乙"):
        county.case(name)
        county.play.act("withdraw", "enterprise", reason="已自行解决")
    county.act("archive", "triage")
    county.at(date(2026, 7, 30))
    assert county.meeting.state == "archived"
    assert not county.step("commit", LEAD).near_told_at
    assert {one for part in (waiting().near, waiting().past, waiting().automatic) for one in part}.isdisjoint(
        {county.step("commit", LEAD).id, county.step("commit", OTHER).id}
    )
    with pytest.raises(Refused, match="归档"):
        commit(county, "甲", LEAD)
