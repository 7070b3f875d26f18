"""A promise in the hands of its handler."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Message:
    """A claimed promise; `tries` counts this attempt too and tells it from a later one of another worker."""

    id: UUID
    topic: str
    key: str | None
    payload: dict[str, Any]
    created_at: datetime
    tries: int


Handler = Callable[[Message], None]


def slow(handler: Handler) -> Handler:
    """Mark a handler that waits for the outside world: it runs outside of any transaction.

    It may run twice where a worker dies between the deed and its record: it must be idempotent.
    """
    handler.slow = True  # type: ignore[attr-defined]
    return handler


def is_slow(handler: Handler) -> bool:
    """Whether the handler runs outside of any transaction."""
    return getattr(handler, "slow", False)
