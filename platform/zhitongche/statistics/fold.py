"""The fold 归约: from the state after one entry and the next entry to the next state and what changes in the facts. Pure.

The same function counts as it happens, recomputes under changed definitions, and proves the sums: there is no other.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from zhitongche.kernel import clock
from zhitongche.statistics.happenings import OTHERS, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from zhitongche.journal import Entry
    from zhitongche.statistics.definitions import Definitions, FactRule, Trigger
    from zhitongche.statistics.happenings import Happening

LEAVE_OUT: Final = "leave_out"
"""The journal's entry beside the flow by which a petition no longer counts against a unit."""
State = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fact:
    """One occurrence that counts; `no` numbers the petition's, `unit` is None where nobody's."""

    no: int
    kind: str
    day: date
    unit: UUID | None = None
    key: str = ""
    minutes: int | None = None
    n: int = 1
    left_out: bool = False


@dataclass
class Change:
    """What an entry changes: facts taken back (by kind), then facts left out (by kind and unit), then new ones."""

    undone: set[str] = field(default_factory=set)
    left_out: set[tuple[str, UUID]] = field(default_factory=set)
    facts: list[Fact] = field(default_factory=list)


def step(definitions: Definitions, state: State, entry: Entry) -> tuple[State, Change]:
    """The state after the entry, and the change; the state given is left as it was."""
    new, change = json.loads(json.dumps(state)), Change()
    if entry.action == LEAVE_OUT and entry.body:
        _leave_out(definitions, new, entry.body, change)
    for happening in read(new, entry):
        for rule in definitions.heard.get(happening.what, ()):
            if any(_fires(trigger, happening, new) for trigger in rule.undone):
                _undo(rule.kind, new, change)
            if _fires(rule.trigger, happening, new):
                _count(rule, definitions, happening, new, change)
    for rule in definitions.stocks:
        _stand(rule, entry, new, change)
    return new, change


def _fires(trigger: Trigger, happening: Happening, state: State) -> bool:
    return happening.what in trigger.on and all(_holds(name, wanted, happening, state) for name, wanted in trigger.when.items())


def _holds(name: str, wanted: frozenset[str], happening: Happening, state: State) -> bool:
    told = happening.told or {}
    if name == "met_by":
        return not wanted.isdisjoint(told.get(name, ()))
    if name in ("from_below", "rated"):
        return ("yes" if state.get("below" if name == "from_below" else name) else "no") in wanted
    return (told.get(name) if name in told else state.get(name)) in wanted


def _undo(kind: str, state: State, change: Change) -> None:
    if not state.setdefault("seen", {}).get(kind):
        return
    state["seen"][kind] = []
    change.undone.add(kind)
    change.facts = [fact for fact in change.facts if fact.kind != kind]


def _count(rule: FactRule, definitions: Definitions, happening: Happening, state: State, change: Change) -> None:
    unit = {"lead": state.get("lead") or "", "own": happening.unit}.get(rule.unit, "")
    day = happening.day
    if named := rule.like or rule.dated:
        known: list[list[str]] = state.get("as", {}).get(named, [])
        own = [one for one in known if one[1] == unit and rule.unit == "own"] or known
        if rule.like and not (own and state.get("seen", {}).get(named)):
            return
        if own:
            day, unit = type(day).fromisoformat(own[-1][0]), own[-1][1] if rule.like else unit
    if _seen(rule, unit, state):
        return
    if rule.kind in definitions.remembered:
        state.setdefault("as", {}).setdefault(rule.kind, []).append([day.isoformat(), unit])
    minutes = {"stage": happening.minutes, "received": state.get("worked")}.get(rule.minutes)
    _add(rule, state, change, day, unit, key=_key(rule.key, happening, state), minutes=minutes)


def _seen(rule: FactRule, unit: str, state: State) -> bool:
    """Whether it has been counted as often as it may; notes that it is now."""
    seen: list[str] = state.setdefault("seen", {}).setdefault(rule.kind, [])
    ever: list[str] = state.setdefault("once", [])
    if (rule.times == "first" and seen) or (rule.times == "unit" and unit in seen) or (rule.times == "once" and rule.kind in ever):
        return True
    if unit not in seen:
        seen.append(unit)
    if rule.times == "once":
        ever.append(rule.kind)
    return False


def _key(name: str, happening: Happening, state: State) -> str:
    return str((happening.told or {}).get(name) or state.get(name) or "") if name else ""


def _stand(rule: FactRule, entry: Entry, state: State, change: Change) -> None:
    """A stock follows where the petition stands: −1 where it stood, +1 where it stands now; None stands for nowhere."""
    was, now = state.get("stands", {}).get(rule.kind), _holder(state) if rule.stock == "holder" else _late(state)
    if was == now:
        return
    state.setdefault("stands", {})[rule.kind] = now
    day = clock.local_date(entry.at)
    for unit, n in ((was, -1), (now, 1)):
        if unit is not None:
            _add(rule, state, change, day, unit, n=n)


def _holder(state: State) -> str | None:
    if state.get("outcome") or "owes" not in state:
        return None
    return state.get("lead") or state.get("proposed") or ""


def _late(state: State) -> str | None:
    """Who owes what has been due for the longest time."""
    late = [(row["due"], row["unit"] or "") for row in state.get("clocks", {}).values() if row.get("missed") and row["owes"] not in OTHERS]
    return min(late)[1] if late else None


def _add(
    rule: FactRule, state: State, change: Change, day: date, unit: str, *, key: str = "", minutes: int | None = None, n: int = 1
) -> None:
    no = state["no"] = state.get("no", 0) + 1
    out = [rule.kind, unit] in state.get("out", [])
    change.facts.append(Fact(no, rule.kind, day, UUID(unit) if unit else None, key, minutes, n, out))


def _leave_out(definitions: Definitions, state: State, body: Mapping[str, Any], change: Change) -> None:
    figure = definitions.figures.get(body["figure"])
    for kind in sorted(figure.kinds if figure else ()):
        state.setdefault("out", []).append([kind, body["unit"]])
        change.left_out.add((kind, UUID(body["unit"])))


def applied(facts: dict[int, Fact], change: Change) -> Iterator[Fact]:
    """Carry the change out on a petition's facts by number (changed in place); yields what adds to the sums, negated where it goes."""
    for fact in [fact for fact in facts.values() if fact.kind in change.undone]:
        del facts[fact.no]
        yield replace(fact, n=-fact.n)
    for fact in [fact for fact in facts.values() if (fact.kind, fact.unit) in change.left_out and not fact.left_out]:
        facts[fact.no] = replace(fact, left_out=True)
        yield replace(fact, n=-fact.n)
        yield facts[fact.no]
    for fact in change.facts:
        facts[fact.no] = fact
        yield fact
