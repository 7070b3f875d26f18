"""From the plain values of flow.yaml to the flow room's frozen definition."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from zhitongche.flow.definition import (
    Action,
    ClockLimit,
    ClockRule,
    Flow,
    Need,
    PaperMade,
    Stage,
    Target,
    Tell,
)
from zhitongche.flow.vocabulary import WEEKDAYS
from zhitongche.kernel import limits
from zhitongche.tenancy.flow_schema import OPEN, STAY

if TYPE_CHECKING:
    from collections.abc import Mapping


def flow(raw: Mapping[str, Any]) -> Flow:
    """The flow; references are not resolved here, the checker has done so."""
    stages = {code: Stage(code=code, **values) for code, values in raw["stages"].items()}
    still_open = frozenset(code for code, stage in stages.items() if not stage.final)
    return Flow(
        stages=MappingProxyType(stages),
        actions=MappingProxyType(
            {code: _action(code, values, still_open) for code, values in raw["actions"].items()}
        ),
        clocks=MappingProxyType({code: _clock(code, values) for code, values in raw["clocks"].items()}),
    )


def _action(code: str, raw: Mapping[str, Any], still_open: frozenset[str]) -> Action:
    sources = frozenset(raw["from"])
    return Action(
        code=code,
        name=raw["name"],
        verb=raw["does"],
        sources=still_open if OPEN in sources else sources,
        targets=tuple(Target(t["stage"], t["when"]) for t in raw["to"] if t["stage"] != STAY),
        who=tuple(raw["who"]),
        needs=tuple(Need(**need) for need in raw["needs"]),
        guards=tuple(raw["only_if"]),
        tells=tuple(Tell(party, message) for party, message in raw["tells"].items()),
        clause=raw["clause"],
        weight=raw["weight"],
        papers=tuple(PaperMade(**paper) for paper in raw.get("papers", ())),
        through=raw.get("through"),
    )


def _clock(code: str, raw: Mapping[str, Any]) -> ClockRule:
    return ClockRule(
        code=code,
        name=raw["name"],
        owes=raw["owes"],
        limit=_limit(raw["limit"]),
        clause=raw["clause"],
        on=frozenset(raw["on"]),
        entering=frozenset(raw["entering"]),
        met=frozenset(raw["met"]),
        while_in=frozenset(raw["while"]),
        when=raw["when"],
        weekday=WEEKDAYS[raw["every"]] if raw["every"] else None,
        at_due=raw["at_due"],
        is_setting=raw["basis"] is not None,
    )


def _limit(raw: Mapping[str, Any] | None) -> ClockLimit:
    if raw is None:
        return ClockLimit()
    return ClockLimit(
        default=limits.parse(raw["default"]) if raw["default"] else None,
        by_unit_kind=MappingProxyType({kind: limits.parse(text) for kind, text in raw["kinds"].items()}),
        by=raw["by"],
    )
