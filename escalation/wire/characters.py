"""Which characters may travel: what is invisible, looks like another or reorders what is read may not.

Names and codes are read by people who decide by them; text only has to be shown as it was written.
"""

import re
import unicodedata
from typing import Final

# By range, not by unicodedata's category: both ends may know different versions of Unicode, and a rare
# character of a person's name that is newer than our tables is still a character.
_INVISIBLE: Final = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160"
    r"\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufdd0-\ufdef"
    r"\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000110bd\U000110cd\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    r"\U000e0000-\U000e0fff"
) + "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(1, 17))
_HAN: Final = r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003fffd"
# No letter of another script, no radicals (⼀ is not 一), no full-width or mathematical letters.
_NAME: Final = (
    rf" -~\u00a1-\u00ac\u00ae-\u024f\u2010-\u2015\u2018-\u201d\u2022\u2026\u2030\u203b\u2103\u2109\u2116\u2121\u2122"
    rf"\u2150-\u2190\u2200-\u22ff\u2460-\u24ff\u25a0-\u26ff\u3001-\u3003\u3008-\u301f\u3220-\u33ff"
    rf"\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\uffe0-\uffe6{_HAN}"
)
_NOT_IN_TEXT: Final = re.compile(f"[{_INVISIBLE}]")
_NOT_IN_NAME: Final = re.compile(f"[^{_NAME}]")
_SUBSTITUTE: Final = "□"


def text_fault(text: str) -> str | None:
    """What is wrong with a text (several lines), or None."""
    return _fault(text, _NOT_IN_TEXT)


def name_fault(name: str) -> str | None:
    """What is wrong with a name or title (one line, visible, Chinese or Latin letters), or None."""
    if name != name.strip():
        return "space at the edge"
    return _fault(name, _NOT_IN_NAME)


def clean_text(text: str) -> str:
    """The text as it may travel: normalized, without what nobody sees. For what people pasted."""
    if text_fault(text) is None:
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _NOT_IN_TEXT.sub("", lines))


def clean_name(name: str) -> str:
    """The name as it may travel: one line, full-width letters made plain, other scripts' letters as □."""
    if name_fault(name) is None:
        return name
    plain = "".join(unicodedata.normalize("NFKC", c) if _NOT_IN_NAME.match(c) else c for c in name)
    line = " ".join(_NOT_IN_TEXT.sub("", unicodedata.normalize("NFC", plain)).split())
    return _NOT_IN_NAME.sub(_SUBSTITUTE, line)


def _fault(text: str, refused: re.Pattern[str]) -> str | None:
    if text.isascii() and text.isprintable():
        return None
    found = refused.search(text)
    if found:
        return f"U+{ord(found.group()):04X} at {found.start()}"
    return None if unicodedata.is_normalized("NFC", text) else "not NFC"
