"""What a pack's meetings.yaml becomes: kinds of meeting, their steps, their agenda's rules, frozen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from zhitongche.flow.vocabulary import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Mapping

_WHEN: Final = re.compile(r"day|(?P<before>-[1-9]\d?) wd|(?P<after>[1-9]\d?) wd after(?: (?P<anchor>[a-z][a-z0-9_]*))?")
DAY: Final = "day"
PREVIOUS: Final = "previous"


@dataclass(frozen=True, slots=True)
class When:
    """A date told from another: `count` working days after `anchor` (`day`, `previous` or a step), before it if negative."""

    anchor: str
    count: int

    @property
    def backward(self) -> bool:
        """Counted back from the day of the meeting."""
        return self.anchor == DAY and self.count < 0


@dataclass(frozen=True, slots=True)
class DayRule:
    """The `week`-th `weekday` (Monday is 0) of a month; on a holiday the `next` or `previous` working day."""

    week: int
    weekday: int
    on_holiday: str
    clause: str


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody owes before, on or after the day; `after` names the steps that must be done first."""

    code: str
    name: str
    does: str
    owes: str
    when: When
    clause: str
    is_setting: bool
    after: tuple[str, ...]
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgendaRule:
    """A condition that puts a petition on the agenda or keeps it off, and the clause that says so."""

    condition: str
    clause: str


@dataclass(frozen=True, slots=True)
class Duty:
    """Who looks after what on the day; `unit` is a unit's code."""

    name: str
    unit: str
    clause: str


@dataclass(frozen=True)
class MeetingKind:
    """One kind of meeting (会议类别). No `day` rule: it is called when fit.

    `special` is the clause of special sessions, `starts` the usual hour in China, `place` the usual place.
    """

    code: str
    name: str
    clause: str
    day: DayRule | None
    leader: str
    special: str | None
    enlist: str
    agenda_in: tuple[AgendaRule, ...]
    agenda_out: tuple[AgendaRule, ...]
    duties: tuple[Duty, ...]
    invites: tuple[str, ...]
    callers: tuple[str, ...]
    starts: str
    place: str
    steps: Mapping[str, Step]

    @cached_property
    def before(self) -> tuple[Step, ...]:
        """The steps up to the day, the day's own not among them."""
        steps = tuple(self.steps.values())
        return steps[: next(i for i, step in enumerate(steps) if step.does == "hold")]

    def doing(self, what: str) -> Step | None:
        """The step that does this, where the kind has one."""
        return next((step for step in self.steps.values() if step.does == what), None)


def when(text: str) -> When:
    """Read `day`, `-5 wd`, `3 wd after`, `2 wd after previous`, `4 wd after submit`; raises ValueError."""
    found = _WHEN.fullmatch(text)
    if not found:
        raise ValueError(text)
    if found["before"]:
        return When(DAY, int(found["before"]))
    return When(found["anchor"] or DAY, int(found["after"] or 0))


def kinds(raw: Mapping[str, Any]) -> Mapping[str, MeetingKind]:
    """The kinds of meeting; references have been checked before."""
    return MappingProxyType({code: _kind(code, values) for code, values in raw["kinds"].items()})


def _kind(code: str, raw: Mapping[str, Any]) -> MeetingKind:
    rules, day = raw["agenda"], raw["day"]
    return MeetingKind(
        code=code,
        name=raw["name"],
        clause=raw["clause"],
        day=DayRule(day["week"], WEEKDAYS[day["weekday"]], day["on_holiday"], day["clause"]) if day else None,
        leader=raw["leader"],
        special=raw["special"],
        enlist=rules["enlist"],
        agenda_in=tuple(AgendaRule(rule["when"], rule["clause"]) for rule in rules["in"]),
        agenda_out=tuple(AgendaRule(rule["when"], rule["clause"]) for rule in rules["out"]),
        duties=tuple(Duty(**duty) for duty in raw["duties"]),
        invites=tuple(raw["invites"]),
        callers=tuple(raw["callers"]),
        starts=raw["starts"],
        place=raw["place"],
        steps=MappingProxyType({code: _step(code, values) for code, values in raw["steps"].items()}),
    )


def _step(code: str, raw: Mapping[str, Any]) -> Step:
    return Step(
        code=code,
        name=raw["name"],
        does=raw["does"],
        owes=raw["owes"],
        when=when(raw["when"]),
        clause=raw["clause"],
        is_setting=raw["basis"] is not None,
        after=tuple(raw["after"]),
        papers=tuple(raw["papers"]),
    )
