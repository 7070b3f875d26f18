"""The pieces that hostile messages are made of."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

from escalation.wire import dsse, event, kinds, notation, strict
from tests.escalation.wire.world import DATA, World, key


def resigned(payload: bytes, signer: str, kind: str = dsse.EVENT_TYPE) -> bytes:
    """Any bytes under a true signature: what a member of the list could send."""
    return dsse.sign(payload, key(signer), kind)


def said(world: World, **changed: Any) -> bytes:
    """The honest notice with attributes changed (None: without it), signed by the peer."""
    whole = json.loads(event.write(world.message())) | changed
    return resigned(strict.dump({name: value for name, value in whole.items() if value is not None}), world.peer)


def told(world: World, kind: str = kinds.ESCALATE, **changed: Any) -> bytes:
    """An honest message with its data changed, signed by the peer without the sender's own check."""
    data = {name: value for name, value in (DATA[kind] | changed).items() if value is not None}
    return resigned(event.write(world.message(kind, data=data)), world.peer)


def raw(world: World, old: str, new: str) -> bytes:
    payload = event.write(world.message())
    assert old.encode() in payload
    return resigned(payload.replace(old.encode(), new.encode(errors="surrogatepass"), 1), world.peer)


def envelope(world: World, **changed: Any) -> bytes:
    return strict.dump(json.loads(world.sent()) | changed)


def signed_with(world: World, **changed: Any) -> bytes:
    (signature,) = json.loads(world.sent())["signatures"]
    return envelope(world, signatures=[signature | changed])


def forged(world: World) -> bytes:
    (signature,) = json.loads(dsse.sign(event.write(world.message()), key("nobody")))["signatures"]
    return signed_with(world, sig=signature["sig"])


def other_payload(world: World) -> bytes:
    return envelope(world, payload=notation.base64_of(event.write(world.message(data=DATA[kinds.ESCALATE] | {"title": "另一件诉求"}))))


def two_signatures(world: World) -> bytes:
    signatures = json.loads(world.sent())["signatures"]
    return envelope(world, signatures=[*signatures, *signatures])


def hashed_with_public(world: World) -> bytes:
    """What fools verifiers that let the message choose HMAC: the public key taken as the secret."""
    whole = hmac.new(key(world.peer).public.raw, dsse.pae(dsse.EVENT_TYPE, event.write(world.message())), hashlib.sha256)
    return signed_with(world, sig=notation.base64_of(whole.digest()))


def stray_bits(world: World) -> bytes:
    (signature,) = json.loads(world.sent())["signatures"]
    sig = signature["sig"]  # 64 bytes: ends in "==", so the character before carries four bits that mean nothing
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    return signed_with(world, sig=f"{sig[:-3]}{alphabet[alphabet.index(sig[-3]) | 1]}==")


def payload_wrapped(world: World) -> bytes:
    payload = json.loads(world.sent())["payload"]
    return envelope(world, payload=f"{payload[:76]}\n{payload[76:]}")


def with_data_of(world: World, kind: str) -> bytes:
    """The notice with another type's data."""
    return resigned(event.write(world.message(data=DATA[kind])), world.peer)
