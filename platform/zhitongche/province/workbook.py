"""The spreadsheet of the league table: one sheet a set of figures, the number and what it is made of in columns of their own."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from zhitongche.kernel import clock
from zhitongche.province import league, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from zhitongche.province.numbers import Numbers
    from zhitongche.statistics import Period
    from zhitongche.statistics.cells import Cell
    from zhitongche.statistics.definitions import Figure

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NAME: Final = 26


def workbook(found: Numbers, period: Period) -> BytesIO:
    """The file; the last sheet says what each figure means."""
    book, figures = Workbook(write_only=True), {figure.code: figure for figure in found.figures}
    sections = league.sections(found.families, found.cells, found.totals, league.Sorting())
    for key, label in words.SETS.items():
        sheet = _sheet(book, label, len(words.FIGURES[key]) * 2)
        _head(sheet, f"{words.SHEET}　{label}　{period.name}", [figures[code] for code in words.FIGURES[key]])
        for row in _rows(found, sections):
            sheet.append([row.name, *(part for code in words.FIGURES[key] for part in _parts(row.cells[code]))])
    _meanings(book, found)
    buffer = BytesIO()
    book.save(buffer)
    buffer.seek(0)
    return buffer


def _rows(found: Numbers, sections: list[league.Section]) -> Iterator[league.Row]:
    yield found.whole
    for section in sections:
        yield from ((section.total,) if section.total else ())
        yield from section.rows


def _parts(cell: Cell) -> tuple[float | str, str]:
    # A number stays a number, so that it can be reckoned with; what is covered is a text.
    return (cell.text if cell.amount is None else round(cell.amount, 1)), cell.note


def _head(sheet: WriteOnlyWorksheet, title: str, figures: list[Figure]) -> None:
    sheet.append([_bold(sheet, title)])
    sheet.append([words.SHEET_NOTE.format(moment=f"{clock.local(clock.now()):%Y-%m-%d %H:%M}") + words.FEW])
    heads = [words.PLACE, *(part for one in figures for part in (f"{one.name}（{one.unit}）", words.MADE_OF if one.denominator else ""))]
    sheet.append([_bold(sheet, head) for head in heads])


def _meanings(book: Workbook, found: Numbers) -> None:
    sheet = _sheet(book, words.MEANINGS, 5)
    sheet.append([_bold(sheet, head) for head in words.MEANING_HEADS])
    for one in found.figures:
        sheet.append([one.name, one.meaning, one.excluded, one.period, one.source])


def _sheet(book: Workbook, title: str, columns: int) -> WriteOnlyWorksheet:
    sheet = book.create_sheet(title)
    for number in range(1, columns + 2):
        sheet.column_dimensions[get_column_letter(number)].width = _NAME if number == 1 else _NAME // 2
    return sheet


def _bold(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell
