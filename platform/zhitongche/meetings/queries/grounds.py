"""The grounds of a verdict in words: the clause, and each fact that it was read from (RP-2.4.a, ST-4.1, ST-4.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from zhitongche.flow.vocabulary import RESOLUTIONS, SATISFACTION
from zhitongche.kernel import clock
from zhitongche.meetings.queries import words
from zhitongche.tenancy import versions
from zhitongche.tenancy.meeting_vocabulary import CONDITIONS

if TYPE_CHECKING:
    from zhitongche.tenancy.pack import Pack


@dataclass(frozen=True, slots=True)
class Ground:
    """Why in or out: `facts` are (label, value) as the record had them when the rules were asked."""

    side: str
    text: str
    clause: str
    facts: tuple[tuple[str, str], ...]


def told(grounds: list[Mapping[str, Any]], pack_version: str) -> tuple[Ground, ...]:
    """All grounds of an item; `pack_version` is that under which the petition began."""
    pack = versions.pack_at(pack_version)
    return tuple(_ground(one, pack) for one in grounds)


def _ground(raw: Mapping[str, Any], pack: Pack) -> Ground:
    clause = "" if raw["clause"] == "setting" else raw["clause"]
    facts = tuple((words.FACTS.get(name, name), _said(name, value, pack)) for name, value in raw["facts"].items() if value is not None)
    return Ground(raw["side"], CONDITIONS.get(raw["condition"], words.GONE), clause, facts)


def _said(name: str, value: Any, pack: Pack) -> str:
    if isinstance(value, bool):
        return words.YES[value]
    if name in words.COUNTED:
        return words.COUNTED[name].format(value)
    if name in {"rated_at", "answered_at", "closed_at", "next_due"}:
        return f"{clock.local(datetime.fromisoformat(value)):%Y-%m-%d %H:%M}"
    return _names(name, pack).get(value, str(value))


def _names(name: str, pack: Pack) -> Mapping[str, str]:
    known: dict[str, Mapping[str, str]] = {
        "level": pack.levels, "satisfaction": SATISFACTION, "resolution": RESOLUTIONS, "given_by": words.GIVEN_BY,
        "category": {code: one.name for code, one in pack.categories.items()},
        "stage": {code: one.name for code, one in pack.flow.stages.items()},
    }  # fmt: skip
    return known.get(name, {})
