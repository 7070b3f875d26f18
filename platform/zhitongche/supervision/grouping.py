"""Which petitions make one repeated problem (ST-1.1.4). Pure: the pack's rule over what was received, no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from math import sqrt
from typing import TYPE_CHECKING, Final, Protocol
from uuid import UUID

from zhitongche.kernel import text
from zhitongche.supervision import words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from zhitongche.tenancy.repeated import Repeated

LIKENESS: Final = 0.5
"""From this similarity on the words are alike, as with duplicates."""
COMPARED: Final = 200
"""So many of a place's petitions, the newest, are compared word by word."""
SHORTEST: Final = timedelta(days=30)
"""Less than that of earlier time says nothing about an earlier rate."""
ENTERPRISES: Final = 2
"""One enterprise that asks again is a duplicate, not a problem of a place."""


class Received(Protocol):
    """A petition as it counts here; `at` in UTC."""

    @property
    def id(self) -> UUID: ...
    @property
    def unit_id(self) -> UUID | None: ...
    @property
    def area(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def enterprise_id(self) -> UUID: ...
    @property
    def at(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Group:
    """A proposed problem: of a unit or of an area, on a subject, with its petitions and the ground in words."""

    unit_id: UUID | None
    area: str
    subject: str
    petitions: tuple[UUID, ...]
    ground: str

    @property
    def key(self) -> str:
        """What makes it the same problem at the next search."""
        return key_of(self.unit_id, self.area, self.subject)


@dataclass(frozen=True, slots=True)
class Span:
    """The days looked at, and what is known of the time before them; moments in UTC."""

    begins: datetime
    days: int
    before: timedelta


def key_of(unit_id: UUID | None, area: str, subject: str) -> str:
    """The place and the subject."""
    return f"unit:{unit_id}:{subject}" if unit_id else f"area:{area}:{subject}"


def span(rule: Repeated, now: datetime, first: datetime | None) -> Span:
    """The rule's days up to now, and as many before them as the tenant has existed."""
    length = timedelta(days=rule.days)
    begins = now - length
    known = max(begins - first, timedelta()) if first else timedelta()
    return Span(begins, rule.days, min(length, known))


def groups(
    seen: Sequence[Received], rule: Repeated, within: Span, told: Callable[[Collection[UUID]], Mapping[UUID, str]], known: Collection[UUID] = ()
) -> list[Group]:  # fmt: skip
    """The problems in what was received, those of units first. `told` gives words by id; `known` belong to a problem already."""
    found = [group for cell in _cells(seen) if (group := _group(cell, rule, within, told, known))]
    of_units = [group for group in found if group.unit_id]
    # What is one unit's problem is not told once more as that of the place where it happens.
    return of_units + [one for one in found if not one.unit_id and not any(_within(one, other) for other in of_units)]


def _cells(seen: Sequence[Received]) -> Iterator[list[Received]]:
    yield from _parted((one for one in seen if one.unit_id), lambda one: (str(one.unit_id), one.subject))
    for cell in _parted((one for one in seen if one.area), lambda one: (one.area, one.subject)):
        yield [_of_area(one) for one in cell]


def _parted(seen: Iterable[Received], by: Callable[[Received], tuple[str, str]]) -> Iterator[list[Received]]:
    for _, cell in groupby(sorted(seen, key=lambda one: (by(one), one.at, one.id)), by):
        yield list(cell)


@dataclass(frozen=True, slots=True)
class _InArea:
    id: UUID
    area: str
    subject: str
    enterprise_id: UUID
    at: datetime
    unit_id: None = None


def _of_area(one: Received) -> Received:
    return _InArea(one.id, one.area, one.subject, one.enterprise_id, one.at)


def _group(
    cell: list[Received], rule: Repeated, within: Span, told: Callable[[Collection[UUID]], Mapping[UUID, str]], known: Collection[UUID]
) -> Group | None:  # fmt: skip
    now = [one for one in cell if one.at >= within.begins and one.id not in known]
    before = sum(within.begins - within.before <= one.at < within.begins for one in cell)
    if len(now) < min(rule.least, rule.alike):
        return None
    alike = _alike(now, told)
    if _more(len(now), before, rule, within):
        members, ground = now, _ground(len(now), before, len(alike) if len(alike) >= rule.alike else 0, within)
    elif len(alike) >= rule.alike:
        members, ground = alike, _ground(len(alike), None, len(alike), within)
    else:
        return None
    if len({one.enterprise_id for one in members}) < ENTERPRISES:
        return None
    first = cell[0]
    return Group(first.unit_id, "" if first.unit_id else first.area, first.subject, tuple(one.id for one in members), ground)


def _more(now: int, before: int, rule: Repeated, within: Span) -> bool:
    """Whether it is clearly above the place's own earlier rate: by the rule's multiple, and by more than chance scatters."""
    if within.before < SHORTEST:
        return False
    expected = before * (timedelta(days=within.days) / within.before)
    return now >= rule.least and now >= rule.times * expected and now >= expected + 2 * sqrt(expected)


def _alike(now: list[Received], told: Callable[[Collection[UUID]], Mapping[UUID, str]]) -> list[Received]:
    newest = now[-COMPARED:]
    texts = told([one.id for one in newest])
    return [newest[place] for place in text.alike([texts.get(one.id, "") for one in newest], LIKENESS)]


def _ground(now: int, before: int | None, alike: int, within: Span) -> str:
    if before is None:
        return f"{words.GROUND_ONLY.format(days=within.days, now=now)}，{words.GROUND_ALL_ALIKE}"
    told = words.GROUND_MORE.format(days=within.days, now=now, span=within.before.days, before=before)
    return f"{told}；{words.GROUND_ALIKE.format(alike=alike)}" if alike else told


def _within(one: Group, other: Group) -> bool:
    return one.subject == other.subject and set(one.petitions) <= set(other.petitions)
