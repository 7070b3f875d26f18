"""Stage 2, below: single documents and the contact in full, each for a purpose, by a link that works once."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

from escalation.cases import words, writing
from escalation.ledger import links
from escalation.wire import kinds, notation
from zhitongche.casework import escalations
from zhitongche.casework.escalations import Document
from zhitongche.kernel.errors import NotFound

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from escalation.ledger.link_tables import BridgeLink
    from escalation.ledger.links import Asked

CONTACT_TYPE: Final = "application/json"


class Declined(Exception):
    """Nothing is handed over; `reason` is a key of words.DECLINED."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def answer(rise_id: UUID, asked: Asked, now: datetime) -> tuple[str, dict[str, Any]]:
    """The message (type, data) that answers a request: an offer, or in words why there is none."""
    wanted = _contact(rise_id) if asked.document is None else escalations.may_have(rise_id, asked.document)
    if wanted is None:
        return kinds.SUPPLEMENT, {"text": words.NOT_GIVEN.format(purpose=asked.purpose)}
    token = links.make(asked, wanted.digest, now)
    expires = notation.written(now + links.LIFE)
    return kinds.OFFER, {"request": str(asked.request), **writing.document(wanted), "token": token, "expires_at": expires}


def hand_out(peer: str, token: str, now: datetime) -> bytes:
    """What was offered under the token, to the tenant `peer` to which it was offered, once. Raises Declined.

    The handing over is journalled in the caller's transaction, which is committed before anything is sent.
    """
    link = _valid(links.by_token(token), peer, now)
    rise = escalations.by_bridge(link.subject)
    if rise is None or not rise.open:
        raise Declined("case_ended")
    try:
        content = _content(rise.id, link)
    except (NotFound, OSError):
        raise Declined("gone") from None
    if hashlib.sha256(content).hexdigest() != link.digest:
        raise Declined("changed")
    link.used_at = now
    return content


def contact_bytes(name: str, mobile: str) -> bytes:
    """The contact in full, as it is handed over."""
    return json.dumps({"name": name, "mobile": mobile}, ensure_ascii=False).encode()


def _valid(link: BridgeLink | None, peer: str, now: datetime) -> BridgeLink:
    # A link of somebody else's is, to whoever asks, none.
    if link is None or link.peer != peer:
        raise Declined("unknown")
    if link.used_at is not None:
        raise Declined("used")
    if now >= link.expires_at:
        raise Declined("expired")
    return link


def _content(rise_id: UUID, link: BridgeLink) -> bytes:
    if link.document is None:
        return contact_bytes(*escalations.contact_of(rise_id, link.purpose))
    with escalations.document(rise_id, link.document, link.purpose) as stream:
        return stream.read()


def _contact(rise_id: UUID) -> Document | None:
    found = escalations.contact_to_give(rise_id)
    if found is None:
        return None
    content = contact_bytes(*found)
    return Document(hashlib.sha256(content).hexdigest(), words.CONTACT, CONTACT_TYPE, len(content))
