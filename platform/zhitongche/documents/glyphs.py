"""Which characters the fonts have. An archive's PDF admits no missing glyph, and a name must not turn into a blank box."""

from __future__ import annotations

import re
import struct
from functools import lru_cache
from pathlib import Path
from typing import Final

_HEADER: Final = 12
_ENTRY: Final = 16
_FULL_UNICODE: Final = 12


def spelled_out(text: str, folders: tuple[str, ...]) -> str:
    """The text with every character that no font has replaced by its code, like `〔U+2A6A5〕`."""
    known = _known(folders)
    return re.sub(r"[^\x00-\x7f]", lambda found: found[0] if ord(found[0]) in known else f"〔U+{ord(found[0]):04X}〕", text)


@lru_cache(maxsize=4)
def _known(folders: tuple[str, ...]) -> frozenset[int]:
    fonts = [path for folder in folders for path in Path(folder).glob("*.[to]tf")]
    return frozenset().union(*(_characters(path.read_bytes()) for path in fonts))


def _characters(font: bytes) -> set[int]:
    """The characters of a font's cmap table, formats 12 and 4 (ISO/IEC 14496-22, 5.2.1)."""
    (count,) = struct.unpack_from(">H", font, 4)
    tables = {font[at : at + 4]: struct.unpack_from(">I", font, at + 8)[0] for at in range(_HEADER, _HEADER + _ENTRY * count, _ENTRY)}
    cmap = tables[b"cmap"]
    (subtables,) = struct.unpack_from(">H", font, cmap + 2)
    found: set[int] = set()
    for number in range(subtables):
        at = cmap + struct.unpack_from(">I", font, cmap + 8 + 8 * number)[0]
        (form,) = struct.unpack_from(">H", font, at)
        found |= _format_12(font, at) if form == _FULL_UNICODE else _format_4(font, at) if form == 4 else set()
    return found


def _format_12(font: bytes, at: int) -> set[int]:
    (count,) = struct.unpack_from(">I", font, at + 12)
    groups = (struct.unpack_from(">II", font, at + 16 + 12 * number) for number in range(count))
    return {code for first, last in groups for code in range(first, last + 1)}


def _format_4(font: bytes, at: int) -> set[int]:
    (doubled,) = struct.unpack_from(">H", font, at + 6)
    count = doubled // 2
    lasts = struct.unpack_from(f">{count}H", font, at + 14)
    firsts = struct.unpack_from(f">{count}H", font, at + 16 + doubled)
    return {code for first, last in zip(firsts, lasts, strict=True) for code in range(first, min(last, 0xFFFE) + 1)}
