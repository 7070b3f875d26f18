"""Receipts 回执: the receiver's signature under what came in. Only a verified one makes a message 已送达."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from escalation.wire import issuing, kinds, notation
from escalation.wire.admitting import Admitted, admit
from escalation.wire.event import Event
from escalation.wire.reasons import Rejected
from zhitongche.kernel import ids

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from escalation.wire.keys import PrivateKey
    from escalation.wire.listing import TrustList


@dataclass(frozen=True, slots=True)
class Expected:
    """What the sender knows of its own message; `digest` is the SHA-256 of its payload, tenants by code."""

    id: UUID
    digest: bytes
    subject: UUID
    sequence: int
    epoch: int
    sender: str
    receiver: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt as its signer wrote it; `received_at` aware UTC, by the receiver's clock."""

    message: UUID
    digest: bytes
    sequence: int
    epoch: int
    receiver: str
    received_at: datetime
    keyid: str


def write(message: Event, digest: bytes, *, source: str, epoch: int, at: datetime, key: PrivateKey) -> bytes:
    """The receiver's signed receipt (an envelope); `source` is its urn, `epoch` its own, `at` aware."""
    data = {
        "message": str(message.id),
        "digest": digest.hex(),
        "sequence": message.sequence,
        "epoch": message.epoch,
        "received_at": notation.written(at),
    }
    receipt = Event(ids.new_id(), source, message.sender, kinds.RECEIPT, message.subject, 0, 0, epoch, at, data)
    return issuing.issue(receipt, key).envelope


def read(admitted: Admitted) -> Receipt:
    """The receipt that was let in; raises Rejected `receipt_mismatch` where it is another message."""
    said = admitted.event.data
    if admitted.event.type != kinds.RECEIPT:
        raise Rejected("receipt_mismatch", "type")
    return Receipt(
        notation.uuid(said["message"]), bytes.fromhex(said["digest"]), said["sequence"], said["epoch"],
        admitted.event.sender, notation.moment(said["received_at"]), admitted.keyid,
    )  # fmt: skip


def verify(envelope: bytes, trust: TrustList, expected: Expected, now: datetime) -> Receipt:
    """The receipt, if it is the receiver's and for exactly this message; raises Rejected."""
    admitted = admit(envelope, trust, expected.sender, now)
    receipt = read(admitted)
    if receipt.receiver != expected.receiver:
        raise Rejected("receipt_signer", receipt.receiver)
    said = (receipt.message, receipt.digest, admitted.event.subject, receipt.sequence, receipt.epoch)
    if said != (expected.id, expected.digest, expected.subject, expected.sequence, expected.epoch):
        raise Rejected("receipt_mismatch")
    return receipt
