"""Hostile receipts, as the peer reads them."""

from __future__ import annotations

from typing import Any

from escalation.wire import dsse, event, kinds
from escalation.wire.event import Event
from tests.escalation.wire.corpus import Kinds
from tests.escalation.wire.world import EPOCH, World, key, uid

KINDS = kind = Kinds("receipt")


def attributes(world: World) -> dict[str, Any]:
    found = event.read(dsse.parse(world.receipt()).payload)
    return {name: getattr(found, name) for name in event.Event.__slots__}


kind("a receipt swapped from another message", "receipt_mismatch", lambda w: w.receipt(id=uid("another")))
kind("a receipt for other bytes", "receipt_mismatch", lambda w: w.receipt(digest=bytes(32)))
kind("a receipt for another number", "receipt_mismatch", lambda w: w.receipt(sequence=2))
kind("a receipt for another epoch", "receipt_mismatch", lambda w: w.receipt(epoch=EPOCH + 1))
kind("a receipt of another case", "receipt_mismatch", lambda w: w.receipt(subject=uid("another case")))
kind("a receipt by somebody else", "receipt_signer", lambda w: w.receipt(signer=w.town))
kind("a receipt signed by the sender itself", "not_neighbour", lambda w: w.receipt(signer=w.peer))
kind("a receipt for somebody else", "audience", lambda w: dsse.sign(
    event.write(Event(**attributes(w) | {"to": w.nearby})), key(w.me)))  # fmt: skip
kind("another message in a receipt's place", "receipt_mismatch", lambda w: w.sent(
    w.message(kinds.STATUS, source=w.trust.urn(w.me), to=w.peer), w.me))  # fmt: skip
kind("a receipt by a key that nobody listed", "key_unknown", lambda w: dsse.sign(dsse.parse(w.receipt()).payload, key("nobody")))
