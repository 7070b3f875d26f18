"""The definitions 指标口径: what is counted, and what is made of it. Read from `figures.yaml`, kept by edition in each tenant."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Literal

from flask import g, has_request_context
from sqlalchemy import select

from zhitongche.persistence import current_tenant, db
from zhitongche.statistics.tables import FigureEdition
from zhitongche.statistics.vocabulary import BY

if TYPE_CHECKING:
    from collections.abc import Mapping

Shape = Literal["count", "rate", "stock", "percentile"]
_FOLD: Final = 1
"""Raised when the code counts otherwise under the same words: history is then recomputed as for changed words."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A verb of the flow or an event, under conditions: each names the values of which one must be so."""

    on: frozenset[str]
    when: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FactRule:
    """When what is counted (计数事实), under whose name; words as in `vocabulary`."""

    kind: str
    name: str
    meaning: str
    trigger: Trigger
    stock: str = ""
    times: str = "each"
    unit: str = "none"
    key: str = ""
    minutes: str = ""
    like: str = ""
    dated: str = ""
    undone: tuple[Trigger, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure 指标: sums of facts, and what they say. `at` is a percentile's share in percent; `by` what its key is."""

    code: str
    name: str
    shape: Shape
    unit: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    excluded: str
    period: str
    meaning: str
    source: str
    better: str
    public: bool
    contestable: bool = False
    by: str = ""
    at: int = 50

    @property
    def key(self) -> str:
        """By what its facts are divided; empty where they are not."""
        return BY[self.by] if self.by else ""

    @property
    def kinds(self) -> frozenset[str]:
        """Every kind of fact that it is made of."""
        return frozenset(self.numerator + self.denominator)


@dataclass(frozen=True)
class Definitions:
    """One edition of the definitions; `text` is the whole file."""

    facts: Mapping[str, FactRule]
    figures: Mapping[str, Figure]
    text: str

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of the file and of the way it is counted."""
        return hashlib.sha256(f"{_FOLD}\n{self.text}".encode()).hexdigest()

    @cached_property
    def heard(self) -> Mapping[str, tuple[FactRule, ...]]:
        """Verb or event → the rules to which it means something, in the order of the file."""
        words = {word for rule in self.facts.values() for one in (rule.trigger, *rule.undone) for word in one.on}
        return {word: tuple(rule for rule in self.facts.values() if any(word in one.on for one in (rule.trigger, *rule.undone))) for word in words}

    @cached_property
    def stocks(self) -> tuple[FactRule, ...]:
        """The rules of what stands rather than happens."""
        return tuple(rule for rule in self.facts.values() if rule.stock)

    @cached_property
    def remembered(self) -> frozenset[str]:
        """Kinds whose day and unit another fact goes by."""
        return frozenset(name for rule in self.facts.values() for name in (rule.like, rule.dated) if name)


@cache
def of(text: str) -> Definitions:
    """The definitions that a file's text gives; raises PackError with file, line and remedy where it is faulty."""
    from zhitongche.statistics import definition_file  # here: the shapes are needed once a process

    return definition_file.read(text)


@cache
def installed() -> Definitions:
    """The definitions that this release brings."""
    return of(files("zhitongche.statistics").joinpath("figures.yaml").read_text(encoding="utf-8"))


def current() -> Definitions:
    """The definitions by which the tenant's figures are counted now; during a recomputation still the former ones."""
    if not has_request_context():
        return _current()
    # A page asks for a dozen values: it is told the definitions once, and all its numbers by the same.
    kept: dict[str, Definitions] = g.setdefault("figure_definitions", {})
    tenant = current_tenant()
    if tenant not in kept:
        kept[tenant] = _current()
    return kept[tenant]


def _current() -> Definitions:
    text = db.session.scalar(select(FigureEdition.definitions).where(FigureEdition.state == "current"))
    return installed() if text is None else of(text)
