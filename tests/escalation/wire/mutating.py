"""Seeded mutations: of bytes (flip, cut, swap, double, put in) and of JSON trees (drop, double, exchange, wrap)."""

from __future__ import annotations

import json
from random import Random
from typing import Any

ODD: list[Any] = [
    None, True, False, 0, -1, 1, 2**31, 2**53, 2**63, 0.5, 1e308, "", " ", "\u0000", "\u200b", "\ud800", "\u202e", "é",
    "null", "../../etc/passwd", "'; drop table petition; --", "A" * 300, [], {}, [[]], {"": None}, "2026-13-40T25:61:61.000000Z",
]  # fmt: skip


def mutated(raw: bytes, chance: Random) -> bytes:
    """The bytes with one to three mutations."""
    for _ in range(chance.randint(1, 3)):
        raw = _once(raw, chance)
    return raw


def _once(raw: bytes, chance: Random) -> bytes:
    if chance.random() < 0.4:
        try:
            return json.dumps(tree(json.loads(raw), chance), ensure_ascii=chance.random() < 0.5).encode(errors="surrogatepass")
        except (ValueError, RecursionError):
            pass
    return _bytes(raw, chance)


def _bytes(raw: bytes, chance: Random) -> bytes:
    at, to = sorted(chance.randint(0, len(raw)) for _ in range(2))
    how = chance.randrange(6)
    if how == 0:
        return raw[:at] + bytes([(raw[at] if at < len(raw) else 0) ^ 1 << chance.randrange(8)]) + raw[at + 1 :]
    if how == 1:
        return raw[:at] + raw[min(to, at + 64) :]
    if how == 2:
        return raw[:at]
    if how == 3:
        return raw[:to] + raw[at:to][:512] + raw[to:]
    if how == 4:
        return raw[:at] + chance.randbytes(chance.randint(1, 8)) + raw[at:]
    return raw[:at] + raw[at : at + 9][::-1] + raw[at + 9 :]


def tree(value: Any, chance: Random) -> Any:
    """A JSON value with one place of it mutated."""
    if not value or not isinstance(value, dict | list) or chance.random() < 0.15:
        return _odd(value, chance)
    if isinstance(value, dict):
        key = chance.choice([*value])
        how = chance.random()
        if how < 0.15:
            return {name: one for name, one in value.items() if name != key}
        if how < 0.3:
            return {**value, chance.choice([key.upper(), f"{key}_", "alg", "kid", "to", "data", ""]): value[key]}
        return {**value, key: tree(value[key], chance)}
    at = chance.randrange(len(value))
    return value * 2 if chance.random() < 0.2 else [*value[:at], tree(value[at], chance), *value[at + 1 :]]


def _odd(value: Any, chance: Random) -> Any:
    if isinstance(value, str) and value and chance.random() < 0.5:
        at = chance.randrange(len(value))
        return value[:at] + chance.choice(["\u0430", "\u200d", "0", "", "=", "\n", "１", value]) + value[at + 1 :]
    if isinstance(value, int) and chance.random() < 0.5:
        return value + chance.choice([-1, 1, 2**31, -(2**40)])
    return chance.choice([*ODD, [value], {"a": value}])
