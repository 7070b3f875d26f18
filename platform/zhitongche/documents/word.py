"""The paper as .docx that WPS and Word open: named Chinese fonts, the page and the grid of the standard."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import docx as python_docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as AT
from docx.enum.text import WD_TAB_ALIGNMENT as TAB
from docx.shared import Mm, Pt

from zhitongche.documents import word_bulletin
from zhitongche.documents import word_parts as parts
from zhitongche.documents import word_tables as tables
from zhitongche.documents.styling import styled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.document import Document

_STYLES = {"h1": parts.HEI, "h2": parts.KAI, "p": parts.FANG}


def docx(content: Mapping[str, Any]) -> bytes:
    """The content (with number, date and, for whoever takes it away, a watermark) as an Office Open XML document."""
    told = styled(content)
    document = python_docx.Document()
    _page(document, told)
    {"bulletin": word_bulletin.head}.get(told["layout"], _head)(document, told)
    {"form": tables.form, "list": tables.table, "bulletin": word_bulletin.bulletin}.get(told["layout"], _letter)(document, told)
    parts.properties(document, told)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Document, told: Mapping[str, Any]) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin, section.right_margin, section.bottom_margin = Mm(37), Mm(28), Mm(26), Mm(35)
    if told["landscape"]:
        section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
        section.top_margin, section.left_margin, section.right_margin, section.bottom_margin = Mm(28), Mm(25), Mm(22), Mm(26)
    section.footer_distance, section.header_distance = Mm(24), Mm(15)
    if told["layout"] == "form":
        section.left_margin = section.right_margin = section.top_margin = Mm(25)
    parts.normal(document)
    parts.page_numbers(document, section)
    if told["watermark"]:
        parts.line(section.header.paragraphs[0], told["watermark"], parts.HEI, 10.5, AT.CENTER, colour=parts.GREY)


def _head(document: Document, told: Mapping[str, Any]) -> None:
    red = told["layout"] in {"red_head", "letter"}
    if told["mark"]:
        size = parts.fitting(told["mark"], 46 if red else 22)
        paragraph = parts.new(document, told["mark"], parts.SONG, size, AT.CENTER, colour=parts.RED if red else None)
        paragraph.paragraph_format.space_before = Mm(28) if told["layout"] == "red_head" else Pt(0)
        if told["layout"] == "letter":
            parts.rule(paragraph, "bottom", parts.RED_HEX, 24, "thickThinSmallGap")
    if red:
        number = parts.new(document, told["number"], parts.FANG, 16, AT.RIGHT if told["layout"] == "letter" else AT.CENTER)
        if told["layout"] == "red_head":
            parts.rule(number, "bottom", parts.RED_HEX, 12)
    title = parts.new(document, told["title"], parts.SONG, 22 if told["layout"] != "list" else 20, AT.CENTER)
    parts.balance(title, told["title"], 22)
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(29 if red else 0), Pt(16)
    if told["layout"] == "notice" and told["number"]:
        parts.new(document, told["number"], parts.FANG, 16, AT.CENTER)


def _letter(document: Document, told: Mapping[str, Any]) -> None:
    if told["addressee"]:
        parts.new(document, told["addressee"] + "：", parts.FANG, 16)
    for one in told["body"]:
        parts.body(document, one["text"], _STYLES[one["style"]]).paragraph_format.keep_with_next = one["style"] != "p"
    if told["columns"]:
        tables.ruled(document, told)
    for number, name in enumerate(told["attachments"], start=1):
        lead = "附件：" if number == 1 else "　　　"
        parts.body(document, lead + (f"{number}. {name}" if len(told["attachments"]) > 1 else name), parts.FANG)
    _signed(document, told)
    _imprint(document, told)


def _signed(document: Document, told: Mapping[str, Any]) -> None:
    signer = parts.new(document, told["signer"], parts.FANG, 16, AT.RIGHT)
    signer.paragraph_format.space_before = Pt(58)
    signer.paragraph_format.keep_with_next = True
    edge = max(1, 4 - max(0, (len(told["signer"]) - len(told["date"]) + 3) // 2))
    signer.paragraph_format.right_indent = Pt(16 * edge)
    date = parts.new(document, told["date"], parts.FANG, 16, AT.RIGHT)
    date.paragraph_format.right_indent = Pt(16 * 4)


def _imprint(document: Document, told: Mapping[str, Any]) -> None:
    """Word has no foot of the last page; the imprint follows the date, as most offices write it."""
    lines = [f"抄送：{told['copies']}。"] if told["copies"] else []
    if told["layout"] == "red_head":
        lines.append(f"{told['printer']}\t{told['date']}印发")
    for number, text in enumerate(lines):
        paragraph = parts.new(document, text, parts.FANG, 14)
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(151), TAB.RIGHT)
        if number == 0:
            paragraph.paragraph_format.space_before = Pt(58)
        if told["layout"] == "red_head":
            parts.rule(paragraph, "top", "000000", 8 if number == 0 else 6)
            if number == len(lines) - 1:
                parts.rule(paragraph, "bottom", "000000", 8)
