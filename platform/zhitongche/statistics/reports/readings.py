"""What a report is written from: values and nothing else, so that its words can be proved without a database."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhitongche.kernel import clock
from zhitongche.statistics.reports import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from zhitongche.statistics.reports.spans import Span
    from zhitongche.statistics.values import Value

    Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class LateOne:
    """A petition past its limit, without its contents: `since` in UTC, `days` whole ones."""

    id: str
    number: str
    unit: str
    what: str
    since: datetime
    days: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table of texts; columns are (name, share of the width, centred), `draws` the columns that are numbers to draw."""

    caption: str
    columns: Sequence[tuple[str, int, bool]]
    rows: Sequence[Sequence[str]]
    draws: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a report."""

    code: str
    paragraphs: Sequence[str]
    tables: Sequence[Table] = ()


@dataclass(frozen=True, slots=True)
class Readings:
    """Everything read at one moment (`at`, UTC). `late` is None of a period that is over: lists are of today."""

    span: Span
    at: datetime
    now: Values
    before: Values
    year: Values
    units: Sequence[tuple[str, Values]] = ()
    keyed: Mapping[str, Sequence[tuple[str, Value]]] = field(default_factory=dict)
    trend: Sequence[tuple[str, Values]] = ()
    late: Sequence[LateOne] | None = None

    @property
    def this(self) -> str:
        """How the period is called within its own report."""
        return {"week": "本周", "month": "本月", "quarter": "本季度"}[self.span.kind] if self.span.whole else "本期"

    @property
    def than(self) -> str:
        """How the period before is called."""
        return {"week": "上周", "month": "上月", "quarter": "上季度"}[self.span.kind] if self.span.whole else "上期"

    @property
    def running(self) -> bool:
        """Whether the period's last day is not over."""
        return self.span.period.last >= clock.local_date(self.at)

    @property
    def as_of(self) -> str:
        """What stocks are told as of: the moment, or the end of a period that is over."""
        if self.running:
            return "截至" + words.MOMENT.format(clock.local(self.at))
        return "截至" + words.DAY.format(self.span.period.last)

    def others(self, code: str) -> tuple[tuple[Value, str], ...]:
        """What a figure is compared with; last year only where anything was counted then."""
        year = ((self.year[code], "去年同期"),) if self.year["received"].numerator else ()
        return ((self.before[code], self.than), *year)
