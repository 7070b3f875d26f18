"""Quarantine 隔离: what was refused or stands still is kept for a person to look at."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from escalation.protocol.rows import Held
from zhitongche.kernel.ids import new_id

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from escalation.protocol.books import Books
    from escalation.protocol.rows import Incoming

MAX_CONTENT: Final = 64 * 1024
MAX_DETAIL: Final = 300

REASONS: Final[dict[str, str]] = {
    "other_bytes": "同一编号的报文内容前后不一致",
    "overtaken": "对方数据库恢复之后，这份报文之前的内容已无从接续，不能办理",
    "diverged": "双方对同一批报文的记录不一致",
    "fork_unfounded": "对方称本单位另发过报文，但未能证明",
    "numbering": "报文的顺序号与其类型不符",
    "not_held": "对方没有所要的报文",
}
"""Reasons of this room, beside those of wire.reasons; what is held by the application has its own sentence."""


def put(books: Books, peer: str, reason: str, content: bytes, now: datetime, detail: str = "") -> None:
    """Keep what was refused; content beyond 64 KiB is cut off, the digest is of all of it."""
    digest = sha256(content).digest()
    books.hold(Held(new_id(), peer, reason, digest, content[:MAX_CONTENT], now, detail=detail[:MAX_DETAIL]))


def stop(books: Books, row: Incoming, reason: str, now: datetime) -> None:
    """Keep a message that came in rightly and cannot be applied; its bytes stay where they are."""
    books.hold(Held(new_id(), row.peer, reason, row.digest, b"", now, message=row.id))


def let_go(books: Books, held_id: UUID, by: str, now: datetime) -> tuple[Held, Incoming | None] | None:
    """Note who released it, and the message that stands still because of it, if one does. None where it is no longer held."""
    held = books.held(held_id)
    if held is None or held.released_at is not None:
        return None
    held = replace(held, released_at=now, released_by=by)
    books.release(held)
    row = books.incoming(held.peer, held.message) if held.message else None
    return held, row if row is not None and row.applied_at is None and row.place else None
