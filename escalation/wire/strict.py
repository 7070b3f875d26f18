"""JSON as both sides must read it alike: no second key, no float, bounded in size, depth and numbers. RFC 8259, I-JSON (RFC 7493)."""

import json
import re
from itertools import accumulate
from typing import Any, Final, NoReturn

from escalation.wire import characters
from escalation.wire.reasons import Rejected

MAX_DEPTH: Final = 8
MAX_INTEGER: Final = 2**53 - 1
"""The largest whole number that every JSON reader keeps exact (RFC 7493 section 2.2)."""
_DIGITS: Final = 16
# Possessive, so that no crafted text makes it try twice: linear in the length.
_STRING: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_NOT_BRACKET: Final = re.compile(r"[^\[\]{}]++")
_STEPS: Final = {"[": 1, "{": 1, "]": -1, "}": -1}


def load(raw: bytes, *, limit: int, depth: int = MAX_DEPTH) -> dict[str, Any]:
    """The JSON object that these bytes are; `limit` in bytes. Raises Rejected, nothing else."""
    if len(raw) > limit:
        raise Rejected("oversize", f"{len(raw)} > {limit} bytes")
    text = _text(raw)
    # Before parsing: the parser recurses.
    if _depth(text) > depth:
        raise Rejected("too_deep", f"more than {depth} levels")
    value = _parse(text)
    if not isinstance(value, dict):
        raise Rejected("malformed", "not an object")
    _check_strings(value)
    return value


def dump(value: object) -> bytes:
    """JSON in UTF-8 without spaces, keys in the given order. Raises ValueError for what is not JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Rejected("malformed", f"not UTF-8 at {error.start}") from None


def _depth(text: str) -> int:
    brackets = _NOT_BRACKET.sub("", _STRING.sub("", text))
    return max(accumulate(map(_STEPS.__getitem__, brackets)), default=0)


def _parse(text: str) -> Any:
    try:
        return json.loads(
            text, object_pairs_hook=_once, parse_int=_integer, parse_float=_no_float, parse_constant=_no_float
        )
    except json.JSONDecodeError as error:
        raise Rejected("malformed", f"{error.msg} at {error.pos}") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Rejected("duplicate_key")
    return found


def _integer(digits: str) -> int:
    # The length first: turning thousands of digits into a number is work, and Python refuses very many.
    if len(digits.lstrip("-")) > _DIGITS or abs(value := int(digits)) > MAX_INTEGER or digits == "-0":
        raise Rejected("number", "out of range")
    return value


def _no_float(_: str) -> NoReturn:
    raise Rejected("number", "not a whole number")


def _check_strings(value: object) -> None:
    if isinstance(value, str):
        if fault := characters.text_fault(value):
            raise Rejected("character", fault)
    elif isinstance(value, dict):
        for key, one in value.items():
            _check_strings(key)
            _check_strings(one)
    elif isinstance(value, list):
        for one in value:
            _check_strings(one)
