"""Invented numbers for every kind of chart."""

from __future__ import annotations

from zhitongche.webkit.charts import Cell, Column, Row, Table

_MONTHS = ("9月", "10月", "11月", "12月", "1月", "2月")
_UNITS = ("自然资源局", "住房和城乡建设局", "市场监督管理局", "国家税务总局示例县税务局", "供电局")


def tables() -> dict[str, Table]:
    """One table for each kind of chart."""
    return {
        "trend": _table("月份", ("收到", "办结"), _MONTHS, ((38, 31), (42, 40), (29, 33), (51, 44), (47, 49), (18, 26)), line=("在办", (12, 14, 10, 17, 15, 7))),
        "rates": _rates("月份", ("甄别分办", "答复"), _MONTHS, ((98.2, 91.0), (97.5, 92.4), (99.0, None), (96.1, 90.2), (98.8, 94.7), (100.0, 97.1))),
        "shares": _table("月份", ("满意", "基本满意", "不满意", "默认满意"), _MONTHS, ((20, 3, 1, 7), (24, 4, 2, 9), (18, 2, 0, 8), (30, 5, 1, 10), (31, 2, 3, 8), (16, 1, 0, 4))),
        "units": _rates("单位", ("按时办结率",), _UNITS, ((98.1,), (91.3,), (100.0,), (87.5,), (None,))),
        "grounds": _table("情形", ("不予受理",), ("不属于受理范围", "已进入诉讼程序", "重复提出", "信访事项"), ((9,), (4,), (6,), (2,))),
        "flows": _flows((("乡镇", "县", 18), ("县", "市", 7), ("县", "县级部门", 41), ("市", "市级部门", 5), ("市", "退回县", 2))),
        "hours": _table("环节", ("自然资源局", "市场监督管理局", "供电局"), ("甄别", "办理", "答复"), ((3, 2, 4), (31, 22, 16), (6, 9, 5))),
        "none": Table("月份", (Column("收到", "件"),), ()),
    }  # fmt: skip


def _table(
    heading: str,
    names: tuple[str, ...],
    rows: tuple[str, ...],
    numbers: tuple[tuple[int, ...], ...],
    line: tuple[str, tuple[int, ...]] | None = None,
) -> Table:
    columns = [Column(name, "件") for name in names]
    columns += [Column(line[0], "件", "line")] if line else []
    full = [(*row, line[1][at]) if line else row for at, row in enumerate(numbers)]
    cells = [[Cell(str(number), number, "/gallery/charts") for number in row] for row in full]
    return Table(heading, columns, [Row(name, row) for name, row in zip(rows, cells, strict=True)])


def _rates(
    heading: str, names: tuple[str, ...], rows: tuple[str, ...], numbers: tuple[tuple[float | None, ...], ...]
) -> Table:
    def cell(rate: float | None) -> Cell:
        return Cell("—") if rate is None else Cell(f"{rate}%", rate, "/gallery/charts", f"{rate * 2:.0f}/200")

    columns = [Column(name, "%") for name in names]
    return Table(
        heading,
        columns,
        [Row(name, [cell(rate) for rate in row]) for name, row in zip(rows, numbers, strict=True)],
    )


def _flows(flows: tuple[tuple[str, str, int], ...]) -> Table:
    rows = [Row(origin, [Cell(goal), Cell(str(number), number)]) for origin, goal, number in flows]
    return Table("从", (Column("到"), Column("件数", "件")), rows)
