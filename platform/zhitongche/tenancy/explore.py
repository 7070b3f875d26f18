"""Walk every course that a case can take: which stages it meets, and which clocks run there.

Conditions are taken as able to go either way (a course too many is looked at rather than one too few), except that
a case is either difficult or ordinary until an action that asks for its category changes that.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zhitongche.flow.vocabulary import VERBS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhitongche.flow.definition import Action, ClockRule, Flow

LIMIT: Final = 50_000
"""More states than this are too many for people to understand, too."""

_OF_DIFFICULTY: Final = {"difficult": True, "ordinary": False}


@dataclass(frozen=True, slots=True)
class State:
    """A stage, the clocks running in it, and whether the case is a difficult one."""

    stage: str
    clocks: frozenset[str]
    difficult: bool


class TooMany(Exception):
    """The flow has more than `LIMIT` states."""


def explore(flow: Flow) -> dict[State, tuple[State | None, str]]:
    """Every state that can be reached, with the state and the action that first led there. Raises TooMany."""
    found: dict[State, tuple[State | None, str]] = {}
    waiting: deque[State] = deque()

    def meet(state: State, before: State | None, action: str) -> None:
        if state not in found:
            found[state] = (before, action)
            waiting.append(state)
            if len(found) > LIMIT:
                raise TooMany

    def step(state: State | None) -> None:
        for action in flow.actions.values():
            if state.stage in action.sources if state else VERBS[action.verb].starts_case:
                for after in _after(flow, state, action):
                    meet(after, state, action.code)

    step(None)
    while waiting:
        step(waiting.popleft())
    return found


def path(found: dict[State, tuple[State | None, str]], state: State) -> list[str]:
    """The actions that lead to the state."""
    steps: list[str] = []
    here: State | None = state
    while here is not None:
        here, action = found[here]
        steps.append(action)
    return steps[::-1]


def _after(flow: Flow, state: State | None, action: Action) -> Iterator[State]:
    settled = state is not None and all(need.name != "category" for need in action.needs)
    for difficult in [state.difficult] if state and settled else [True, False]:
        if any(_OF_DIFFICULTY.get(guard, difficult) != difficult for guard in action.guards):
            continue
        for stage in _stages(action, state):
            if stage in flow.stages:
                for clocks in _clocks(flow, state, action, stage, difficult):
                    yield State(stage, clocks, difficult)


def _stages(action: Action, state: State | None) -> Iterator[str]:
    for target in action.targets:
        yield target.stage
        if target.when is None:
            return
    if state is not None:
        yield state.stage


def _clocks(
    flow: Flow, state: State | None, action: Action, stage: str, difficult: bool
) -> Iterator[frozenset[str]]:
    if flow.stages[stage].final:
        yield frozenset()
        return
    running = {code for code in (state.clocks if state else ()) if action.code not in flow.clocks[code].met}
    running = {
        code for code in running if not flow.clocks[code].while_in or stage in flow.clocks[code].while_in
    }
    arrives = state is None or stage != state.stage
    sure, perhaps = set(running), set[str]()
    for rule in flow.clocks.values():
        if (
            _begins(rule, action, stage, arrives)
            and _OF_DIFFICULTY.get(rule.when or "", difficult) == difficult
        ):
            (sure if rule.when is None or rule.when in _OF_DIFFICULTY else perhaps).add(rule.code)
    yield frozenset(sure)
    if perhaps:
        yield frozenset(sure | perhaps)


def _begins(rule: ClockRule, action: Action, stage: str, arrives: bool) -> bool:
    starts = action.code in rule.on or (arrives and stage in rule.entering)
    return starts and (not rule.while_in or stage in rule.while_in)
