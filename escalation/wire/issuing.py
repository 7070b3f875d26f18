"""What we send passes the receiver's own checks first: nothing is signed that the other side would refuse."""

import hashlib
from dataclasses import dataclass, replace

from escalation.wire import dsse, event, schemas
from escalation.wire.event import Event
from escalation.wire.keys import PrivateKey


@dataclass(frozen=True, slots=True)
class Issued:
    """A message as it is kept and sent; `digest` is the SHA-256 of `payload`."""

    payload: bytes
    digest: bytes
    envelope: bytes


def issue(message: Event, key: PrivateKey) -> Issued:
    """Check, write and sign a message. Raises Rejected for what no receiver would take.

    Characters that people paste without seeing them are taken out first: a case must not stand still for them.
    """
    data = schemas.fitted(message.type, message.data)
    schemas.check(message.type, data)
    payload = event.write(replace(message, data=data))
    event.read(payload)
    return Issued(payload, hashlib.sha256(payload).digest(), dsse.sign(payload, key))


def again(envelope: bytes, key: PrivateKey) -> bytes:
    """The same payload signed by a newer key: for what waited longer than its key held."""
    return dsse.sign(dsse.parse(envelope).payload, key)
