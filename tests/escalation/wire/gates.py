"""Sending something to the gate it is meant for, as the rooms above do."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from escalation.wire import admitting, hop, receipts, trust
from escalation.wire.keys import fingerprint
from tests.escalation.wire.hostile import Gate, Hostile
from tests.escalation.wire.world import World


@dataclass
class Nonces:
    """What the ledger does with nonces."""

    seen: set[tuple[str, str]] = field(default_factory=set)

    def fresh(self, keyid: str, nonce: str, _: datetime) -> bool:
        """Whether this is its first time."""
        known = (keyid, nonce) in self.seen
        self.seen.add((keyid, nonce))
        return not known


def pass_through(gate: Gate, thing: Any, world: World, now: datetime, nonces: Nonces | None = None) -> object:
    """Whatever the gate makes of it; raises Rejected."""
    if gate == "message":
        return admitting.admit(thing, world.trust, world.me, now)
    if gate == "receipt":
        return receipts.verify(thing, world.trust, world.expected(), now)
    if gate == "list":
        return trust.verify(thing, fingerprint(world.anchor.public))
    return hop.verify(thing.method, thing.url, thing.headers, thing.body, world.trust, now, (nonces or Nonces()).fresh)


def send(kind: Hostile, world: World) -> object:
    """What comes of a hostile kind; raises Rejected."""
    thing, now, nonces = kind.build(world), world.now + kind.later, Nonces()
    if kind.twice:
        pass_through(kind.gate, thing, world, now, nonces)
    return pass_through(kind.gate, thing, world, now, nonces)
