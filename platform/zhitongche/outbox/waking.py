"""Waking the worker after a commit that holds promises; where that fails, the sweep finds them."""

import logging
from collections.abc import Callable

from flask import Flask, current_app
from sqlalchemy import event
from sqlalchemy.orm import Session

from zhitongche.persistence import TenantSession

RELAY = "relay"
"""The errand of keeping promises; what lives above the platform has errands of its own."""
_PROMISED = "outbox_promised"
_WAKERS = "zhitongche_outbox_wakers"
_log = logging.getLogger(__name__)


def wake_with(app: Flask, waker: Callable[[str], None], errand: str = RELAY) -> None:
    """Have `waker(tenant code)` called after every commit that left something to do on the errand."""
    app.extensions.setdefault(_WAKERS, {})[errand] = waker


def after_commit(session: Session, errand: str = RELAY) -> None:
    """Wake the worker for the errand once this session has committed."""
    session.info.setdefault(_PROMISED, set()).add(errand)


@event.listens_for(TenantSession, "after_commit")
def _wake(session: TenantSession) -> None:
    # The release of a savepoint is announced as a commit too.
    if session.in_nested_transaction() or session.tenant is None:
        return
    wakers: dict[str, Callable[[str], None]] = current_app.extensions.get(_WAKERS, {})
    for errand in sorted(session.info.pop(_PROMISED, ())):
        if errand in wakers:
            _call(wakers[errand], session.tenant)


def _call(waker: Callable[[str], None], tenant: str) -> None:
    try:
        waker(tenant)
    except Exception:
        # What was asked for is done and stored: a broker that is away must not turn it into an error.
        _log.warning("outbox: the worker could not be woken", exc_info=True)


@event.listens_for(TenantSession, "after_rollback")
def _forget(session: TenantSession) -> None:
    session.info.pop(_PROMISED, None)
