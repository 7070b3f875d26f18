"""Signed envelopes 签名信封: DSSE 1.0, https://github.com/secure-systems-lab/dsse (protocol.md, envelope.md).

The signature is over the stored bytes and their type, so nothing is ever written anew to be verified.
"""

from dataclasses import dataclass
from typing import Any, Final

from escalation.wire import strict
from escalation.wire.keys import PrivateKey, PublicKey
from escalation.wire.notation import base64_of, bytes_of
from escalation.wire.reasons import Rejected

EVENT_TYPE: Final = "application/vnd.zhitongche.event+json"
TRUST_TYPE: Final = "application/vnd.zhitongche.trust+json"
MAX_PAYLOAD: Final = 256 * 1024
MAX_ENVELOPE: Final = 384 * 1024
"""Room for the largest payload in base64."""
_KEYS: Final = {"payload", "payloadType", "signatures"}


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature; `keyid` only says which key to try, and may be empty."""

    keyid: str
    sig: bytes


@dataclass(frozen=True, slots=True)
class Envelope:
    """An envelope as parsed: nothing in it is verified yet."""

    payload_type: str
    payload: bytes
    signatures: tuple[Signature, ...]

    def only(self, payload_type: str) -> Signature:
        """Its one signature, made for `payload_type`; raises Rejected."""
        if self.payload_type != payload_type:
            raise Rejected("payload_type")
        if len(self.signatures) != 1:
            raise Rejected("signature_count", str(len(self.signatures)))
        return self.signatures[0]

    def require(self, key: PublicKey, signature: Signature) -> None:
        """Raises Rejected `signature` unless it is the key's over payload and type."""
        if not key.verify(pae(self.payload_type, self.payload), signature.sig):
            raise Rejected("signature", key.keyid)


def pae(payload_type: str, payload: bytes) -> bytes:
    """Pre-authentication encoding: what is signed."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def sign(payload: bytes, key: PrivateKey, payload_type: str = EVENT_TYPE) -> bytes:
    """The envelope of a payload, signed; the same payload may be signed again by a newer key."""
    signature = {"keyid": key.keyid, "sig": base64_of(key.sign(pae(payload_type, payload)))}
    return strict.dump({"payloadType": payload_type, "payload": base64_of(payload), "signatures": [signature]})


def parse(envelope: bytes, limit: int = MAX_ENVELOPE) -> Envelope:
    """The envelope that these bytes are; `limit` in bytes. Raises Rejected."""
    found = strict.load(envelope, limit=limit)
    if found.keys() != _KEYS or not isinstance(found["signatures"], list):
        raise Rejected("envelope", "attributes")
    kind, payload = found["payloadType"], found["payload"]
    if not isinstance(kind, str) or not isinstance(payload, str):
        raise Rejected("envelope", "attributes")
    return Envelope(kind, bytes_of(payload), tuple(map(_signature, found["signatures"])))


def _signature(found: Any) -> Signature:
    if not isinstance(found, dict) or not {"sig"} <= found.keys() <= {"sig", "keyid"}:
        raise Rejected("envelope", "signature")
    sig, keyid = found["sig"], found.get("keyid", "")
    if not isinstance(sig, str) or not isinstance(keyid, str):
        raise Rejected("envelope", "signature")
    return Signature(keyid, bytes_of(sig))
