"""What repeats, in every report: supervision tells it, statistics prints it, and neither knows the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhitongche import supervision
from zhitongche.statistics.reports import adding
from zhitongche.statistics.reports.readings import Section
from zhitongche.supervision import summing_up

if TYPE_CHECKING:
    from flask import Flask

    from zhitongche.statistics.reports.readings import Readings

PART: Final = "repeated"


def init_app(app: Flask) -> None:
    """Follow the papers of findings, and tell of them in reports."""
    supervision.init_app(app)
    adding.add(app, PART, _section)


def _section(read: Readings) -> Section | None:
    lines = summing_up.of(read.span.period.first, read.span.period.last)
    return Section(PART, lines) if lines else None
