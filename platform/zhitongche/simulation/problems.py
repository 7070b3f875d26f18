"""The problems enterprises have: what each is about, for whom it fits, what is said of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from zhitongche.simulation.enterprises import nearest_trade, trade_of
from zhitongche.simulation.grammar import load

_FILES: Final = ("site", "supply", "money", "people", "rules", "market")
CATEGORIES: Final = ("consultation", "suggestion", "complaint", "difficulty")


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of one topic (事项类别), with templates for enterprises and officials."""

    key: str
    topic: str
    fits: tuple[str, ...]
    titles: tuple[str, ...]
    tells: tuple[str, ...]
    wishes: tuple[str, ...]
    answers: tuple[str, ...]
    tags: tuple[str, ...]
    tried: tuple[str, ...]
    trades: tuple[str, ...]
    never: tuple[str, ...]
    least: int
    most: int
    facts: Mapping[str, Any]

    @property
    def unit_kind(self) -> str:
        """Characters that the name of the fitting unit holds, such as 自然资源."""
        return str(load("topics")[self.topic]["units"][0])

    def suits(self, trade: str, staff: int) -> bool:
        """Whether an enterprise of this trade and size could have the problem."""
        return (
            self.least <= staff <= self.most
            and (not self.trades or trade in self.trades)
            and trade not in self.never
            and self.topic not in trade_of(trade).get("避", ())
        )


def unit_kinds(topic: str) -> tuple[str, ...]:
    """Characters of the names of units that take this topic, the most fitting first; places differ in whom they have."""
    return tuple(load("topics").get(topic, {"units": ["政务服务"]})["units"])


@cache
def catalogue() -> tuple[Problem, ...]:
    """All problems, in a fixed order."""
    return tuple(
        _problem(topic, entry)
        for name in _FILES
        for topic, entries in load(f"problems_{name}").items()
        for entry in entries
    )


@cache
def fitting(industry: str, staff: int, category: str) -> tuple[Problem, ...]:
    """The problems an enterprise of `industry` with `staff` people may raise under `category`."""
    trade = nearest_trade(industry)
    return tuple(found for found in catalogue() if category in found.fits and found.suits(trade, staff))


@cache
def problem(key: str) -> Problem:
    """The problem of that key. Raises KeyError."""
    return {found.key: found for found in catalogue()}[key]


def _problem(topic: str, entry: Mapping[str, Any]) -> Problem:
    lists = ("fits", "titles", "tells", "wishes", "answers", "tags", "tried", "trades", "never")
    parts = {name: tuple(entry.get(name, ())) for name in lists}
    return Problem(
        key=entry["key"],
        topic=topic,
        facts=entry.get("facts", {}),
        least=entry.get("least", 0),
        most=entry.get("most", 1_000_000),
        **parts,
    )
