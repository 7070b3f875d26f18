"""What a paper says is shown as it was typed, whatever was typed, as PDF and as a Word document."""

import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest

from zhitongche.documents import glyphs, typesetting, word
from zhitongche.documents.filling import blanks, fill, lines
from zhitongche.documents.samples import sample
from zhitongche.documents.styling import style_of
from zhitongche.kernel import clock
from zhitongche.tenancy import packs
from zhitongche.tenancy.papers_vocabulary import KINDS, LAYOUTS

PACKS = packs.load([Path(__file__).parents[3] / "tenants"])
EVERY = [(code, kind) for code in ("shantou", "raoping") for kind in PACKS[code].papers]
AT = datetime(2026, 11, 22, 2, tzinfo=UTC)
HOSTILE = '#strong[注入] *粗* _斜_ $x^2$ `raw` <label> @ref // 注释 \\ \\u{41} {tenant} "]) #panic() = 标题'


def letter(**facts: object) -> dict:
    pack = PACKS["shantou"]
    told = {"lead": "市交通运输局", "enterprise": "甲公司", "title": "道路", "number": "ST1", "content": "请修复。", "opinion": "请办理。",
            "contact_limit": "1个工作日", "contact": "陈静", "mobile": "13800001234"} | facts  # fmt: skip
    return {**fill(pack.papers["transfer_letter"], pack, told), "number": "汕企直转〔2026〕1号", "date": "2026年11月22日"}


def words_of(content: bytes) -> str:
    document = docx.Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


@pytest.mark.clause("ST-3.2.b")
@pytest.mark.parametrize(("code", "kind"), EVERY)
def test_every_kind_of_both_packs_becomes_an_archival_pdf_and_a_word_document(code: str, kind: str) -> None:
    pack = PACKS[code]
    content = sample(pack, pack.papers[kind])
    assert blanks(content) == []
    made = typesetting.pdf(content, at=AT)
    assert made.startswith(b"%PDF")
    assert b"pdfaid" in made
    assert content["title"] in words_of(word.docx(content))


def test_every_kind_and_every_layout_is_used_by_one_of_the_packs() -> None:
    assert {kind for _, kind in EVERY} == set(KINDS)
    assert {PACKS[code].papers[kind].layout for code, kind in EVERY} == set(LAYOUTS)


@pytest.mark.parametrize("field", ["title", "content", "enterprise", "opinion"])
def test_mark_up_in_a_petition_is_text_and_does_no_harm(field: str) -> None:
    content = letter(**{field: HOSTILE})
    assert typesetting.pdf(content, at=AT).startswith(b"%PDF")
    shown = words_of(word.docx(content))
    assert "#strong[注入] *粗* _斜_ $x^2$" in shown
    # What looks like a field of the template is the enterprise's own word, too.
    assert "{tenant}" in shown


def test_huge_names_and_texts_fill_pages_and_break_nothing() -> None:
    content = letter(enterprise="有限责任公司" * 60, title="问题" * 100, content="很长的诉求。" * 3000)
    pages = typesetting.png(content, ppi=10)
    assert len(pages) > 30
    assert len(word.docx(content)) > 10_000


def test_rare_characters_are_set_and_one_that_no_font_has_is_spelled_out() -> None:
    folders = (str(typesetting.FONTS),)
    assert glyphs.spelled_out("䶮㛃骉𠮷①堃喆龘", folders) == "䶮㛃骉𠮷①堃喆龘"
    assert glyphs.spelled_out("甲\U0003134a乙🙂", folders) == "甲〔U+3134A〕乙〔U+1F642〕"
    assert typesetting.pdf(letter(contact="䶮㛃骉𠮷①🙂\U0003134a"), at=AT).startswith(b"%PDF")


def test_control_characters_and_halves_of_characters_are_left_out() -> None:
    content = letter(content="甲\x00乙\x0b丙\ud800丁\ufffe戊")
    assert "甲乙丙丁戊" in "".join("".join(content["body"]).split("\n"))
    assert typesetting.pdf(content, at=AT)
    assert word.docx(content)


def test_the_same_paper_is_the_same_file() -> None:
    assert typesetting.pdf(letter(), at=AT) == typesetting.pdf(letter(), at=AT)


def test_many_may_ask_for_pages_at_the_same_moment() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda turn: typesetting.png(letter(title=f"道路{turn}"), ppi=20), range(24)))
    assert all(pages[0].startswith(b"\x89PNG") for pages in made)


def test_a_watermark_lies_on_every_page_of_a_copy() -> None:
    copy = {**letter(), "watermark": "林晓敏　2026-11-22 09:30"}
    assert typesetting.pdf(copy, at=AT) != typesetting.pdf(letter(), at=AT)
    header = docx.Document(BytesIO(word.docx(copy))).sections[0].header
    assert "林晓敏" in header.paragraphs[0].text


@pytest.mark.parametrize(("text", "style"), [
    ("一、诉求内容", "h1"), ("十二、其他", "h1"), ("（三）办理要求", "h2"), ("一、请于三日内办结。", "p"), ("请修复路面。", "p"), ("第一、二项", "p"),
])  # fmt: skip
def test_headings_are_known_by_the_numbering_of_the_standard(text: str, style: str) -> None:
    assert style_of(text) == style


def test_word_is_told_the_fonts_of_official_papers_for_chinese_letters() -> None:
    document = zipfile.ZipFile(BytesIO(word.docx(letter()))).read("word/document.xml").decode()
    fonts = set(re.findall(r'w:eastAsia="([^"]+)"', document))
    assert {"方正小标宋简体", "仿宋_GB2312", "黑体"} <= fonts


def test_the_page_of_the_word_document_is_that_of_the_standard() -> None:
    section = docx.Document(BytesIO(word.docx(letter()))).sections[0]
    sizes = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(size.mm) for size in sizes] == [210, 297, 37, 28]


def test_blank_lines_are_no_paragraphs() -> None:
    assert lines("一\n\n  \n二") == ["一", "二"]


def test_an_unknown_fact_is_a_fault_of_the_program_and_told() -> None:
    with pytest.raises(LookupError, match="nonsense"):
        letter(nonsense="x")


def test_a_date_is_written_as_the_standard_writes_it() -> None:
    with clock.at(datetime(2026, 3, 5, 2, tzinfo=UTC)):
        assert sample(PACKS["shantou"], PACKS["shantou"].papers["reply_letter"])["date"] == "2026年3月5日"


def test_a_title_keeps_the_enterprises_name_on_one_line_and_a_paper_from_before_that_is_still_set() -> None:
    content = letter(enterprise="汕头市丰源纺织实业有限公司")
    assert content["names"] == ["汕头市丰源纺织实业有限公司"]
    before = {key: value for key, value in content.items() if key != "names"}
    assert typesetting.png(before, ppi=40) != typesetting.png(content, ppi=40)
