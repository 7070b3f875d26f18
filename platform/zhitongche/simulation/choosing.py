"""Which of the actions open to somebody he takes: weights by verb, where more than one would do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from zhitongche.simulation import grounds
from zhitongche.simulation.enterprises import Standing
from zhitongche.simulation.temperament import UNITS

if TYPE_CHECKING:
    from zhitongche.flow.definition import Action
    from zhitongche.simulation.story import Scene
    from zhitongche.tenancy.pack import Pack

Weight = Callable[["Pack", "Scene"], float]
_SURELY: Final = 1000.0


def choose(pack: Pack, scene: Scene, actions: Sequence[Action]) -> Action | None:
    """One of the actions, or None where none is left that this actor would take."""
    if not actions:
        return None
    weights = [WEIGHTS[a.verb](pack, scene) if a.verb in WEIGHTS else 1.0 for a in actions]
    if not any(weights):
        return None
    return scene.rng.choices(actions, weights=weights)[0]


def _join(_pack: Pack, scene: Scene) -> float:
    first = scene.story.repeats
    return _SURELY if first and first.open else 0.0


def _refuse(pack: Pack, scene: Scene) -> float:
    story = scene.story
    if story.script.ground is not None:
        return _SURELY
    elsewhere = story.client.enterprise.standing is Standing.ELSEWHERE
    return _SURELY if elsewhere and grounds.refuses_elsewhere(pack) else 0.0


def _object(_pack: Pack, scene: Scene) -> float:
    """Buck-passers object to anything; others where the petition is not theirs."""
    if scene.official is None or not _others_left(scene):
        return 0.0
    fits = scene.story.lead_fits
    return scene.official.temper.objects * (0.5 if fits else 6.0)


def _others_left(scene: Scene) -> bool:
    """When two have turned it away, somebody has to take it."""
    return len(scene.story.turned_away) < 2


def _give_up(_pack: Pack, scene: Scene) -> float:
    if scene.story.script.hard:
        return _SURELY
    temper = scene.official.temper if scene.official else UNITS[1]
    hard = scene.story.text.category in {"difficulty", "complaint"}
    return (1 - temper.resolves) * 0.45 if hard else 0.0


def _explain(_pack: Pack, _scene: Scene) -> float:
    """Each simulated tenant is alone: nobody carries its cases to the tenant above."""
    return 0.0


def _plan(_pack: Pack, _scene: Scene) -> float:
    """Where a plan is asked for, hardly anybody answers without one."""
    return 9.0


def _send_back(pack: Pack, scene: Scene) -> float:
    story = scene.story
    if story.sent_back or _waits_for_meeting(pack, scene):
        return 0.0
    return 1.2 if story.satisfaction == "unsatisfied" else 0.04


def _finalise(pack: Pack, scene: Scene) -> float:
    return 0.0 if _waits_for_meeting(pack, scene) else 1.0


def _waits_for_meeting(pack: Pack, scene: Scene) -> bool:
    """What only a meeting can solve is not settled before one has dealt with it."""
    called = any(kind.day is None for kind in pack.meetings.values())
    return scene.story.script.hard and called and scene.petition.meeting_on is None


WEIGHTS: Final[dict[str, Weight]] = {
    "join": _join,
    "refuse": _refuse,
    "object": _object,
    "decline": _object,
    "give_up": _give_up,
    "explain": _explain,
    "plan": _plan,
    "send_back": _send_back,
    "finalise": _finalise,
}
"""Verb → how much it is to be expected; 1 where nothing is said. All figures are assumptions."""
