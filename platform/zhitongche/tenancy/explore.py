"""Walk every course that a case can take: which stages it meets, and which clocks run there.

Conditions are taken as able to go either way (a course too many is looked at rather than one too few), except that
a case is either difficult or ordinary until an action that asks for its category changes that.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import cache
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


@dataclass(frozen=True, slots=True)
class Move:
    """One way on: where it leads, which of the running clocks run on there, and which sets of clocks may begin."""

    action: str
    stage: str
    difficult: bool
    kept: frozenset[str]
    begun: tuple[frozenset[str], ...]


class TooMany(Exception):
    """The flow has more than `LIMIT` states."""


def explore(flow: Flow) -> dict[State, tuple[State | None, str]]:
    """Every state that can be reached, with the state and the action that first led there. Raises TooMany."""
    found: dict[State, tuple[State | None, str]] = {}
    waiting: deque[State] = deque()

    # Thousands of states stand in the same few stages.
    @cache
    def moves(stage: str | None, difficult: bool | None) -> tuple[Move, ...]:
        return tuple(_moves(flow, stage, difficult))

    def step(state: State | None) -> None:
        running = state.clocks if state else frozenset[str]()
        for move in moves(state.stage, state.difficult) if state else moves(None, None):
            for begun in move.begun:
                after = State(move.stage, running & move.kept | begun, move.difficult)
                if after not in found:
                    found[after] = (state, move.action)
                    waiting.append(after)

    step(None)
    while waiting:
        if len(found) > LIMIT:
            raise TooMany
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


def _moves(flow: Flow, here: str | None, difficult: bool | None) -> Iterator[Move]:
    """Every way on from a stage; from None, every way in which a case begins."""
    for action in flow.actions.values():
        if here not in action.sources if here else not VERBS[action.verb].starts_case:
            continue
        settled = difficult is not None and all(need.name != "category" for need in action.needs)
        for after in [difficult] if settled else [True, False]:
            if any(_OF_DIFFICULTY.get(guard, after) != after for guard in action.guards):
                continue
            for stage in _stages(action, here):
                if stage in flow.stages:
                    yield _move(flow, action, here, stage, bool(after))


def _stages(action: Action, here: str | None) -> Iterator[str]:
    for target in action.targets:
        yield target.stage
        if target.when is None:
            return
    if here is not None:
        yield here


def _move(flow: Flow, action: Action, here: str | None, stage: str, difficult: bool) -> Move:
    if flow.stages[stage].final:
        return Move(action.code, stage, difficult, frozenset(), (frozenset(),))
    sure, perhaps = set[str](), set[str]()
    for rule in flow.clocks.values():
        if _begins(rule, action, stage, stage != here) and _OF_DIFFICULTY.get(rule.when or "", difficult) == difficult:
            (sure if rule.when is None or rule.when in _OF_DIFFICULTY else perhaps).add(rule.code)
    begun = (frozenset(sure), frozenset(sure | perhaps)) if perhaps else (frozenset(sure),)
    return Move(action.code, stage, difficult, frozenset(_kept(flow, action, stage)), begun)


def _kept(flow: Flow, action: Action, stage: str) -> Iterator[str]:
    for code, rule in flow.clocks.items():
        if action.code not in rule.met and (not rule.while_in or stage in rule.while_in):
            yield code


def _begins(rule: ClockRule, action: Action, stage: str, arrives: bool) -> bool:
    starts = action.code in rule.on or (arrives and stage in rule.entering)
    return starts and (not rule.while_in or stage in rule.while_in)
