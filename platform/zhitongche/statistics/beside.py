"""What counts and stands in no petition's journal (meetings): told by its room, kept as facts under its own id."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import current_app
from sqlalchemy import select

from zhitongche.persistence import db
from zhitongche.statistics.counting import stands
from zhitongche.statistics.fold import Fact
from zhitongche.statistics.tables import FigureCase
from zhitongche.statistics.writing import put, sums

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from flask import Flask

    from zhitongche.statistics.definitions import Definitions

_SOURCES: Final = "zhitongche_figures_beside"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Something that happened once and for all: an event of the vocabulary, on a day in China, divided by `key`."""

    id: UUID
    what: str
    day: date
    key: str = ""


Source = Callable[[], Iterable[Occurrence]]


def from_source(app: Flask, source: Source) -> None:
    """Ask this source for everything that ever happened when figures are recomputed or proved."""
    app.extensions.setdefault(_SOURCES, []).append(source)


def count(one: Occurrence) -> None:
    """Count it in every edition that is being written, in the transaction in which it happens."""
    for stand in stands(one.id):
        if stand.seq is None:
            _put(stand.edition, stand.definitions, one)


def count_all(edition: int, by: Definitions) -> None:
    """Count in one edition whatever it has not counted yet."""
    found = occurrences()
    counted = select(FigureCase.petition_id).where(FigureCase.edition == edition, FigureCase.petition_id.in_([one.id for one in found]))
    known = set(db.session.scalars(counted))
    for one in found:
        if one.id not in known:
            _put(edition, by, one)


def occurrences() -> list[Occurrence]:
    """Everything that the sources tell of the tenant."""
    return [one for source in current_app.extensions.get(_SOURCES, ()) for one in source()]


def facts(one: Occurrence, by: Definitions) -> list[Fact]:
    """The facts that it gives under these definitions. Pure."""
    rules = [rule for rule in by.facts.values() if one.what in rule.trigger.on]
    return [Fact(no, rule.kind, one.day, key=one.key if rule.key else "") for no, rule in enumerate(rules, 1)]


def _put(edition: int, by: Definitions, one: Occurrence) -> None:
    found = facts(one, by)
    put(edition, one.id, 1, {}, found, sums(found))
