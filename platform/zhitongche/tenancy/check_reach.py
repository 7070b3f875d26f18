"""Proof by walking: no course of any case ends where nobody owes anything or no clock runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.flow.vocabulary import VERBS
from zhitongche.tenancy import words_rules
from zhitongche.tenancy.explore import State, TooMany, explore, path

if TYPE_CHECKING:
    from zhitongche.flow.definition import Action, Flow
    from zhitongche.tenancy.draft import Draft


def check(draft: Draft) -> None:
    """Note stages never reached, stages without a way out, turns without a move, waits without a clock."""
    flow = draft.pack.flow
    if not flow.stages:
        return
    try:
        found = explore(flow)
    except TooMany:
        draft.fault(words_rules.TOO_MANY_STATES, words_rules.SIMPLER, "flow", "stages")
        return
    _check_reached(draft, {state.stage for state in found})
    _check_turns(draft, found)
    _check_clocks(draft, found)


def ways_out(flow: Flow) -> set[str]:
    """The stages from which some final stage can be reached, final ones included."""
    good = {code for code, stage in flow.stages.items() if stage.final}
    while True:
        more = {
            source
            for action in flow.actions.values()
            if any(target.stage in good for target in action.targets)
            for source in action.sources & set(flow.stages)
        }
        if more <= good:
            return good
        good |= more


def _check_reached(draft: Draft, reached: set[str]) -> None:
    leaving = ways_out(draft.pack.flow)
    for code, stage in draft.pack.flow.stages.items():
        if code not in reached:
            draft.fault(words_rules.not_reached(stage.name), words_rules.REACH_IT, "flow", "stages", code)
        elif code not in leaving:
            draft.fault(words_rules.no_way_out(stage.name), words_rules.LEAD_OUT, "flow", "stages", code)


def _check_turns(draft: Draft, found: dict[State, tuple[State | None, str]]) -> None:
    flow = draft.pack.flow
    by_system = {
        (state.stage, flow.clocks[clock].at_due)
        for state in found
        for clock in state.clocks
        if flow.clocks[clock].at_due
    }
    for code in flow.open_stages & {state.stage for state in found}:
        stage = flow.stages[code]
        moves = [action for action in flow.actions.values() if code in action.sources and action.targets]
        if not any(_moved_by(action, stage.owes) or (code, action.code) in by_system for action in moves):
            draft.fault(
                words_rules.no_move(stage.name, stage.owes or ""),
                words_rules.GIVE_A_MOVE,
                "flow",
                "stages",
                code,
            )


def _moved_by(action: Action, party: str | None) -> bool:
    """Whether the party moves the case on so; what has gone up, the messages from above move, whoever owes meanwhile."""
    return party in action.who or VERBS[action.verb].by_message == "above"


def _check_clocks(draft: Draft, found: dict[State, tuple[State | None, str]]) -> None:
    flow = draft.pack.flow
    told = set()
    for state in found:
        stage = flow.stages[state.stage]
        if stage.final or state.clocks or state.stage in told:
            continue
        told.add(state.stage)
        course = [flow.actions[code].name for code in path(found, state)]
        draft.fault(
            words_rules.no_clock(stage.name, course), words_rules.GIVE_A_CLOCK, "flow", "stages", state.stage
        )
    for code in flow.open_stages & {state.stage for state in found} - told:
        owing = {flow.clocks[clock].owes for state in found if state.stage == code for clock in state.clocks}
        if flow.stages[code].owes not in owing:
            what = words_rules.clock_of_others(flow.stages[code].name, flow.stages[code].owes or "")
            draft.fault(what, words_rules.GIVE_A_CLOCK, "flow", "stages", code)
