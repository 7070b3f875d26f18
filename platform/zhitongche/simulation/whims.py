"""What people do although nobody can ask it of them: withdraw, add, urge, commend, look in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from zhitongche.flow.definition import Action, Flow
    from zhitongche.simulation.story import Story

Chance = Callable[["Story"], float]


@dataclass(frozen=True, slots=True)
class Whim:
    """With which chance (0-1) a verb comes to somebody's mind, and after how many days (from, to)."""

    chance: Chance
    days: tuple[float, float]
    again: bool = False


def _supplements(story: Story) -> float:
    """Whoever asks for what cannot be taken has nothing to add."""
    return story.client.temper.supplements if story.script.ground is None else 0.0


def _urging(story: Story) -> float:
    return 0.5 if story.open else 0.0


def _rates(story: Story) -> float:
    return story.client.temper.rates


def _commends(story: Story) -> float:
    return 0.05 if story.resolution == "resolved" and story.satisfaction == "satisfied" else 0.0


def _reports(story: Story) -> float:
    return 0.08 if story.answered_badly and story.satisfaction == "unsatisfied" else 0.0


IN_A_STAGE: Final[dict[str, Whim]] = {
    "supplement": Whim(_supplements, (0.2, 6)),
    "withdraw": Whim(lambda story: story.client.temper.withdraws, (0.1, 12)),
    "contact": Whim(lambda _story: 0.6, (0.1, 3), again=True),
    "keep_off": Whim(lambda _story: 0.02, (0.5, 20)),
    "note": Whim(lambda _story: 0.06, (1, 8)),
    "rate": Whim(_rates, (0.05, 2.5), again=True),
    "commend": Whim(_commends, (0.5, 6)),
    "report_fault": Whim(_reports, (0.5, 6)),
}
"""What may come to mind when a petition has reached a stage."""

WHEN_LATE: Final[dict[str, Whim]] = {
    "urge": Whim(_urging, (0.1, 1.5), again=True),
    "propose_key": Whim(lambda _story: 0.35, (4, 9)),
}
"""What may come to mind when a limit has passed."""


def stirred(flow: Flow, story: Story, table: dict[str, Whim]) -> list[tuple[Action, float]]:
    """The actions that come to mind now in the story's stage, each with the days until then; drawn from its chance."""
    owed = {code for rule in flow.clocks.values() for code in rule.met}
    found = []
    for action in flow.actions.values():
        whim = table.get(action.verb)
        if whim is None or story.stage not in action.sources or action.code in owed:
            continue
        if not whim.again and action.verb in story.had_whims:
            continue
        story.had_whims.add(action.verb)
        if story.rng.random() < whim.chance(story):
            found.append((action, story.rng.uniform(*whim.days)))
    return found
