"""The one decision, on the two real flows and any facts."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.zhitongche.casework.conftest import TENANTS
from zhitongche.flow.decide import available, blocked, decide, permit
from zhitongche.flow.definition import Flow
from zhitongche.flow.facts import SYSTEM, Actor, Facts, OpenClock
from zhitongche.flow.guards import GUARDS
from zhitongche.flow.vocabulary import ROLES
from zhitongche.kernel.errors import Forbidden, NotFound, Refused
from zhitongche.tenancy import packs

FLOWS = {code: pack.flow for code, pack in packs.load([TENANTS]).items() if pack.takes_petitions}
UNITS = tuple(UUID(int=n) for n in range(1, 4))
ENTERPRISE = UUID(int=9)

actors = st.one_of(
    st.just(SYSTEM),
    st.builds(Actor, kind=st.just("enterprise"), name=st.just("企业"), enterprise_id=st.sampled_from((ENTERPRISE, UUID(int=8)))),
    st.builds(
        Actor, kind=st.just("official"), name=st.just("某"), unit_id=st.sampled_from(UNITS),
        roles=st.frozensets(st.sampled_from(sorted(ROLES)), max_size=3),
    ),
)  # fmt: skip
verdicts = st.sampled_from(({}, {"verdict": "agree"}, {"verdict": "disagree"}, {"satisfaction": "unsatisfied"}, {"leader_needed": True}))


@st.composite
def situations(draw) -> tuple[Flow, Facts]:
    """A flow, and facts that may or may not be reachable: the decision must hold its word on all of them."""
    flow = FLOWS[draw(st.sampled_from(sorted(FLOWS)))]
    clocks = draw(st.lists(st.sampled_from(sorted(flow.clocks)), unique=True, max_size=4))
    facts = Facts(
        stage=draw(st.sampled_from(sorted(flow.stages))), category=draw(st.sampled_from(("complaint", "difficulty"))),
        level=draw(st.sampled_from(("unit", "county"))), senders=frozenset({ENTERPRISE}), lead=draw(st.sampled_from((None, *UNITS))),
        proposed=draw(st.sampled_from((None, *UNITS))), co=draw(st.frozensets(st.sampled_from(UNITS))), contacted=draw(st.booleans()),
        objected=draw(st.frozensets(st.sampled_from(UNITS))), matched=draw(st.booleans()), rated=draw(st.booleans()),
        key=draw(st.sampled_from((None, "proposed", "approved"))), open_clocks=tuple(OpenClock(c) for c in clocks),
    )  # fmt: skip
    return flow, facts


@given(situations(), actors, verdicts)
def test_what_is_offered_can_be_decided_and_what_is_not_offered_cannot(told, actor, form) -> None:
    flow, facts = told
    flow = replace(flow, actions={code: replace(action, through=None) for code, action in flow.actions.items()})
    offered = {a.code for a in available(flow, facts, actor)}
    for code in flow.actions:
        try:
            permit(flow, facts, code, actor)
        except (Forbidden, Refused):
            assert code not in offered
        else:
            assert code in offered | {a.code for a, _ in blocked(flow, facts, actor)}


@given(situations(), actors, verdicts)
def test_a_decision_never_leaves_the_flow_and_never_runs_a_clock_in_a_final_stage(told, actor, form) -> None:
    flow, facts = told
    for action in available(flow, facts, actor):
        try:
            decision = decide(flow, facts, action.code, actor, form)
        except Refused:
            continue
        assert decision.to_stage in flow.stages
        running = {c.code for c in facts.open_clocks}
        assert decision.meets | decision.lapses <= running
        if flow.stages[decision.to_stage].final and decision.from_stage != decision.to_stage:
            assert decision.lapses == running
            assert decision.starts == ()


@given(situations(), actors)
def test_every_refusal_names_a_clause_and_speaks_chinese(told, actor) -> None:
    flow, facts = told
    for code in flow.actions:
        refused = _refusal(flow, facts, code, actor)
        if refused is not None:
            assert refused.clause == flow.actions[code].clause
            assert any("\u4e00" <= c <= "\u9fff" for c in refused.message)


def _refusal(flow: Flow, facts: Facts, code: str, actor: Actor) -> Forbidden | Refused | None:
    try:
        decide(flow, facts, code, actor, {})
    except (Forbidden, Refused) as refused:
        return refused
    return None


@pytest.mark.clause("ST-5.1")
@given(situations(), verdicts)
def test_somebody_without_a_role_or_a_part_may_do_nothing(told, form) -> None:
    flow, facts = told
    nobody = Actor(kind="official", name="某", unit_id=UUID(int=77), roles=frozenset({"handler", "admin", "operator"}))
    assert available(flow, facts, nobody) == []


def test_an_unknown_action_is_not_found() -> None:
    with pytest.raises(NotFound):
        decide(next(iter(FLOWS.values())), Facts(), "no_such_action", SYSTEM, {})


@pytest.mark.parametrize("guard", sorted(GUARDS))
def test_every_guard_can_hold_and_can_fail(guard: str) -> None:
    condition, why = GUARDS[guard]
    actor = Actor(kind="official", name="某", unit_id=UNITS[0])
    cases = [
        (Facts(), {}), (Facts(matched=False, contacted=True, rated=True, reconsidered=True, planned=True), {"verdict": "agree"}),
        (Facts(category="difficulty", level="county", key="proposed", leader_needed=True, keeps_off=True), {"satisfaction": "unsatisfied"}),
        (Facts(from_below=True, objected=frozenset(UNITS), co_owing=frozenset(UNITS), open_milestones=frozenset(UNITS)), {}),
    ]  # fmt: skip
    assert {condition(facts, actor, form) for facts, form in cases} == {True, False}
    assert why


def test_facts_are_frozen_so_that_a_decision_cannot_change_them() -> None:
    facts = Facts(stage="screening")
    assert replace(facts, stage="assigned").stage != facts.stage
    with pytest.raises(AttributeError):
        facts.stage = "assigned"  # type: ignore[misc]


def test_what_is_decided_in_a_meeting_is_neither_offered_nor_possible_on_the_case_itself() -> None:
    flow, leader = FLOWS["raoping"], Actor(kind="official", name="某", roles=frozenset({"leader"}))
    facts = Facts(stage="heard", lead=UNITS[0])
    assert "hand_out" not in {action.code for action in available(flow, facts, leader)}
    with pytest.raises(Refused, match="在会议中办理") as refused:
        permit(flow, facts, "hand_out", leader)
    assert refused.value.clause == "RP-2.8.a"
    assert permit(flow, facts, "hand_out", leader, "meeting").code == "hand_out"
    with pytest.raises(Refused, match="应在诉求件上办理"):
        permit(flow, Facts(stage="replied"), "answer", Actor(kind="official", name="某", roles=frozenset({"triage"})), "meeting")
