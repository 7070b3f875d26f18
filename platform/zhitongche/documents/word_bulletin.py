"""A bulletin 简报 in Word: red mark, issue, who and when over a red line; sections with their tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docx.enum.text import WD_ALIGN_PARAGRAPH as AT
from docx.enum.text import WD_TAB_ALIGNMENT as TAB
from docx.shared import Mm, Pt

from zhitongche.documents import word_parts as parts
from zhitongche.documents import word_tables as tables

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.document import Document

_BODY: Final = 14.0


def bulletin(document: Document, told: Mapping[str, Any]) -> None:
    """What stands below the mark and the title is told by the sections."""
    parts.new(document, told["lead"], parts.KAI, 12, AT.JUSTIFY)
    for section in told["sections"]:
        heading = parts.new(document, section["heading"], parts.HEI, _BODY)
        heading.paragraph_format.keep_with_next = True
        heading.paragraph_format.space_before = Pt(8)
        for text in section["paragraphs"]:
            paragraph = parts.new(document, text, parts.FANG, _BODY, AT.JUSTIFY)
            paragraph.paragraph_format.first_line_indent = Pt(2 * _BODY)
        for one in section["tables"]:
            _table(document, one)


def head(document: Document, told: Mapping[str, Any]) -> None:
    """Mark, number of the issue, maker and date, a red line, the title."""
    parts.new(document, told["mark"], parts.SONG, parts.fitting(told["mark"], 40), AT.CENTER, colour=parts.RED)
    if told["number"]:
        parts.new(document, told["number"], parts.FANG, 16, AT.CENTER)
    line = parts.new(document, f"{told['signer']}\t{told['date']}", parts.FANG, _BODY)
    line.paragraph_format.tab_stops.add_tab_stop(Mm(156), TAB.RIGHT)
    parts.rule(line, "bottom", parts.RED_HEX, 12)
    title = parts.new(document, told["title"], parts.SONG, 20, AT.CENTER)
    parts.balance(title, told["title"], 20)
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(16), Pt(8)


def _table(document: Document, table: Mapping[str, Any]) -> None:
    caption = parts.new(document, table["caption"], parts.HEI, 12, AT.CENTER)
    caption.paragraph_format.keep_with_next = True
    columns = [{"name": name, "width": width, "centred": centred} for name, width, centred in table["columns"]]
    tables.ruled(document, {"columns": columns, "rows": table["rows"], "landscape": False})
