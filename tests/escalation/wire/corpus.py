"""What a hostile kind is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from tests.escalation.wire.world import World

Gate = Literal["message", "receipt", "hop", "list"]


@dataclass(frozen=True)
class Hostile:
    """One kind: `build` gives the bytes (an envelope, a list) or the request that must be refused for `reason`.

    `later`: how much later it arrives; `twice`: sent twice, and honest the first time.
    """

    name: str
    gate: Gate
    reason: str
    build: Callable[[World], Any]
    later: timedelta = timedelta()
    twice: bool = False


class Kinds(list[Hostile]):
    """The kinds of one gate, as a table is written."""

    def __init__(self, gate: Gate) -> None:
        super().__init__()
        self.gate = gate

    def __call__(self, name: str, reason: str, build: Callable[[World], Any], **more: Any) -> None:
        """Add one."""
        self.append(Hostile(name, self.gate, reason, build, **more))
