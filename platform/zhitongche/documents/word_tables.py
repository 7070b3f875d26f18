"""Forms and tables in a Word document."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH as AT
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from zhitongche.documents import word_parts as parts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docx.document import Document
    from docx.table import Table, _Cell, _Row

_LABEL, _HALF = 30, 50
_PORTRAIT, _LANDSCAPE = 156, 250
_ANY: Final = "—"


def form(document: Document, told: Mapping[str, Any]) -> None:
    """Labels and what is filled in; a tall box leaves room for a hand-written opinion."""
    _under_title(document, told)
    grid = _grid(document, [_LABEL, _HALF, _LABEL, _HALF])
    for boxes in told["boxes"]:
        cells = _row(grid).cells
        if len(boxes) == 1:
            cells[1].merge(cells[3])
        for number, box in enumerate(boxes):
            _cell(cells[2 * number], box["label"], parts.HEI, 13, AT.CENTER, _LABEL)
            empty = box["tall"] and not box["text"]
            text = "\n\n签名：　　　　　　　　　年　　月　　日" if empty else box["text"]
            _cell(cells[2 * number + 1], text, parts.FANG, 13, AT.RIGHT if empty else AT.LEFT, _HALF if len(boxes) > 1 else 2 * _HALF + _LABEL)
    for one in told["body"]:
        parts.new(document, one["text"], parts.FANG, 12)
    parts.new(document, told["signer"], parts.FANG, 12, AT.RIGHT)


def table(document: Document, told: Mapping[str, Any]) -> None:
    """A ruled table; its head is repeated on every page."""
    _under_title(document, told)
    for one in told["body"]:
        parts.body(document, one["text"], parts.FANG)
    ruled(document, told)
    parts.new(document, told["signer"], parts.FANG, 12, AT.RIGHT)
    if told["copies"]:
        parts.new(document, f"抄送：{told['copies']}", parts.FANG, 12)


def ruled(document: Document, told: Mapping[str, Any]) -> None:
    """The table alone, as a letter has it under its text."""
    columns, area = told["columns"], _LANDSCAPE if told["landscape"] else _PORTRAIT
    widths = _widths([column["width"] for column in columns], area)
    grid = _grid(document, widths)
    _fill(_row(grid), [column["name"] for column in columns], parts.HEI, [True] * len(columns), widths)
    _repeat(grid.rows[0])
    if told["rows"]:
        _fill(_row(grid), [_ANY] * len(columns), parts.FANG, [column["centred"] for column in columns], widths)
        _copy(grid, told["rows"])


def _grid(document: Document, widths: Sequence[float]) -> Table:
    """An empty ruled table with columns of these widths (mm), told to the table itself: some programs ask no cell."""
    grid: Table = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    grid.autofit = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
    return grid


def _row(grid: Table) -> _Row:
    row: _Row = grid.add_row()  # type: ignore[no-untyped-call]  # the library leaves this one out
    return row


def _under_title(document: Document, told: Mapping[str, Any]) -> None:
    parts.new(document, "　　".join(text for text in (told["number"], told["date"]) if text), parts.FANG, 12, AT.RIGHT)


def _widths(shares: Sequence[int], area: int) -> list[float]:
    """Millimetres; a column as wide as its content gets what a short word needs."""
    narrow = 14.0
    rest = area - narrow * shares.count(0)
    return [rest * share / max(1, sum(shares)) if share else narrow for share in shares]


def _fill(row: _Row, texts: Sequence[str], font: str, centred: Sequence[bool], widths: Sequence[float]) -> None:
    for cell, text, middle, width in zip(row.cells, texts, centred, widths, strict=True):
        _cell(cell, text, font, 10.5, AT.CENTER if middle else AT.LEFT, width)


def _copy(grid: Table, rows: Sequence[Sequence[str]]) -> None:
    """The rows after the pattern of the last one: set cell by cell, a long table took ten times as long."""
    pattern = grid.rows[-1]._tr
    for texts in rows:
        copied = deepcopy(pattern)
        for cell, text in zip(copied.tc_lst, texts, strict=True):
            _say(cell, text.split("\n"))
        pattern.addprevious(copied)
    pattern.getparent().remove(pattern)


def _say(cell: Any, lines: Sequence[str]) -> None:
    first = cell.p_lst[0]
    for line in lines[:0:-1]:
        more = deepcopy(first)
        _text_of(more).text = line
        first.addnext(more)
    _text_of(first).text = lines[0]


def _text_of(paragraph: Any) -> Any:
    found = paragraph.find(f".//{qn('w:t')}")
    found.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return found


def _cell(cell: _Cell, text: str, font: str, size: float, at: AT, width: float) -> None:
    cell.width, cell.vertical_alignment = Mm(width), VERTICAL.CENTER
    for number, told in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        parts.line(paragraph, told, font, size, at)
        paragraph.paragraph_format.line_spacing_rule, paragraph.paragraph_format.line_spacing = WD_LINE_SPACING.MULTIPLE, 1.2
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)


def _repeat(row: _Row) -> None:
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(header)
