"""The one gate: every message from outside passes all of it before anything is done with what it says."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from escalation.wire import dsse, event, rights, schemas
from escalation.wire.event import Event
from escalation.wire.listing import TrustList
from escalation.wire.reasons import Rejected


@dataclass(frozen=True, slots=True)
class Admitted:
    """A message that was let in; `digest` is the SHA-256 of its payload, which identifies it whoever carries it."""

    event: Event
    digest: bytes
    keyid: str


def admit(envelope: bytes, trust: TrustList, me: str, now: datetime) -> Admitted:
    """Let a message in for the tenant `me` (its code), at `now` (aware UTC). Raises Rejected, nothing else.

    Nothing of the payload is read before its signature holds.
    """
    trust.require_current(now)
    parsed = dsse.parse(envelope)
    signature = parsed.only(dsse.EVENT_TYPE)
    signer, key = trust.tenant_key(signature.keyid)
    key.require_usable(now)
    parsed.require(key.public, signature)
    message = event.read(parsed.payload)
    if message.source != trust.urn(signer):
        raise Rejected("source_not_signer", signer)
    if message.to != me:
        raise Rejected("audience", message.to)
    rights.require(trust, signer, me, message.type)
    schemas.check(message.type, message.data)
    return Admitted(message, hashlib.sha256(parsed.payload).digest(), key.keyid)
