"""Waking the delivery loop when a message was emitted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def _nobody() -> None:
    """The sweep finds it."""


on_emit: Callable[[], None] = _nobody
"""Called in the transaction that emits, in the tenant's scope; `carriage` puts its own here."""
