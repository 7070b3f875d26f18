"""Connections that are kept: a dead one is replaced before a person notices, without asking the server each time.

A server that ends hangs up, and that can be seen on this side of the line; only where a connection has rested for
long is the server asked, since a firewall in between may have dropped the line without a word.
"""

from __future__ import annotations

import select
import time
from typing import TYPE_CHECKING, Any, Final

import psycopg
from sqlalchemy import QueuePool, event
from sqlalchemy.exc import InvalidatePoolError

if TYPE_CHECKING:
    from sqlalchemy.pool import ConnectionPoolEntry

ASKED_AFTER: Final = 30.0
"""Seconds of rest after which a connection is asked whether it lives."""
_RESTED: Final = "rested"


class WatchfulPool(QueuePool):
    """Hands out connections that live as far as can be told; all are made anew when one is found dead."""


@event.listens_for(WatchfulPool, "checkin")
def _rests(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info[_RESTED] = time.monotonic()


@event.listens_for(WatchfulPool, "checkout")
def _goes_out(connection: psycopg.Connection[Any], record: ConnectionPoolEntry, _fairy: object) -> None:
    rested = record.info.get(_RESTED)
    if rested is None or (time.monotonic() - rested < ASKED_AFTER and not _was_told(connection)):
        return
    try:
        connection.execute("select 1")
        connection.rollback()
    except psycopg.Error as dead:
        raise InvalidatePoolError from dead


def _was_told(connection: psycopg.Connection[Any]) -> bool:
    """Whether something came in while it rested: most likely the end."""
    if connection.closed:
        return True
    line = select.poll()
    line.register(connection.fileno(), select.POLLIN)
    return bool(line.poll(0))
