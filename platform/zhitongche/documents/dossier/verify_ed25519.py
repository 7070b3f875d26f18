"""签名核验：Ed25519（RFC 8032），只用 Python 自带的库。只核验，不签名，所以不需要防侧信道。"""

# Travels in every bag beside verify.py: Python 3.8, nothing else.
from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)
"""A square root of -1."""
if TYPE_CHECKING:
    Point = tuple[int, int, int, int]
    """Extended coordinates (X, Y, Z, T): x = X/Z, y = Y/Z, xy = T/Z. RFC 8032, 5.1.4."""


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature is the key's over the message. RFC 8032, 5.1.7."""
    key, commitment = decompressed(public), decompressed(signature[:32])
    factor = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or len(public) != 32 or len(signature) != 64 or factor >= ORDER:
        return False
    hashed = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    return equal(times(factor, BASE), plus(commitment, times(hashed, key)))


def decompressed(raw: bytes) -> Point | None:
    """The point that 32 bytes stand for; None where they stand for none. RFC 8032, 5.1.3."""
    number = int.from_bytes(raw, "little")
    y, odd = number & (2**255 - 1), number >> 255
    if len(raw) != 32 or y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and odd):
        return None
    x = P - x if x % 2 != odd else x
    return x, y, 1, x * y % P


def plus(one: Point, other: Point) -> Point:
    """The sum of two points."""
    a, b = (one[1] - one[0]) * (other[1] - other[0]) % P, (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(factor: int, point: Point) -> Point:
    """The point added to itself `factor` times."""
    total = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            total = plus(total, point)
        point = plus(point, point)
        factor >>= 1
    return total


def equal(one: Point, other: Point) -> bool:
    """Whether both stand for the same point."""
    return (one[0] * other[2] - other[0] * one[2]) % P == 0 and (one[1] * other[2] - other[1] * one[2]) % P == 0


_BASE = decompressed((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
assert _BASE is not None
BASE = _BASE
