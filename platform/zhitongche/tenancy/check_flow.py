"""The flow's own words: every reference resolves, every verb has what it needs, every stage has its turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.flow.vocabulary import VERBS
from zhitongche.tenancy import words, words_rules
from zhitongche.tenancy.flow_schema import OPEN, STAY

if TYPE_CHECKING:
    from zhitongche.flow.definition import Action, ClockRule, Stage
    from zhitongche.tenancy.draft import Draft


def check(draft: Draft) -> None:
    """Note what is wrong with stages, actions and clocks, each by itself."""
    flow = draft.pack.flow
    if draft.pack.takes_petitions:
        _check_register(draft)
    for stage in flow.stages.values():
        _check_stage(draft, stage)
    for action in flow.actions.values():
        _check_action(draft, action)
    for clock in flow.clocks.values():
        _check_clock(draft, clock)


def _check_register(draft: Draft) -> None:
    registers = [action for action in draft.pack.flow.actions.values() if action.verb == "register"]
    if not registers:
        draft.fault(words_rules.NO_REGISTER, words_rules.ADD_REGISTER, "flow", "actions")
    for extra in registers[1:]:
        draft.fault(words.twice("register"), words.KEEP_ONE, "flow", "actions", extra.code)


def _check_stage(draft: Draft, stage: Stage) -> None:
    if (stage.owes is None) == (stage.outcome is None):
        draft.fault(
            words_rules.TURN_OR_OUTCOME, words_rules.ADD_TURN_OR_OUTCOME, "flow", "stages", stage.code
        )


def _check_action(draft: Draft, action: Action) -> None:
    raw, stages = draft.pack.raw["flow"]["actions"][action.code], draft.pack.flow.stages
    here = ("actions", action.code)
    for stage in raw["from"]:
        if stage not in stages and stage != OPEN:
            draft.unknown(words_rules.stage(stage), stages, "flow", *here, "from")
    for target in raw["to"]:
        if target["stage"] not in stages and target["stage"] != STAY:
            draft.unknown(words_rules.stage(target["stage"]), [*stages, STAY], "flow", *here, "to")
    if any(target["when"] is None for target in raw["to"][:-1]):
        draft.fault(words_rules.TARGETS_BEHIND, words_rules.ORDER_TARGETS, "flow", *here, "to")
    verb = VERBS[action.verb]
    for need in sorted(verb.requires - {need.name for need in action.needs if need.required}):
        draft.fault(words_rules.verb_needs(action.verb, need), words_rules.add_need(need), "flow", *here)
    if verb.starts_case == bool(raw["from"]):
        draft.fault(words_rules.FROM_OR_START, words_rules.MEND_FROM, "flow", *here)
    if verb.starts_case and not any(
        target["when"] is None and target["stage"] != STAY for target in raw["to"]
    ):
        draft.fault(words_rules.NO_FIRST_STAGE, words_rules.ADD_FIRST_STAGE, "flow", *here, "to")


def _check_clock(draft: Draft, clock: ClockRule) -> None:
    flow, here = draft.pack.flow, ("clocks", clock.code)
    references = (
        ("on", clock.on, flow.actions),
        ("met", clock.met, flow.actions),
        ("entering", clock.entering, flow.open_stages),
        ("while", clock.while_in, flow.open_stages),
    )
    for key, codes, known in references:
        for code in sorted(codes - set(known)):
            draft.unknown(words.code(code), known, "flow", *here, key)
    if (clock.weekday is None) != (clock.limit.default is not None or clock.limit.by is not None):
        draft.fault(words_rules.ONE_LIMIT, words_rules.GIVE_ONE_LIMIT, "flow", *here)
    if not clock.on and not clock.entering:
        draft.fault(words_rules.NEVER_STARTS, words_rules.ADD_START, "flow", *here)
    if not clock.met and clock.at_due is None:
        draft.fault(words_rules.NEVER_MET, words_rules.ADD_MET, "flow", *here)
    _check_at_due(draft, clock)


def _check_at_due(draft: Draft, clock: ClockRule) -> None:
    if clock.at_due is None:
        return
    action = draft.pack.flow.actions.get(clock.at_due)
    here = ("clocks", clock.code, "at_due")
    if action is None:
        draft.unknown(words.code(clock.at_due), draft.pack.flow.actions, "flow", *here)
    elif "system" not in action.who:
        draft.fault(words_rules.not_by_system(clock.at_due), words_rules.LET_SYSTEM, "flow", *here)
