"""What a key of a figure (a ground, a clock, a step …) is called, by the pack of the tenant in scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhitongche.casework.words import SOURCES
from zhitongche.flow.vocabulary import RESOLUTIONS
from zhitongche.statistics import definitions, words
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from zhitongche.tenancy.pack import Pack

_NAMES: Final[Mapping[str, Callable[[Pack, str], str]]] = {
    "source": lambda pack, key: SOURCES[key],
    "resolution": lambda pack, key: RESOLUTIONS[key],
    "accept_ground": lambda pack, key: pack.grounds_accept[key].name,
    "refusal_ground": lambda pack, key: pack.grounds_refuse[key].name,
    "clock": lambda pack, key: pack.flow.clocks[key].name,
    "stage": lambda pack, key: pack.flow.stages[key].name,
    "meeting": lambda pack, key: pack.meetings[key].name,
}


def key_name(code: str, key: str) -> str:
    """The Chinese name of a figure's key; a key that the pack no longer knows is called by itself."""
    if not key:
        return words.NO_KEY
    figure = definitions.installed().figures.get(code)
    try:
        return _NAMES[figure.key](current.pack(), key) if figure and figure.key else key
    except KeyError:
        return key
