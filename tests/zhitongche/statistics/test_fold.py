"""What each kind of fact is counted on; pure, from entries as the door writes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from zhitongche.journal import Entry
from zhitongche.kernel import clock
from zhitongche.statistics import definitions
from zhitongche.statistics.counting import whole
from zhitongche.statistics.fold import Fact

BY = definitions.installed()
A, B = str(UUID(int=1)), str(UUID(int=2))
MONDAY = datetime(2026, 3, 2, 10, tzinfo=clock.CHINA)


@dataclass
class Story:
    """A petition's journal, written entry by entry; each a day after the one before."""

    entries: list[Entry] = field(default_factory=list)
    stage: str | None = None

    def act(self, verb: str, to: str = "", *, unit: str | None = None, form: dict[str, Any] | None = None, **state: Any) -> Story:
        """An act of the flow: what its entry tells of the state."""
        told = {"verb": verb, "phase": "handling", "owes": "triage", "worked": 540 * len(self.entries), **state}
        body = {"form": form or {}, "state": told, "intake": {"source": "hotline"}}
        return self.entry(verb, body, to or self.stage or "screening", unit)

    def entry(self, action: str, body: dict[str, Any], to: str | None = None, unit: str | None = None) -> Story:
        """Any entry."""
        seq = len(self.entries) + 1
        was, self.stage = self.stage, to or self.stage
        self.entries.append(Entry(
            tenant_id="t", petition_id=UUID(int=9), seq=seq, id=UUID(int=seq), at=MONDAY + timedelta(days=seq - 1), action=action,
            actor_kind="official", actor_id=None, unit_id=UUID(unit) if unit else None, on_behalf_of=None, clause=None,
            from_stage=was, to_stage=self.stage, actor_name="某", body=body, hash=b"",
        ))  # fmt: skip
        return self

    def facts(self, kind: str) -> list[Fact]:
        """The facts of a kind that the journal gives."""
        return [fact for fact in whole(BY, self.entries)[1].values() if fact.kind == kind]

    def days(self, kind: str) -> list[tuple[int, str]]:
        """Day of March and unit of each."""
        return [(fact.day.day, str(fact.unit or "")) for fact in self.facts(kind)]

    def stands(self, kind: str) -> dict[str, int]:
        """A stock by unit, as it stands after the last entry."""
        found: dict[str, int] = {}
        for fact in self.facts(kind):
            found[str(fact.unit or "")] = found.get(str(fact.unit or ""), 0) + fact.n
        return {unit: n for unit, n in found.items() if n}


def _clock(became: str, **told: Any) -> dict[str, Any]:
    return {"id": "c1", "is": became, **told}


def _started(by: str = "receive", owes: str = "lead", unit: str = A, due: str = "2026-03-03T01:30:00+00:00", name: str = "c1") -> dict[str, Any]:
    return {"id": name, "is": "started", "code": by, "owes": owes, "unit": unit, "due": due, "by": [by]}


@pytest.mark.clause("ST-2.c")
def test_a_duplicate_is_no_new_petition_and_is_dated_by_its_receipt() -> None:
    story = Story().act("register").act("join", "joined", outcome="joined", phase="closed")
    assert story.facts("received") == []
    assert story.days("duplicate") == [(2, "")]
    assert story.stands("on_hand") == {}


def test_what_was_accepted_and_then_refused_counts_as_refused_only() -> None:
    story = Story().act("register").act("propose", form={"accept_ground": "b"}, proposed=A)
    assert [fact.key for fact in story.facts("accepted")] == ["b"]
    story.act("decline", unit=A).act("refuse", "refused", form={"refusal_ground": "c"}, outcome="refused", phase="closed")
    assert story.facts("accepted") == []
    assert [fact.key for fact in story.facts("refused")] == ["c"]


@pytest.mark.clause("RP-2.3.c")
def test_the_first_assignment_was_wrong_once_an_objection_is_agreed_to_or_the_unit_declines() -> None:
    story = Story().act("register").act("assign", lead=A, turn=A, owes="lead")
    assert story.days("assigned_right") == [(3, "")]
    story.act("object", unit=A, lead=A)
    story.act("settle", form={"verdict": "disagree"}, lead=A)
    assert story.days("assigned_right") == [(3, "")]
    story.act("settle", form={"verdict": "agree"}, lead=B)
    assert story.facts("assigned_right") == []
    assert story.days("assigned") == [(3, "")]
    assert story.days("handed") == [(3, A), (6, B)]
    assert story.days("objected") == [(3, A)], "on the day the unit was given it, so that the rate is of one set"
    declined = Story().act("register").act("propose", proposed=A).act("decline", unit=A).act("propose", proposed=B)
    assert declined.facts("assigned_right") == []


@pytest.mark.clause("RP-2.3.b")
def test_a_limit_met_in_time_is_kept_on_that_day_and_one_missed_counts_on_the_day_it_was_due() -> None:
    kept = Story().act("register").act("assign", lead=A, clocks=[_started()]).act("receive", unit=A, lead=A, clocks=[_clock("met", late=False)])
    assert kept.days("kept") == kept.days("response_kept") == [(4, A)]
    late = Story().act("register").act("assign", lead=A, clocks=[_started()])
    late.entry("export", {}).entry("overdue", {"state": {"clocks": [_clock("missed", late=True)]}})
    assert late.days("missed") == late.days("response_missed") == [(3, A)]
    late.act("receive", unit=A, lead=A, clocks=[_clock("met", late=True)])
    assert late.days("missed") == [(3, A)], "met afterwards it stays missed, once"
    assert late.facts("kept") == []


def test_a_limit_that_ends_otherwise_in_time_counts_neither_way_and_an_enterprises_own_never() -> None:
    lapsed = Story().act("register").act("assign", lead=A, clocks=[_started()]).act("withdraw", "w", outcome="withdrawn", clocks=[_clock("lapsed", late=False)])
    assert lapsed.facts("kept") == lapsed.facts("missed") == []
    theirs = Story().act("register", clocks=[_started("rate", "enterprise", "")]).entry("overdue", {"state": {"clocks": [_clock("missed", late=True)]}})
    assert theirs.facts("missed") == theirs.facts("overdue") == []


@pytest.mark.clause("ST-1.1.3")
def test_a_petition_is_late_once_at_whoever_has_owed_for_longest_until_that_is_done() -> None:
    story = Story().act("register").act("assign", lead=A, clocks=[_started(), _started("reply", unit=B, due="2026-03-04T01:30:00+00:00", name="c2")])
    story.entry("overdue", {"state": {"clocks": [{"id": "c2", "is": "missed", "late": True}]}})
    assert story.stands("overdue") == {B: 1}
    story.entry("overdue", {"state": {"clocks": [_clock("missed", late=True)]}})
    assert story.stands("overdue") == {A: 1}
    story.act("receive", lead=A, clocks=[_clock("met", late=True)])
    assert story.stands("overdue") == {B: 1}
    story.act("withdraw", "w", lead=A, outcome="withdrawn", phase="closed", clocks=[{"id": "c2", "is": "lapsed", "late": True}])
    assert story.stands("overdue") == story.stands("on_hand") == {}


def test_what_is_on_hand_goes_with_the_unit_that_has_it() -> None:
    story = Story().act("register")
    assert story.stands("on_hand") == {"": 1}
    story.act("propose", proposed=A)
    assert story.stands("on_hand") == {A: 1}
    story.act("fix", proposed=A, lead=B)
    assert story.stands("on_hand") == {B: 1}
    assert sum(fact.n for fact in story.facts("on_hand")) == 1


@pytest.mark.clause("RP-2.10.b")
def test_a_default_rating_is_never_counted_as_given() -> None:
    story = Story().act("register").act("default_rating", "closed", lead=A, outcome="resolved", phase="closed")
    assert story.days("rated_by_default") == [(3, A)]
    assert story.facts("rated") == story.facts("satisfied") == story.facts("took_part") == []
    assert story.days("asked_to_rate") == [(3, A)]


@pytest.mark.clause("ST-3.6.a")
def test_of_several_ratings_the_last_counts() -> None:
    story = Story().act("register").act("reply", "replied", lead=A, phase="answered", clocks=[_started("call_back", "triage", "")])
    story.act("rate", lead=A, form={"satisfaction": "satisfied"})
    story.act("call_back", "unsettled", lead=A, form={"satisfaction": "unsatisfied"}, clocks=[_clock("met", late=False)])
    assert story.days("rated") == [(5, A)]
    assert story.facts("satisfied") == []
    assert story.days("called_back") == story.days("call_back_owed") == [(3, A)]
    story.act("finalise", "closed", lead=A, outcome="resolved", phase="closed")
    assert story.days("took_part") == [(6, A)]


@pytest.mark.clause("RP-2.10.c")
def test_handled_again_counts_once_on_the_day_of_the_first_answer() -> None:
    story = Story().act("register").act("reply", "replied", lead=A, form={"resolution": "unresolved"})
    story.act("send_back", "handling", lead=A).act("reply", "replied", lead=A, form={"resolution": "resolved"}).act("send_back", "handling", lead=B)
    assert story.days("rehandled") == story.days("replied") == [(3, A)]
    story.act("reply", lead=B).act("answer", "closed", lead=B, outcome="resolved", phase="closed")
    assert [(fact.key, str(fact.unit)) for fact in story.facts("concluded")] == [("resolved", B)]
    assert story.days("solved") == [(8, B)]


@pytest.mark.clause("RP-2.3.f")
def test_a_rise_counts_once_and_what_the_level_above_does_goes_by_its_day() -> None:
    story = Story().act("register").act("assign", lead=A).act("send_up", form={"verdict": "disagree"})
    assert story.facts("risen") == []
    story.act("send_up", form={"verdict": "agree"}).act("taken_above").act("returned_above").act("send_up", form={"verdict": "agree"}).act("decided_above")
    assert story.days("risen") == story.days("taken_above") == story.days("returned_above") == story.days("decided_above") == [(5, "")]
    assert story.days("risen_of_accepted") == story.days("accepted") == [(3, "")]


@pytest.mark.clause("ST-5.3")
def test_spans_are_working_minutes_of_the_stage_and_of_the_whole_way_to_the_answer() -> None:
    story = Story().act("register", "screening").act("assign", "handling", lead=A, turn=A, owes="lead")
    story.act("contact", lead=A, turn=A, owes="lead").act("reply", "answered", lead=A, owes="enterprise", phase="answered").act("rate", "closed", lead=A, phase="closed", outcome="resolved")
    assert [(fact.key, fact.minutes, str(fact.unit or "")) for fact in story.facts("step")] == [("screening", 540, ""), ("handling", 1080, A)]
    assert [(fact.minutes, fact.day.day) for fact in story.facts("handled")] == [(1620, 5)]


def test_what_was_left_out_stays_left_out_whatever_comes_after() -> None:
    story = Story().act("register").act("assign", lead=A, clocks=[_started()]).entry("overdue", {"state": {"clocks": [_clock("missed", late=True)]}})
    story.entry("leave_out", {"unit": A, "figure": "on_time_rate"})
    assert [fact.left_out for fact in story.facts("missed")] == [True]
    assert [fact.left_out for fact in story.facts("response_missed")] == [False], "another figure's fact"
    story.act("contact", lead=A, clocks=[_started("contact", name="c2")]).act("contact", lead=A, clocks=[{"id": "c2", "is": "met", "late": False}])
    assert [fact.left_out for fact in story.facts("kept")] == [True]


@pytest.mark.clause("RP-3.3")
def test_a_commitment_is_kept_or_broken_once() -> None:
    told = {"unit": A, "due": "2026-03-20"}
    kept = Story().act("register").entry("commitment_fulfilled", {"state": {"commitment": {**told, "is": "kept"}}})
    assert kept.days("commitment_due") == kept.days("commitment_kept") == [(3, A)]
    broken = Story().act("register").entry("commitment_missed", {"state": {"commitment": {**told, "is": "missed"}}})
    broken.entry("commitment_fulfilled", {"state": {"commitment": {**told, "is": "late"}}})
    assert broken.days("commitment_due") == [(20, A)]
    assert broken.facts("commitment_kept") == []


def test_what_came_from_below_is_counted_apart() -> None:
    story = Story().act("report_in").act("take").act("return_report", "returned", outcome="returned", phase="closed")
    assert story.facts("received") == story.facts("accepted") == story.facts("finished") == []
    assert story.days("received_below") == [(2, "")]
    assert story.days("returned_below") == [(4, "")]
