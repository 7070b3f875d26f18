"""Reports joined to what stands beside figures: the findings on repeated problems (ST-1.1.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhitongche.statistics.reports import adding
from zhitongche.statistics.reports.readings import Section
from zhitongche.supervision import summing_up

if TYPE_CHECKING:
    from flask import Flask

    from zhitongche.statistics.reports.readings import Readings

_PART: Final = "repeated"


def init_app(app: Flask) -> None:
    """Have the reports tell what repeats."""
    adding.add(app, _PART, _repeated)


def _repeated(read: Readings) -> Section | None:
    told = summing_up.of(read.span.period.first, read.span.period.last)
    return Section(_PART, told) if told else None
