"""Pen and gate with a keyed hash instead of signatures: the same interface, a hundred times as fast.

Everyone in a simulation trusts one `Keys`; a key signs for a day, and is let in for one more.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b, sha256
from typing import TYPE_CHECKING, Final
from uuid import UUID

from escalation.protocol.books import Admitted, Signed
from escalation.wire.event import Event
from escalation.wire.reasons import Rejected

if TYPE_CHECKING:
    from random import Random

    from escalation.protocol.books import Draft
    from escalation.protocol.rows import Outgoing

LIFE: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Keys:
    """Which key signs when: the n-th day's, counted from `start`, shifted by `offset`."""

    start: datetime
    offset: timedelta = timedelta()

    def present(self, now: datetime) -> int:
        """The number of the key that signs at `now`."""
        return (now + self.offset - self.start) // LIFE

    def require_usable(self, key: int, now: datetime) -> None:
        """Raise Rejected for a key that is let in no more; a peer's clock may be ahead."""
        if not self.present(now) - 1 <= key <= self.present(now) + 1:
            raise Rejected("key_retired", str(key))


class HashPen:
    """`protocol.books.Pen`; ids and keys by the seed and the tenant's own clock."""

    def __init__(self, code: str, keys: Keys, random: Random) -> None:
        self.code, self.keys, self.random = code, keys, random
        self.now = keys.start

    def sign(self, draft: Draft) -> Signed:
        self.now = draft.time
        message = UUID(int=self.random.getrandbits(128), version=4)
        payload = _written(message, self.code, draft)
        return Signed(message, self._sealed(payload), sha256(payload).digest())

    def receipt(self, admitted: Admitted, now: datetime) -> bytes:
        self.now = now
        payload = json.dumps({"receipt": str(admitted.event.id), "digest": admitted.digest.hex()})
        return self._sealed(payload.encode())

    def fresh(self, envelope: bytes) -> bytes:
        key, _, payload = _parted(envelope)
        return envelope if key == self.keys.present(self.now) else self._sealed(payload)

    def _sealed(self, payload: bytes) -> bytes:
        key = self.keys.present(self.now)
        return b"\n".join((b"%s %d" % (self.code.encode(), key), _mac(self.code, key, payload), payload))


class HashGate:
    """`protocol.books.Gate` of one tenant."""

    def __init__(self, code: str, keys: Keys) -> None:
        self.code, self.keys = code, keys

    def admit(self, envelope: bytes, now: datetime) -> Admitted:
        signer, key, payload = _verified(envelope)
        self.keys.require_usable(key, now)
        event = _read(payload)
        if event.to != self.code:
            raise Rejected("audience", event.to)
        return Admitted(event, signer, sha256(payload).digest(), f"{signer}-{key}")

    def own(self, envelope: bytes) -> Admitted:
        signer, key, payload = _verified(envelope)
        if signer != self.code:
            raise Rejected("source_not_signer", signer)
        event = _read(payload)
        return Admitted(event, event.to, sha256(payload).digest(), f"{signer}-{key}")

    def open(self, envelope: bytes) -> Event:
        return _read(_parted(envelope)[2])

    def check_receipt(self, receipt: bytes, row: Outgoing, now: datetime) -> None:
        signer, key, payload = _verified(receipt)
        self.keys.require_usable(key, now)
        said = json.loads(payload)
        if signer != row.peer or (said.get("receipt"), said.get("digest")) != (str(row.id), row.digest.hex()):
            raise Rejected("receipt_mismatch")


def _mac(code: str, key: int, payload: bytes) -> bytes:
    return blake2b(payload, key=f"{code}-{key}".encode(), digest_size=16).hexdigest().encode()


def _parted(envelope: bytes) -> tuple[int, bytes, bytes]:
    try:
        head, mac, payload = envelope.split(b"\n", 2)
        return int(head.split()[1]), mac, payload
    except (ValueError, IndexError):
        raise Rejected("envelope") from None


def _verified(envelope: bytes) -> tuple[str, int, bytes]:
    key, mac, payload = _parted(envelope)
    signer = envelope.split(b" ", 1)[0].decode()
    if mac != _mac(signer, key, payload):
        raise Rejected("signature")
    return signer, key, payload


def _written(message: UUID, source: str, draft: Draft) -> bytes:
    fields = (
        str(message), source, draft.to, draft.type, str(draft.subject), draft.sequence, draft.since, draft.epoch,
        draft.time.isoformat(), dict(draft.data),
    )  # fmt: skip
    return json.dumps(fields).encode()


def _read(payload: bytes) -> Event:
    message, source, to, kind, subject, sequence, since, epoch, time, data = json.loads(payload)
    return Event(UUID(message), source, to, kind, UUID(subject), sequence, since, epoch, datetime.fromisoformat(time), data)


def forged(envelope: bytes, event: Event) -> bytes:
    """Other bytes under the same id, rightly signed: what only a broken sender would send."""
    key = _parted(envelope)[0]
    payload = json.dumps([*json.loads(_parted(envelope)[2])[:-1], {"uid": "forged"}]).encode()
    return b"\n".join((b"%s %d" % (event.source.encode(), key), _mac(event.source, key, payload), payload))
