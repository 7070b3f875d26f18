"""From readings to the report as it is kept: plain JSON, from which page, PDF, Word and Excel are all made. Pure."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from zhitongche.kernel import clock
from zhitongche.statistics.reports import spans, words
from zhitongche.statistics.reports.writing import WRITERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from zhitongche.statistics.reports.readings import Readings, Section, Values
    from zhitongche.statistics.values import Value
    from zhitongche.tenancy.pack import Pack

    Writers = Mapping[str, Callable[[Readings], Section | None]]

_NUMBERS: Final = "一二三四五六七八九十"


def compose(read: Readings, pack: Pack, parts: Iterable[str], added: Writers) -> dict[str, Any]:
    """The report's words and figures. `added` are the writers of parts that are none of ours."""
    span, place = read.span, pack.portal_name
    wanted = frozenset(parts)
    writers = {**WRITERS, **added}
    written = [writers[part](read) for part in words.PARTS if part in wanted and part in writers]
    sections = [one for one in written if one is not None]
    return {
        "title": words.TITLE.format(place=place, kind=words.KINDS[span.kind], name=spans.name(span)),
        "mark": words.MARK.format(place=place), "issue": spans.issue(span), "department": pack.department,
        "date": words.DAY.format(clock.local_date(read.at)), "kind": span.kind, "covers": _covers(read),
        "first": span.period.first.isoformat(), "last": span.period.last.isoformat(), "at": read.at.isoformat(), "than": read.than,
        "sections": [
            {"heading": f"{number}、{words.PARTS[one.code]}", **asdict(one)} for number, one in zip(_NUMBERS, sections, strict=False)
        ],
        "petitions": [one.id for one in read.late or ()] if "late" in wanted else [],
        "figures": [_line(read, code) for code in read.now], "units": [_of(name, values) for name, values in read.units],
        "keyed": {code: [{"name": name, **_told(value)} for name, value in found] for code, found in read.keyed.items()},
        "trend": [_of(name, values) for name, values in read.trend],
    }  # fmt: skip


def _covers(read: Readings) -> str:
    period, before = read.span.period, read.span.before
    days = {"first": period.first, "last": period.last, "before_first": before.first, "before_last": before.last}
    told = {name: words.DAY.format(day) for name, day in days.items()}
    return words.COVERS.format(**told, than=read.than, at=words.MOMENT.format(clock.local(read.at)))


def _line(read: Readings, code: str) -> dict[str, Any]:
    figure = read.now[code].figure
    about = {"code": code, "name": figure.name, "unit": figure.unit, "shape": figure.shape, "meaning": figure.meaning}
    about |= {"excluded": figure.excluded, "period": figure.period, "source": figure.source}
    return {**about, "now": _told(read.now[code]), "before": _told(read.before[code]), "year": _told(read.year[code])}


def _of(name: str, values: Values) -> dict[str, Any]:
    return {"name": name, "values": {code: _told(value) for code, value in values.items()}}


def _told(value: Value) -> dict[str, Any]:
    told = {"text": value.text, "amount": value.amount, "numerator": value.numerator}
    return {**told, "denominator": value.denominator, "left_out": value.left_out}
