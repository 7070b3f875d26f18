"""Does a petition come before the meeting? A pure function of its facts and the pack's rules, with every ground told."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from zhitongche.tenancy.meeting_vocabulary import BY_PERSON

if TYPE_CHECKING:
    from zhitongche.casework.queries.agenda import AgendaFacts
    from zhitongche.tenancy.meeting_parts import AgendaRule, MeetingKind

Said = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ground:
    """Why: the rule's condition and clause, on which `side` it speaks, and the facts that it was read from."""

    side: str
    condition: str
    clause: str
    facts: Said

    def plain(self) -> Said:
        """As kept beside the item."""
        return {"side": self.side, "condition": self.condition, "clause": self.clause, "facts": self.facts}


@dataclass(frozen=True, slots=True)
class Verdict:
    """`in`, `out`, or `undecided` where the rules speak on both sides."""

    verdict: str
    grounds: tuple[Ground, ...]


def judge(kind: MeetingKind, facts: AgendaFacts, marks: Collection[str] = ()) -> Verdict | None:
    """The verdict on a petition; None where no rule says anything of it. `marks` are conditions that a person vouches for.

    Rules in conflict are not weighed: a person decides, with both sides' grounds in view. RP-2.4.a, ST-4.1, ST-4.2.
    """
    grounds = (*_speaking("in", kind.agenda_in, facts, marks), *_speaking("out", kind.agenda_out, facts, marks))
    sides = {ground.side for ground in grounds}
    if not sides:
        return None
    return Verdict(sides.pop() if len(sides) == 1 else "undecided", grounds)


def _speaking(side: str, rules: tuple[AgendaRule, ...], facts: AgendaFacts, marks: Collection[str]) -> list[Ground]:
    found = []
    for rule in rules:
        said = _said(rule.condition, facts, marks)
        if said is not None:
            found.append(Ground(side, rule.condition, rule.clause, said))
    return found


def _said(condition: str, facts: AgendaFacts, marks: Collection[str]) -> Said | None:
    if condition in BY_PERSON:
        return {"by_person": True} if condition in marks else None
    if condition == "ordinary_suggestion" and "typical_suggestion" in marks:
        return None
    return READ[condition](facts)


def _county_level(facts: AgendaFacts) -> Said | None:
    return {"level": facts.level} if facts.level == "county" and facts.open else None


def _unsatisfied(facts: AgendaFacts) -> Said | None:
    said = facts.satisfaction == "unsatisfied" and facts.phase == "answered"
    return {"satisfaction": facts.satisfaction, "given_by": facts.given_by, "rated_at": facts.rated_at} if said else None


def _unresolved(facts: AgendaFacts) -> Said | None:
    said = facts.resolution == "unresolved" and facts.phase == "answered"
    return {"resolution": facts.resolution, "answered_at": facts.answered_at} if said else None


def _several_units_stuck(facts: AgendaFacts) -> Said | None:
    stuck = facts.open and facts.co_units > 0 and facts.late > 0
    return {"co_units": facts.co_units, "late": facts.late} if stuck else None


def _ordinary_suggestion(facts: AgendaFacts) -> Said | None:
    return {"category": facts.category} if facts.category == "suggestion" else None


def _satisfied_at_call_back(facts: AgendaFacts) -> Said | None:
    said = not facts.open and (facts.given_by, facts.satisfaction) == ("call_back", "satisfied")
    return {"closed_at": facts.closed_at, "satisfaction": facts.satisfaction} if said else None


def _on_schedule(facts: AgendaFacts) -> Said | None:
    on_time = facts.open and facts.phase == "handling" and not facts.late and facts.satisfaction != "unsatisfied"
    return {"stage": facts.stage, "late": facts.late, "next_due": facts.next_due} if on_time else None


def _keeps_off(facts: AgendaFacts) -> Said | None:
    return {"keeps_off": True} if facts.keeps_off else None


READ: Final[dict[str, Callable[[AgendaFacts], Said | None]]] = {
    "county_level": _county_level,
    "unsatisfied": _unsatisfied,
    "unresolved": _unresolved,
    "several_units_stuck": _several_units_stuck,
    "ordinary_suggestion": _ordinary_suggestion,
    "satisfied_at_call_back": _satisfied_at_call_back,
    "on_schedule": _on_schedule,
    "enterprise_keeps_off": _keeps_off,
}
"""Condition → the facts that make it hold, None where it does not. With BY_PERSON these are all there are."""
