"""Signing and admitting for one tenant, by the keys and the list that are in force."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from escalation.carriage import home, trusted
from escalation.carriage.keyring import Keyring
from escalation.protocol.books import Admitted, Signed
from escalation.wire import admitting, dsse, event, issuing, receipts
from escalation.wire.event import Event
from escalation.wire.reasons import Rejected
from zhitongche.kernel import clock, ids

if TYPE_CHECKING:
    from datetime import datetime

    from escalation.protocol.books import Draft
    from escalation.protocol.rows import Outgoing
    from escalation.wire.keys import PrivateKey

GRACE: Final = timedelta(minutes=15)
"""How long an announced key waits before it signs: every peer has fetched the list by then."""


def signing_key(name: str) -> PrivateKey:
    """The newest of our keys that every peer knows by now; the one in use where the list knows none."""
    ring, now = Keyring(home.folder()), clock.now()
    begun = {key.keyid: key for key in trusted.keys_of(name) if key.revoked_at is None and key.from_ + GRACE <= now < key.until}
    known = [key for key in ring.all(name) if key.keyid in begun]
    return max(known, key=lambda key: begun[key.keyid].from_, default=None) or ring.active(name)


@dataclass(frozen=True, slots=True)
class TenantPen:
    """Writes in the tenant's name."""

    tenant: str

    def sign(self, draft: Draft) -> Signed:
        """The draft as signed bytes; raises Rejected for what no receiver would take."""
        message = ids.new_id()
        written = Event(
            message, trusted.in_force().urn(self.tenant), draft.to, draft.type, draft.subject,
            draft.sequence, draft.since, draft.epoch, draft.time, draft.data,
        )  # fmt: skip
        issued = issuing.issue(written, self._key())
        return Signed(message, issued.envelope, issued.digest)

    def receipt(self, admitted: Admitted, now: datetime) -> bytes:
        """The receipt for a message that was let in."""
        source = trusted.in_force().urn(self.tenant)
        return receipts.write(admitted.event, admitted.digest, source=source, epoch=0, at=now, key=self._key())

    def fresh(self, envelope: bytes) -> bytes:
        """The same payload under the present key."""
        key = self._key()
        signed = dsse.parse(envelope).only(dsse.EVENT_TYPE)
        return envelope if signed.keyid == key.keyid else issuing.again(envelope, key)

    def _key(self) -> PrivateKey:
        return signing_key(self.tenant)


@dataclass(frozen=True, slots=True)
class TenantGate:
    """Lets in for the tenant; of another deployment only what its own tenants send."""

    tenant: str
    carrier: str | None = None

    def admit(self, envelope: bytes, now: datetime) -> Admitted:
        """Everything is checked; raises Rejected."""
        found = admitting.admit(envelope, trusted.in_force(), self.tenant, now)
        if self.carrier not in (None, found.event.deployment):
            raise Rejected("source", self.carrier or "")
        return Admitted(found.event, found.event.sender, found.digest, found.keyid)

    def own(self, envelope: bytes) -> Admitted:
        """A message that we signed ourselves, whenever that was; raises Rejected."""
        trust = trusted.in_force()
        parsed = dsse.parse(envelope)
        signature = parsed.only(dsse.EVENT_TYPE)
        signer, key = trust.tenant_key(signature.keyid)
        if signer != self.tenant:
            raise Rejected("source_not_signer", signer)
        parsed.require(key.public, signature)
        message = event.read(parsed.payload)
        if message.sender != self.tenant:
            raise Rejected("source_not_signer", message.sender)
        return Admitted(message, message.to, hashlib.sha256(parsed.payload).digest(), key.keyid)

    def open(self, envelope: bytes) -> Event:
        """What was let in before."""
        return event.read(dsse.parse(envelope).payload)

    def check_receipt(self, receipt: bytes, row: Outgoing, now: datetime) -> None:
        """Raise Rejected unless it is the receiver's, for just this message."""
        expected = receipts.Expected(row.id, row.digest, row.subject, row.sequence, row.epoch, self.tenant, row.peer)
        receipts.verify(receipt, trusted.in_force(), expected, now)

