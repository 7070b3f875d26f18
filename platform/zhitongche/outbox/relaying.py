"""The relay 转发: claims what is due and has it done."""

import logging
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import NamedTuple

from zhitongche.outbox import claims
from zhitongche.outbox.message import Handler, Message, is_slow
from zhitongche.persistence import db, unit_of_work

_BATCH = 10
_BUDGET = timedelta(seconds=20)
_log = logging.getLogger(__name__)


class Relayed(NamedTuple):
    """How many promises were kept, and how many attempts failed."""

    done: int
    failed: int


def relay(handlers: Mapping[str, Handler], budget: timedelta = _BUDGET) -> Relayed:
    """Work on the present tenant's due promises until none is left or `budget` is used up.

    Each handler runs in a unit of work of its own, together with the record that it is done;
    one marked `slow` runs before it, outside of any transaction. A failure never stops the others.
    """
    until = time.monotonic() + budget.total_seconds()
    kept = attempts = 0
    while time.monotonic() < until:
        with unit_of_work():
            batch = claims.claim(handlers, _BATCH)
        if not batch:
            break
        for message in batch:
            if time.monotonic() >= until:
                with unit_of_work():
                    claims.give_back(message)
                continue
            kept += _attempt(message, handlers[message.topic])
            attempts += 1
    return Relayed(kept, attempts - kept)


def _attempt(message: Message, handler: Handler) -> bool:
    try:
        return _slowly(message, handler) if is_slow(handler) else _at_once(message, handler)
    except Exception as error:
        # Ids only: what the handler was working on may be personal.
        _log.warning("outbox: %s %s failed: %s", message.topic, message.id, type(error).__name__)
        db.session.rollback()
        with unit_of_work():
            claims.failed(message, error)
        return False


def _at_once(message: Message, handler: Handler) -> bool:
    with unit_of_work():
        # Locked while it is worked on: even a handler that outlives its lease is not doubled.
        if not claims.hold(message):
            return False
        handler(message)
        return claims.done(message)


def _slowly(message: Message, handler: Handler) -> bool:
    handler(message)
    with unit_of_work():
        return claims.done(message)
