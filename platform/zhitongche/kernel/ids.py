"""Ids that sort by the time they were made: UUID version 7."""

import secrets
from threading import Lock
from uuid import UUID

from zhitongche.kernel import clock

_TAIL_BITS = 74  # rand_a (12) and rand_b (62) of RFC 9562, read as one number


class _Sequence:
    """Monotonic random, RFC 9562 section 6.2 method 2: ids of one process and millisecond still sort as made."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._millisecond = -1
        self._tail = 0

    def next(self, millisecond: int) -> int:
        with self._lock:
            if millisecond == self._millisecond:
                self._tail += 1 + secrets.randbits(32)
            else:
                # The top bit is left clear, so that counting up has room before it overflows.
                self._tail = secrets.randbits(_TAIL_BITS - 1)
                self._millisecond = millisecond
            return self._tail


_sequence = _Sequence()


def new_id() -> UUID:
    """A new UUIDv7 made from `clock.now()`. RFC 9562 section 5.7."""
    millisecond = int(clock.now().timestamp() * 1000)
    tail = _sequence.next(millisecond)
    high, low = tail >> 62, tail & (1 << 62) - 1
    return UUID(int=millisecond << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)
