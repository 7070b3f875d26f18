"""Epochs: the number of a tenant's database. A restored database must not go on under the old one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from escalation.protocol.books import Books


def present(books: Books, now: datetime) -> int:
    """The present epoch; the first one is taken when it is first asked for."""
    return books.epoch() or take(books, 0, "first", now)


def take(books: Books, above: int, why: str, now: datetime) -> int:
    """Take a new epoch above `above` and the present one: milliseconds of now, unless the clock stood back."""
    epoch = max(int(now.timestamp() * 1000), above + 1, books.epoch() + 1)
    books.take_epoch(epoch, why, now)
    return epoch
