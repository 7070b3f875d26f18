"""The one decision: may this actor do this now, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhitongche.flow import words
from zhitongche.flow.guards import GUARDS, holds
from zhitongche.flow.parties import is_party
from zhitongche.kernel.errors import Forbidden, NotFound, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhitongche.flow.definition import Action, ClockRule, Flow
    from zhitongche.flow.facts import Actor, Facts


@dataclass(frozen=True, slots=True)
class Decision:
    """What follows from an allowed action: the stage, and the clocks that are met, lapse and start."""

    action: Action
    from_stage: str | None
    to_stage: str
    meets: frozenset[str]
    lapses: frozenset[str]
    starts: tuple[ClockRule, ...]
    papers: tuple[str, ...] = ()


def decide(
    flow: Flow, facts: Facts, code: str, actor: Actor, form: Mapping[str, Any], through: str | None = None
) -> Decision:
    """Decide an action on a case.

    Raises Forbidden where the actor is not the party, Refused (with the clause) where stage or guard forbids.
    """
    action = permit(flow, facts, code, actor, through)
    for name in action.guards:
        if not holds(name, facts, actor, form):
            raise Refused(GUARDS[name][1], action.clause)
    to_stage = _target(action, facts, actor, form)
    return Decision(
        action=action,
        from_stage=facts.stage,
        to_stage=to_stage,
        meets=frozenset(c.code for c in facts.open_clocks if code in flow.clocks[c.code].met),
        lapses=_lapsing(flow, facts, to_stage),
        starts=tuple(r for r in flow.clocks.values() if _begins(r, code, facts, to_stage, actor, form)),
        papers=tuple(paper.kind for paper in action.papers if holds(paper.when, facts, actor, form)),
    )


def permit(flow: Flow, facts: Facts, code: str, actor: Actor, through: str | None = None) -> Action:
    """The action, where it is this actor's part and turn, before anything was filled in. Raises like `decide`, NotFound."""
    action = flow.actions.get(code)
    if action is None:
        raise NotFound(words.UNKNOWN_ACTION)
    _check_party(action, facts, actor)
    _check_stage(flow, action, facts)
    if action.through != through:
        raise Refused(words.elsewhere(action.name, action.through), action.clause)
    return action


def available(flow: Flow, facts: Facts, actor: Actor) -> list[Action]:
    """The actions open to the actor now, in the order of the flow; guards that read the form are not asked."""
    found = []
    for action in flow.actions.values():
        if not _here(action, facts) or not any(is_party(actor, p, facts) for p in action.who):
            continue
        if all(holds(name, facts, actor, {}) for name in action.guards):
            found.append(action)
    return found


def blocked(flow: Flow, facts: Facts, actor: Actor) -> list[tuple[Action, str]]:
    """The actions of this stage and party that a guard forbids now, each with the reason, for greyed buttons."""
    found = []
    for action in flow.actions.values():
        if _here(action, facts) and any(is_party(actor, p, facts) for p in action.who):
            failing = [GUARDS[name][1] for name in action.guards if not holds(name, facts, actor, {})]
            if failing:
                found.append((action, failing[0]))
    return found


def _here(action: Action, facts: Facts) -> bool:
    return facts.stage in action.sources and action.through is None


def _check_party(action: Action, facts: Facts, actor: Actor) -> None:
    if not any(is_party(actor, party, facts) for party in action.who):
        raise Forbidden(words.not_your_part(action.name, action.who), action.clause)


def _check_stage(flow: Flow, action: Action, facts: Facts) -> None:
    if facts.stage is None and not action.sources:
        return
    if facts.stage not in action.sources:
        now_in = flow.stages[facts.stage].name if facts.stage else words.NOT_YET
        raise Refused(words.wrong_stage(action.name, now_in), action.clause)


def _target(action: Action, facts: Facts, actor: Actor, form: Mapping[str, Any]) -> str:
    for target in action.targets:
        if holds(target.when, facts, actor, form):
            return target.stage
    if facts.stage is None:
        raise Refused(words.UNKNOWN_ACTION, action.clause)
    return facts.stage


def _lapsing(flow: Flow, facts: Facts, to_stage: str) -> frozenset[str]:
    def lapses(rule: ClockRule) -> bool:
        return flow.stages[to_stage].final or bool(rule.while_in and to_stage not in rule.while_in)

    return frozenset(c.code for c in facts.open_clocks if lapses(flow.clocks[c.code]))


def _begins(
    rule: ClockRule, code: str, facts: Facts, to_stage: str, actor: Actor, form: Mapping[str, Any]
) -> bool:
    arrives = to_stage in rule.entering and to_stage != facts.stage
    if not (arrives or code in rule.on):
        return False
    if rule.while_in and to_stage not in rule.while_in:
        return False
    return holds(rule.when, facts, actor, form)
