"""No course of any case may end where nobody owes anything or no clock runs."""

import pytest

from tests.zhitongche.tenancy.conftest import Folder
from zhitongche.tenancy.explore import explore, path
from zhitongche.tenancy.packs import Registry

FLOW = "raoping/flow.yaml"


def _says(folder: Folder, text: str) -> bool:
    return any(text in str(finding) for finding in folder.findings())


def test_a_stage_that_no_action_leads_to_is_found(folder: Folder) -> None:
    folder.change(
        FLOW,
        "  refused:         {",
        "  limbo:           {name: 悬置, public: 悬置, phase: handling, owes: lead}\n  refused:         {",
    )
    assert _says(folder, "环节“悬置”永远走不到")


def test_a_stage_without_a_way_to_the_end_is_found(folder: Folder) -> None:
    folder.change(
        FLOW, "    from: [reconsidering]\n    to: closed", "    from: [reconsidering]\n    to: stay"
    )
    folder.change(FLOW, "    from: open\n    to: withdrawn\n    who: enterprise", "    from: [screening]\n    to: withdrawn\n    who: enterprise")
    folder.change(FLOW, "    from: open\n    to: withdrawn\n    who: system", "    from: [reported]\n    to: withdrawn\n    who: system")
    assert _says(folder, "从环节“最后处理中”无法走到办结")


def test_a_party_whose_turn_it_is_without_a_move_is_found(folder: Folder) -> None:
    folder.change(
        FLOW,
        "when: from_below}, answered]\n    who: triage",
        "when: from_below}, answered]\n    who: leader",
    )
    folder.change(
        FLOW,
        "executing]\n    who: triage\n    needs: [{reason: 退回理由}]",
        "executing]\n    who: leader\n    needs: [{reason: 退回理由}]",
    )
    assert _says(folder, "环节“待统一回复”轮到受理部门办理，但其没有可用的动作")


def test_a_course_that_leaves_no_clock_running_is_told_step_by_step(folder: Folder) -> None:
    folder.change(
        FLOW,
        "on: [review_county, send_back], while: [handling, executing]",
        "on: [send_back], while: [handling, executing]",
    )
    told = [str(finding) for finding in folder.findings()]
    course = next(one for one in told if "没有任何时限在运行" in one)
    assert "无法解决，申请列入县级 → 审核是否列入县级”到达环节“办理中”" in course


def test_a_clock_that_only_lapses_on_leaving_still_counts_as_running(registry: Registry) -> None:
    flow = registry["shantou"].flow
    waiting = {state for state in explore(flow) if state.stage == "plan_review"}
    assert waiting
    assert all("accept_plan" in state.clocks and state.difficult for state in waiting)


@pytest.mark.parametrize("code", ["raoping", "shantou", "chaozhou"])
def test_every_reachable_open_state_of_the_real_flows_has_a_clock(registry: Registry, code: str) -> None:
    flow = registry[code].flow
    found = explore(flow)
    assert {state.stage for state in found} == set(flow.stages)
    for state in found:
        assert flow.stages[state.stage].final or state.clocks, path(found, state)


def test_a_difficult_case_never_starts_an_ordinary_clock(registry: Registry) -> None:
    for state in explore(registry["shantou"].flow):
        if state.stage == "handling":
            assert not ({"finish", "draft"} <= state.clocks)


def test_a_clock_lapses_when_the_case_leaves_the_stages_it_runs_in(registry: Registry) -> None:
    weekly = {state.stage for state in explore(registry["shantou"].flow) if "progress" in state.clocks}
    assert weekly == {"handling", "plan_review", "by_plan", "heard", "by_opinion"}
