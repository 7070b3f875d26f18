"""A transaction of its own, whose effect stays whatever becomes of the caller's."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from zhitongche.persistence import TenantSession, db

_IMPATIENT = text("set local lock_timeout = '3s'")


@contextmanager
def apart() -> Iterator[TenantSession]:
    """Commit at the end of the block, for the present tenant.

    A failed attempt is rolled back with its request; the count of attempts must not be. Enter it before
    the caller's own transaction touches the same rows, or it waits for itself until the lock times out.
    """
    with TenantSession(db) as session, session.begin():
        session.execute(_IMPATIENT)
        yield session
