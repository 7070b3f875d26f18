"""Structured header fields, as far as signatures need them: dictionaries of inner lists and byte sequences. RFC 9651."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from escalation.wire.notation import base64_of, bytes_of
from escalation.wire.reasons import Rejected

T = TypeVar("T")
Parameters = dict[str, int | str | bool]
MAX_FIELD: Final = 4096
_KEY: Final = re.compile(r"[a-z*][a-z0-9_.*-]*")
_INTEGER: Final = re.compile(r"-?\d{1,15}(?![.\d])", re.ASCII)
_STRING: Final = re.compile(r'"((?:[ !#-\[\]-~]|\\["\\])*+)"')
_BYTES: Final = re.compile(r":([A-Za-z0-9+/=]*):")
_BOOLEAN: Final = re.compile(r"\?([01])")
_SPACES: Final = re.compile(r" *")
_COMMA: Final = re.compile(r"[ \t]*,[ \t]*")


@dataclass(frozen=True, slots=True)
class InnerList:
    """Strings in brackets, each with parameters, and parameters of the whole."""

    items: tuple[tuple[str, Parameters], ...]
    parameters: Parameters


class _Reader:
    """Reads from left to right; raises Rejected `hop_form` where the text is not what was asked for."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text.strip(" "), 0
        if len(text) > MAX_FIELD:
            raise Rejected("hop_form", "too long")

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return found

    def skip(self, literal: str) -> bool:
        there = self.sees(literal)
        self._at += len(literal) * there
        return there

    def sees(self, literal: str) -> bool:
        return self._text.startswith(literal, self._at)

    def require(self, pattern: re.Pattern[str]) -> re.Match[str]:
        found = self.take(pattern)
        if not found:
            raise Rejected("hop_form", f"at {self._at}")
        return found

    @property
    def done(self) -> bool:
        return self._at == len(self._text)


def inner_lists(text: str) -> dict[str, InnerList]:
    """A dictionary whose values are inner lists, as Signature-Input is. A key twice is refused, as no RFC needs it."""
    return _dictionary(text, _inner_list)


def byte_sequences(text: str) -> dict[str, bytes]:
    """A dictionary whose values are byte sequences, as Signature and Content-Digest are."""
    return _dictionary(text, lambda reader: bytes_of(reader.require(_BYTES).group(1)))


def write(value: int | str | bytes) -> str:
    """A bare item; text must be printable ASCII."""
    if isinstance(value, bytes):
        return f":{base64_of(value)}:"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return str(value)


def write_list(components: Sequence[str], parameters: Mapping[str, int | str]) -> str:
    """An inner list of strings with parameters."""
    tail = "".join(f";{key}={write(value)}" for key, value in parameters.items())
    return f"({' '.join(map(write, components))}){tail}"


def _dictionary(text: str, member: Callable[[_Reader], T]) -> dict[str, T]:
    reader, found = _Reader(text), {}
    while True:
        key = reader.require(_KEY).group()
        if key in found or not reader.skip("="):
            raise Rejected("hop_form", "dictionary")
        found[key] = member(reader)
        if reader.done:
            return found
        reader.require(_COMMA)


def _inner_list(reader: _Reader) -> InnerList:
    items: list[tuple[str, Parameters]] = []
    if not reader.skip("("):
        raise Rejected("hop_form", "inner list")
    reader.require(_SPACES)
    while not reader.skip(")"):
        items.append((_unquoted(reader.require(_STRING)), _parameters(reader)))
        if not reader.require(_SPACES).group() and not reader.sees(")"):
            raise Rejected("hop_form", "inner list")
    return InnerList(tuple(items), _parameters(reader))


def _parameters(reader: _Reader) -> Parameters:
    found: Parameters = {}
    while reader.skip(";"):
        reader.require(_SPACES)
        key = reader.require(_KEY).group()
        if key in found:
            raise Rejected("hop_form", "parameter twice")
        found[key] = _item(reader) if reader.skip("=") else True
    return found


def _item(reader: _Reader) -> int | str | bool:
    if number := reader.take(_INTEGER):
        return int(number.group())
    if boolean := reader.take(_BOOLEAN):
        return boolean.group(1) == "1"
    return _unquoted(reader.require(_STRING))


def _unquoted(found: re.Match[str]) -> str:
    return re.sub(r"\\(.)", r"\1", found.group(1))
