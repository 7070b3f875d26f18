"""The tables of a report. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhitongche.kernel import clock
from zhitongche.statistics.reports.figure_codes import SHOWN, UNITS
from zhitongche.statistics.reports.readings import Readings, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhitongche.statistics.reports.readings import LateOne
    from zhitongche.statistics.values import Value

_NO_SOURCE: Final = "管理口径"


def figures(read: Readings) -> Table:
    """Every figure: now, what it was made of, before, a year ago, what was left out."""
    columns = [("指标", 5, False), ("本期", 3, True), ("分子/分母", 3, True), (read.than, 3, True), ("去年同期", 3, True), ("不计入", 2, True)]
    rows = [
        [
            f"{now.figure.name}（{now.figure.unit}）", now.text, _parts(now), read.before[code].text, read.year[code].text,
            str(now.left_out) if now.left_out else "",
        ]
        for code, now in ((code, read.now[code]) for code in SHOWN)
    ]  # fmt: skip
    return Table("主要指标", columns, rows)


def trend(read: Readings) -> Table:
    """What came in and went out over the last periods."""
    codes = ("received", "finished", "on_hand")
    names = [read.now[code].figure.name for code in codes]
    columns = [("统计期", 4, True), *((name, 2, True) for name in names)]
    rows = [[name, *(values[code].text for code in codes)] for name, values in read.trend]
    return Table("近期收办", columns, rows, draws=(1, 2))


def keyed(read: Readings, code: str) -> list[Table]:
    """A figure by what it is divided by; no table where nothing was counted."""
    values, figure = read.keyed.get(code, ()), read.now[code].figure
    if not values:
        return []
    if figure.shape == "rate":
        columns = [("时限", 5, False), (figure.name, 2, True), ("按时/应完成", 2, True)]
        return [Table("各项时限按时率", columns, [[name, value.text, _parts(value)] for name, value in values])]
    columns = [("情形", 6, False), (f"{figure.name}（{figure.unit}）", 2, True)]
    return [Table(f"{figure.name}的情形", columns, [[name, value.text] for name, value in values])]


def steps(read: Readings) -> list[Table]:
    """How long the steps took."""
    medians, longest = read.keyed.get("step_median", ()), dict(read.keyed.get("step_p90", ()))
    if not medians:
        return []
    columns = [("环节", 5, False), ("件次", 2, True), ("中位数（工时）", 2, True), ("九成位（工时）", 2, True)]
    return [Table("各环节用时", columns, [[name, str(value.numerator), value.text, longest[name].text] for name, value in medians])]


def late(rows: Sequence[LateOne]) -> Table:
    """Petitions past their limits, by number only: their contents stay where they are read on the record."""
    columns = [("诉求编号", 4, True), ("责任单位", 4, False), ("超过的时限", 4, False), ("到期", 4, True), ("超期天数", 2, True)]
    told = [[one.number, one.unit, one.what, f"{clock.local(one.since):%Y-%m-%d %H:%M}", str(one.days)] for one in rows]
    return Table("超期未办结件", columns, told)


def units(read: Readings) -> Table:
    """The units' figures; a rate with its denominator."""
    first = next(iter(read.units))[1]
    columns = [("单位", 4, False), *((first[code].figure.name, 2, True) for code in UNITS)]
    return Table("各单位情况", columns, [[name, *(_cell(values[code]) for code in UNITS)] for name, values in read.units])


def definitions(read: Readings) -> Table:
    """The definitions that the report goes by."""
    columns = [("指标", 3, False), ("含义", 7, False), ("不计入", 5, False), ("统计时点", 3, False), ("依据", 2, True)]
    told = [read.now[code].figure for code in SHOWN]
    return Table("指标口径", columns, [[one.name, one.meaning, one.excluded, one.period, one.source or _NO_SOURCE] for one in told])


def _parts(value: Value) -> str:
    return f"{value.numerator}/{value.denominator}" if value.denominator else ""


def _cell(value: Value) -> str:
    return f"{value.text}\n{parts}" if (parts := _parts(value)) else value.text
