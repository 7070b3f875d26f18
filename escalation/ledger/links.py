"""One-time links: made when something is offered, used up when it is fetched."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from escalation.ledger.link_tables import BridgeLink
from zhitongche.persistence import db

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

LIFE: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a peer asked for, in which message and why; no `document` means the contact."""

    peer: str
    subject: UUID
    request: UUID
    document: str | None
    purpose: str


def make(asked: Asked, digest: str, now: datetime) -> str:
    """A new link for what has this SHA-256 (hexadecimal); its token, of which only the hash is kept here."""
    token = secrets.token_urlsafe(32)
    db.session.add(BridgeLink(
        token_hash=_hash(token), peer=asked.peer, subject=asked.subject, request=asked.request, document=asked.document,
        digest=digest, purpose=asked.purpose, offered_at=now, expires_at=now + LIFE,
    ))  # fmt: skip
    db.session.flush()
    return token


def by_token(token: str) -> BridgeLink | None:
    """The link of this tenant's, locked: of two who fetch at once the second finds it used."""
    query = select(BridgeLink).where(BridgeLink.token_hash == _hash(token)).with_for_update()
    return db.session.scalar(query.execution_options(populate_existing=True))


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
