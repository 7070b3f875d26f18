"""The text of a PDF that typst has written: enough of ISO 32000-2 (7.3.4.2, 9.4.3, 9.10.3) for tests, not more."""

from __future__ import annotations

import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj(.*?)endobj", re.DOTALL)
_SHOWN = re.compile(rb"/(\w+) [\d.]+ Tf|\[(.*?)\]TJ", re.DOTALL)
_STRING = re.compile(rb"\(((?:\\.|[^\\()])*)\)|<([0-9A-Fa-f]+)>", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_CONTROL = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def text_of(pdf: bytes) -> str:
    """All pages' text in the order of drawing, without blanks; a line for each run."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    pages = [body for body in objects.values() if re.search(rb"/Type\s*/Page\b", body)]
    return "\n".join(run for page in pages for run in _page(objects, page))


def _page(objects: dict[int, bytes], page: bytes) -> list[str]:
    resources = page + b"".join(objects[int(one)] for one in re.findall(rb"/Resources (\d+) 0 R", page))
    fonts = {name: _letters(objects, int(one)) for name, one in re.findall(rb"/(f\d+) (\d+) 0 R", resources)}
    runs, letters = [], {}
    for font, shown in _SHOWN.findall(_stream(objects[int(re.findall(rb"/Contents (\d+) 0 R", page)[0])])):
        if font:
            letters = fonts[font]
        else:
            codes = b"".join(_plain(text) if text else bytes.fromhex(hexed.decode()) for text, hexed in _STRING.findall(shown))
            runs.append("".join(letters.get(codes[at : at + 2], "") for at in range(0, len(codes), 2)))
    return runs


def _letters(objects: dict[int, bytes], font: int) -> dict[bytes, str]:
    table = _stream(objects[int(re.findall(rb"/ToUnicode (\d+) 0 R", objects[font])[0])])
    pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n", table)
    return {bytes.fromhex(code.decode()): bytes.fromhex(sign.decode()).decode("utf-16-be") for code, sign in pairs}


def _stream(body: bytes) -> bytes:
    raw = body[body.index(b"stream") + 6 : body.rindex(b"endstream")].lstrip(b"\r\n")
    return zlib.decompressobj().decompress(raw)


def _plain(text: bytes) -> bytes:
    def sign(found: re.Match[bytes]) -> bytes:
        told = found[1]
        return bytes([int(told, 8)]) if told[:1].isdigit() else _CONTROL.get(told, told)

    return _ESCAPE.sub(sign, text)
