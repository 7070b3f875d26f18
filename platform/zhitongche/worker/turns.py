"""Turns: what is done for every tenant of the installation, one after another."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from zhitongche.persistence import db
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)


def everyone(act: Callable[[str], None]) -> None:
    """Let every tenant have its turn; one that fails keeps no other waiting."""
    for tenant in current.registry():
        try:
            act(tenant)
        except Exception:
            # One tenant's trouble is not another's: its rows wait for the next turn.
            log.exception("%s failed for a tenant", getattr(act, "__name__", act))
            db.session.remove()
