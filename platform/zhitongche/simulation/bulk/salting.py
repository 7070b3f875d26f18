"""Ids of copies: UUIDv7 of the same moment and counter, with other random bits (RFC 9562, 5.7)."""

from __future__ import annotations

from typing import Final

_LOW: Final = (1 << 62) - 1
_TAIL: Final = (1 << 48) - 1


def split(one: str) -> tuple[str, int]:
    """What stays of an id, and its random bits."""
    return one[:19], int(one[19:23] + one[24:], 16) & _LOW


def salted(head: str, low: int, salt: int) -> str:
    """The id under a salt of 62 bits: another one for every salt, the same again under the same."""
    low ^= salt
    return f"{head}{0x8000 | low >> 48:04x}-{low & _TAIL:012x}"
