"""A report as a workbook: each figure with numerator, denominator and what was left out, and a sheet of definitions."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_PARTS: Final = ("值", "分子", "分母")
_WIDE, _NARROW = 26, 11
_FORMATS: Final = {"rate": "0.0%", "percentile": "0.0"}

Row = list[Any]


def xlsx(content: Mapping[str, Any]) -> bytes:
    """The workbook. Numbers are numbers: a rate is a share shown in percent, nothing where it has no denominator."""
    book = Workbook()
    book.remove(book.active)
    shapes = {one["code"]: one["shape"] for one in content["figures"]}
    names = {one["code"]: f"{one['name']}（{one['unit']}）" for one in content["figures"]}
    _sheet(book, "指标", [[content["title"]], [content["covers"]]], _figures(content))
    _sheet(book, "各单位", [], _side_by_side("单位", content["units"], names, shapes))
    _sheet(book, "分项", [], _keyed(content, names, shapes))
    _sheet(book, "趋势", [], _side_by_side("统计期", content["trend"], names, shapes))
    _sheet(book, "指标口径", [], _definitions(content["figures"]))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _figures(content: Mapping[str, Any]) -> list[Row]:
    spans = (("本期", "now"), (content["than"], "before"), ("去年同期", "year"))
    head = ["指标", "单位", *(f"{name}{part}" for name, _ in spans for part in _PARTS), "本期不计入"]
    rows = [
        [one["name"], one["unit"], *(cell for _, span in spans for cell in _cells(one[span], one["shape"])), one["now"]["left_out"]]
        for one in content["figures"]
    ]
    return [head, *rows]


def _side_by_side(heading: str, lines: Sequence[Mapping[str, Any]], names: Mapping[str, str], shapes: Mapping[str, str]) -> list[Row]:
    codes = list(lines[0]["values"]) if lines else []
    called = {code: names.get(code, code) for code in codes}
    head = [heading, *(f"{called[code]}{part}" for code in codes for part in _PARTS)]
    rows = [[line["name"], *(cell for code in codes for cell in _cells(line["values"][code], shapes.get(code, "count")))] for line in lines]
    return [head, *rows]


def _keyed(content: Mapping[str, Any], names: Mapping[str, str], shapes: Mapping[str, str]) -> list[Row]:
    rows: list[Row] = [["指标", "分项", *_PARTS, "不计入"]]
    for code, lines in content["keyed"].items():
        shape = shapes.get(code, "percentile")
        rows += [[names.get(code, code), one["name"], *_cells(one, shape), one["left_out"]] for one in lines]
    return rows


def _definitions(figures: Iterable[Mapping[str, Any]]) -> list[Row]:
    head = ["代号", "指标", "单位", "含义", "不计入", "统计时点", "依据"]
    return [head, *([one[name] for name in ("code", "name", "unit", "meaning", "excluded", "period", "source")] for one in figures)]


class _Number:
    """A number with the way it is shown."""

    def __init__(self, amount: float | None, shown: str) -> None:
        self.amount, self.shown = amount, shown


def _cells(value: Mapping[str, Any], shape: str) -> list[Any]:
    amount = value["amount"]
    whole = amount / 100 if shape == "rate" and amount is not None else amount
    return [_Number(whole, _FORMATS.get(shape, "0")), value["numerator"], value["denominator"]]


def _sheet(book: Workbook, name: str, above: list[Row], rows: list[Row]) -> None:
    sheet = book.create_sheet(name)
    for row in (*above, *rows):
        sheet.append([one.amount if isinstance(one, _Number) else one for one in row])
        for cell, one in zip(sheet[sheet.max_row], row, strict=True):
            if isinstance(one, _Number):
                cell.number_format = one.shown
            elif isinstance(one, str):
                # A name must never run as a formula on an official's machine (CWE-1236).
                cell.data_type = "s"
    for cell in sheet[len(above) + 1]:
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="center")
    sheet.freeze_panes = sheet.cell(row=len(above) + 2, column=2)
    for number in range(1, len(rows[0]) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDE if number == 1 else _NARROW
