"""Waking the worker after a commit that holds promises; where that fails, the sweep finds them."""

import logging
from collections.abc import Callable

from flask import Flask, current_app
from sqlalchemy import event
from sqlalchemy.orm import Session

from zhitongche.persistence import TenantSession

_PROMISED = "outbox_promised"
_WAKER = "zhitongche_outbox_waker"
_log = logging.getLogger(__name__)


def wake_with(app: Flask, waker: Callable[[str], None]) -> None:
    """Have `waker(tenant code)` called after every commit with a promise that is due."""
    app.extensions[_WAKER] = waker


def after_commit(session: Session) -> None:
    """Wake the worker once this session has committed."""
    session.info[_PROMISED] = True


@event.listens_for(TenantSession, "after_commit")
def _wake(session: TenantSession) -> None:
    # The release of a savepoint is announced as a commit too.
    if session.in_nested_transaction() or not session.info.pop(_PROMISED, False):
        return
    waker = current_app.extensions.get(_WAKER)
    if waker is None or session.tenant is None:
        return
    try:
        waker(session.tenant)
    except Exception:
        # What was asked for is done and stored: a broker that is away must not turn it into an error.
        _log.warning("outbox: the worker could not be woken", exc_info=True)


@event.listens_for(TenantSession, "after_rollback")
def _forget(session: TenantSession) -> None:
    session.info.pop(_PROMISED, None)
