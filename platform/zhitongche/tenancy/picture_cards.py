"""What the picture of a flow shows of each stage: whose turn, which clocks begin, what leads on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhitongche.flow.vocabulary import OUTCOMES, PARTIES, PHASES, VERBS
from zhitongche.tenancy import words_draw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhitongche.flow.definition import Action, ClockRule, Flow, Stage


@dataclass(frozen=True, slots=True)
class Exit:
    """A way on: what is done, in which case, by whom, to which stage, by which clause."""

    action: str
    case: str
    party: str
    target: str
    clause: str


@dataclass(frozen=True, slots=True)
class ClockTold:
    """A clock: what, how long, by which clause or as the tenant's own setting."""

    name: str
    limit: str
    basis: str


@dataclass(frozen=True, slots=True)
class Card:
    """One stage as drawn; `column` is the place of its phase."""

    stage: Stage
    column: int
    owner: str
    clocks: tuple[ClockTold, ...]
    exits: tuple[Exit, ...]
    beside: tuple[str, ...]


def cards(flow: Flow) -> list[Card]:
    """All stages in the order of the flow."""
    return [_card(flow, stage) for stage in flow.stages.values()]


def anywhere(flow: Flow) -> list[Action]:
    """The actions possible in every open stage: told once instead of drawn everywhere."""
    return [action for action in flow.actions.values() if action.sources >= flow.open_stages]


def entries(flow: Flow) -> list[tuple[str, str, str]]:
    """(how, stage, by whom): where cases begin."""
    begins = [action for action in flow.actions.values() if VERBS[action.verb].starts_case]
    return [(action.name, target.stage, "、".join(PARTIES[one] for one in doers(action))) for action in begins for target in action.targets]


def doers(action: Action) -> tuple[str, ...]:
    """By whom; what a message does, the level that sends it does."""
    level = VERBS[action.verb].by_message
    return (level,) if level else action.who


def clock_told(clock: ClockRule) -> ClockTold:
    """A clock as the pictures tell it."""
    basis = words_draw.OWN_SETTING if clock.is_setting else clock.clause
    return ClockTold(clock.name + words_draw.in_case(clock.when), words_draw.clock_limit(clock), basis)


def _card(flow: Flow, stage: Stage) -> Card:
    here = [
        action
        for action in flow.actions.values()
        if stage.code in action.sources and action not in anywhere(flow)
    ]
    exits = [way for action in here for way in _ways(action)]
    return Card(
        stage=stage,
        column=_column(flow, stage),
        owner=PARTIES[stage.owes] if stage.owes else OUTCOMES[stage.outcome or ""],
        clocks=tuple(clock_told(clock) for clock in flow.clocks.values() if _begins_in(flow, clock, stage)),
        exits=tuple(exits),
        beside=tuple(action.name for action in here if not action.targets),
    )


def _ways(action: Action) -> Iterator[Exit]:
    for target in action.targets:
        case = (
            words_draw.OTHERWISE
            if target.when is None and len(action.targets) > 1
            else words_draw.in_case(target.when)
        )
        yield Exit(action.name, case, doers(action)[0], target.stage, action.clause)


def _begins_in(flow: Flow, clock: ClockRule, stage: Stage) -> bool:
    if stage.final or (clock.while_in and stage.code not in clock.while_in):
        return False
    starting = [flow.actions[code] for code in clock.on]
    arriving = {target.stage for action in starting for target in action.targets} | clock.entering
    # A clock that no arrival starts begins where the case stands when the action is taken.
    return stage.code in (arriving or {source for action in starting for source in action.sources})


def _column(flow: Flow, stage: Stage) -> int:
    """A refusal ends where it is made; only what runs its course ends in the last column."""
    phases = list(PHASES)
    everywhere = anywhere(flow)
    sources = [
        phases.index(flow.stages[source].phase)
        for action in flow.actions.values()
        if action not in everywhere and any(target.stage == stage.code for target in action.targets)
        for source in action.sources
    ]
    if stage.final and stage.outcome != "resolved" and sources:
        return max(sources)
    return phases.index(stage.phase)
