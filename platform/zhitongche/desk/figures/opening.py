"""Where a number opens: every figure its definition, every count the petitions behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import url_for

from zhitongche.desk.figures import words
from zhitongche.statistics import definitions
from zhitongche.webkit.charts import Cell

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from zhitongche.statistics import Value
    from zhitongche.statistics.definitions import Figure

_OF_MEETINGS: Final = {"commitment_due": "desk.meetings.commitments.show", "commitment_kept": "desk.meetings.commitments.show", "meeting_held": "desk.meetings.year.show"}
"""Facts that are no petition's, and where they are seen."""


def definition_url(code: str, query: Mapping[str, str], unit: UUID | None = None) -> str:
    """The page of a figure over a period."""
    return _url("definition", query, figure=code, unit=unit)


def behind_url(figure: Figure, query: Mapping[str, str], part: str = "numerator", *, unit: UUID | None = None, key: str | None = None) -> str:
    """The petitions behind a part of a figure, or the meetings and commitments that it counts."""
    rules = (definitions.installed().facts.get(kind) for kind in figure.numerator)
    for event in (event for rule in rules if rule for event in rule.trigger.on & _OF_MEETINGS.keys()):
        return url_for(_OF_MEETINGS[event])
    return _url("behind", query, figure=figure.code, part=part, unit=unit, key=key)


def _url(page: str, query: Mapping[str, str], **values: Any) -> str:
    return url_for(f"desk.figures.{page}.show", **values | dict(query))


def note(value: Value) -> str:
    """What a value was made of, small beside it: 412/424, or from how many spans."""
    if value.denominator:
        return words.OF_RATE.format(numerator=value.numerator, denominator=value.denominator)
    return words.OF_SPANS.format(count=value.numerator) if value.figure.shape == "percentile" and value.numerator else ""


def cell(value: Value, query: Mapping[str, str], *, unit: UUID | None = None, key: str | None = None) -> Cell:
    """A value in a table: a link to what is behind it, where anything is."""
    counted = value.numerator or value.denominator
    part = "denominator" if value.figure.shape == "rate" else "numerator"
    url = behind_url(value.figure, query, part, unit=unit, key=key) if counted else ""
    return Cell.of(value, url, note(value))
