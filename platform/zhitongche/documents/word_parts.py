"""Paragraphs, fonts, rules and fields of a Word document that python-docx has no names for."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any, Final

from docx.enum.text import WD_ALIGN_PARAGRAPH as AT
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.document import Document
    from docx.section import Section
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

SONG: Final = "方正小标宋简体"
FANG: Final = "仿宋_GB2312"
HEI: Final = "黑体"
KAI: Final = "楷体_GB2312"
RED_HEX: Final = "D9001B"
RED: Final = RGBColor.from_string(RED_HEX)
GREY: Final = RGBColor(0x99, 0x99, 0x99)
PITCH: Final = Pt(28.95)
"""22 lines on 225 mm."""
_WIDTH: Final = 442.0
"""The type area, 156 mm, in points."""


def new(
    document: Document, text: str, font: str, size: float, at: AT = AT.LEFT, *, colour: RGBColor | None = None
) -> Paragraph:
    """A paragraph of its own."""
    return line(document.add_paragraph(), text, font, size, at, colour=colour)


def line(paragraph: Paragraph, text: str, font: str, size: float, at: AT = AT.LEFT, *, colour: RGBColor | None = None) -> Paragraph:
    """Text into a paragraph, on the grid of the page."""
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, max(PITCH, Pt(size * 1.3))
    paragraph.alignment = at
    run = _run(paragraph, text, font, size)
    if colour is not None:
        run.font.color.rgb = colour
    return paragraph


def body(document: Document, text: str, font: str) -> Paragraph:
    """A paragraph of the body, indented by two characters."""
    paragraph = new(document, text, font, 16, AT.JUSTIFY)
    _condense(paragraph.runs[0])
    # In this order: an indent made after the alignment is ignored by some programs.
    paragraph.paragraph_format.first_line_indent = Pt(32)
    indent: Any = paragraph._p.get_or_add_pPr().find(qn("w:ind"))
    indent.set(qn("w:firstLineChars"), "200")
    return paragraph


def fitting(text: str, most: float) -> float:
    """The largest size (points) in which the text fits on one line, or on two where that were too small."""
    length = sum(0.5 if sign.isascii() else 1 for sign in text)
    one = min(most, _WIDTH / max(1, length))
    return round(one if one >= 24 else min(most, 2 * _WIDTH / (length + 2)), 1)


def balance(paragraph: Paragraph, text: str, size: float) -> None:
    """Draw a title's edges in, so that its lines are of about the same length."""
    natural = size * len(text)
    if natural > _WIDTH:
        edge = max(0.0, (_WIDTH - natural / ceil(natural / _WIDTH) - 1.5 * size) / 2)
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(edge)


def rule(paragraph: Paragraph, edge: str, colour: str, eighths: int, kind: str = "single") -> None:
    """A ruled line above or below a paragraph; its weight in eighths of a point, its kind by ECMA-376, 17.18.2."""
    properties = paragraph._p.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(borders, "w:shd", "w:spacing", "w:ind", "w:jc", "w:rPr")
    one = OxmlElement(f"w:{edge}")
    for name, value in (("val", kind), ("sz", str(eighths)), ("space", "4"), ("color", colour)):
        one.set(qn(f"w:{name}"), value)
    borders.append(one)


def normal(document: Document) -> None:
    """The style on which everything rests: the body's font and size, Chinese for the breaking of lines."""
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = FANG, Pt(16)
    properties = style.element.get_or_add_rPr()
    properties.find(qn("w:rFonts")).set(qn("w:eastAsia"), FANG)
    language = OxmlElement("w:lang")
    for name, value in (("val", "en-US"), ("eastAsia", "zh-CN")):
        language.set(qn(f"w:{name}"), value)
    properties.append(language)


def page_numbers(document: Document, section: Section) -> None:
    """— 1 — at the outer edge: right on odd pages, left on even ones."""
    document.settings.odd_and_even_pages_header_footer = True
    for footer, at in ((section.footer, AT.RIGHT), (section.even_page_footer, AT.LEFT)):
        paragraph = line(footer.paragraphs[0], "— ", "宋体", 14, at)
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
        _page_field(paragraph)
        _run(paragraph, " —", "宋体", 14)


def properties(document: Document, told: Mapping[str, Any]) -> None:
    """Title and author in the file's own properties, instead of the library's."""
    core = document.core_properties
    core.title, core.author, core.comments, core.language = told["title"][:250], told["signer"][:250], "", "zh-CN"


def _condense(run: Run) -> None:
    """28 characters a line: 3号 is a fifth of a point too wide for that. A grid of characters is read differently by each program."""
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), "-4")
    run._element.get_or_add_rPr().append(spacing)


def _page_field(paragraph: Paragraph) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = _run(paragraph, "", "宋体", 14)
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def _run(paragraph: Paragraph, text: str, font: str, size: float) -> Run:
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), font
    # What is named so far is the font of Latin letters only.
    fonts: Any = run._element.get_or_add_rPr().find(qn("w:rFonts"))
    fonts.set(qn("w:eastAsia"), font)
    return run
