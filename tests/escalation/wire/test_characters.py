"""Names that people decide by cannot deceive them; what people paste can be made fit to travel."""

import contextlib
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.wire import characters, notation, strict
from escalation.wire.reasons import Rejected


@pytest.mark.parametrize("name", [
    "某某陶瓷有限公司", "某某（广东）股份有限公司", "Ａ".replace("Ａ", "A") + "栋103室", "黄冈镇〇一村", "关于“二期”用地的请示（2026年第3号）.pdf",
    "Ⅱ类射线装置", "㙟墘村", "𪚥龘", "市政府 12345 平台", "100㎡", "①用地；②用电", "L'Oréal", "张三·李四", "（盖章）—申请书…", "138****1234",
])  # fmt: skip
def test_names_as_people_have_them_travel(name: str) -> None:
    assert characters.name_fault(name) is None


@pytest.mark.parametrize("name", [
    "\u0410区", "\u03b1区", "⼀区", "⺀区", "Ａ区", "１区", "𝐀区", "カ区", "ロ区", "\ue000区", "区\u200b", "区\u202e", "区\ufe0f", "区\n", " 区",
    "区 ", "e\u0301", "\u0661区", "区\u3164", "\ufb01", "\u212a区", "区\U000e0041", "한", "\u0131\u0307\u200d", "區\u00ad",
])  # fmt: skip
def test_names_that_deceive_do_not(name: str) -> None:
    assert characters.name_fault(name)


@pytest.mark.parametrize("text", ["第一行\n第二行\t缩进", "Ａ１（全角）", "αβγ Кириллица 한국어 カタカナ", "㎡①", "😀", "\u3000\u3000首行缩进", "𰻝", "\U000323b0"])
def test_texts_travel_as_they_were_written(text: str) -> None:
    assert characters.text_fault(text) is None


@pytest.mark.parametrize("text", ["\u0000", "\r", "\u0085", "\u200b", "\u2028", "\u202e", "\ufeff", "\ufffe", "\U0001fffe", "\ud800", "\U000e0001", "e\u0301", "\uf900"])
def test_what_nobody_sees_does_not(text: str) -> None:
    assert characters.text_fault(text)


def test_every_format_character_that_we_know_is_among_the_refused() -> None:
    known = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) in {"Cf", "Cc", "Cs", "Zl", "Zp"}]
    assert [f"{ord(one):x}" for one in known if characters.text_fault(one) is None and one not in "\t\n"] == []


@given(st.text(max_size=30))
def test_what_was_pasted_is_made_fit_to_travel(pasted: str) -> None:
    assert characters.text_fault(characters.clean_text(pasted)) is None
    assert characters.name_fault(characters.clean_name(pasted)) is None


def test_cleaning_changes_nothing_that_may_travel() -> None:
    for text in ("关于“二期”用地（第3号）", "第一行\n\u3000第二行"):
        assert characters.clean_text(text) == text
    assert characters.clean_name("某某（广东）公司 A栋") == "某某（广东）公司 A栋"
    assert characters.clean_name("ＡＢ１２\r\n\u0410区") == "AB12 □区"


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_rejected(raw: bytes) -> None:
    with contextlib.suppress(Rejected):
        strict.load(raw, limit=1000)


@given(st.text(max_size=120))
def test_any_text_is_an_urn_a_moment_a_uuid_and_base64_or_rejected(text: str) -> None:
    for read in (notation.parted, notation.moment, notation.uuid, notation.bytes_of):
        try:
            read(text)
        except Rejected:
            continue


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_moment_is_read_as_it_was_written(moment: datetime) -> None:
    assert notation.moment(notation.written(moment)) == moment


@pytest.mark.parametrize(("code", "fits"), [("raoping", True), ("a1-b", True), ("a", False), ("Ab", False), ("1ab", False), ("a" * 32, False), ("\u0430bc", False), ("ab\n", False), ("a_b", False)])
def test_codes_are_plain(code: str, fits: bool) -> None:
    assert notation.is_code(code) is fits


def test_a_thousand_open_quotes_take_no_time() -> None:
    with pytest.raises(Rejected):
        strict.load(b'{"a":' + b'"\\"' * 100_000, limit=10**6)
