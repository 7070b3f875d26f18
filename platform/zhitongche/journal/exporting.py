"""The journal as it leaves the house: sealed, so that whoever holds it can prove the chain and read nothing."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhitongche.journal.chain import FIELDS, GENESIS, Header, header_bytes
from zhitongche.journal.reading import rows_of

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Sealed:
    """A whole chain as JSON values, in order; `head` is the hash of its last entry."""

    entries: tuple[dict[str, Any], ...]
    head: bytes

    def lines(self) -> bytes:
        """One entry a line (JSON Lines): header, body (the ciphertext, base64), prev_hash and hash (hexadecimal)."""
        return b"".join(json.dumps(one, ensure_ascii=False, sort_keys=True).encode() + b"\n" for one in self.entries)


def sealed(petition_id: UUID) -> Sealed:
    """The petition's entries as they are stored; a verifier joins header and body to the hash again (ST-3.7)."""
    rows = rows_of(petition_id)
    entries = tuple(
        {
            # The very bytes that were hashed, as the values that they spell.
            "header": json.loads(header_bytes(Header(**{name: getattr(row, name) for name in FIELDS}))),
            "body": base64.b64encode(row.body).decode(),
            "prev_hash": row.prev_hash.hex(),
            "hash": row.hash.hex(),
        }
        for row in rows
    )
    return Sealed(entries, rows[-1].hash if rows else GENESIS)
