"""What a seal says, as the one text by whose SHA-256 the next seal names it. Canonical JSON as in RFC 8785, of ASCII and whole numbers."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from escalation.wire import notation, strict

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

FIRST: Final = bytes(32)
"""What the first seal names as the one before it."""


@dataclass(frozen=True, slots=True)
class Seal:
    """The root over `entries` journal entries; `previous` is the digest of the seal before it, `sealed_at` aware UTC."""

    number: int
    previous: bytes
    root: bytes
    entries: int
    sealed_at: datetime

    @property
    def data(self) -> dict[str, Any]:
        """As seal.v1 says it."""
        return {
            "entries": self.entries, "number": self.number, "previous": self.previous.hex(), "root": self.root.hex(),
            "sealed_at": notation.written(self.sealed_at),
        }  # fmt: skip

    @property
    def digest(self) -> bytes:
        """By what the next seal names it, whoever it was sent to."""
        return hashlib.sha256(strict.dump(self.data)).digest()


def read(data: Mapping[str, Any]) -> Seal:
    """The seal of a seal.v1 that was let in."""
    return Seal(
        data["number"], bytes.fromhex(data["previous"]), bytes.fromhex(data["root"]), data["entries"], notation.moment(data["sealed_at"])
    )
