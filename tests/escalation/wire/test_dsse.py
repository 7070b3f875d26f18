"""DSSE's own vector (protocol.md, ECDSA P-256), and envelopes as its envelope.md has them."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from escalation.wire import dsse
from escalation.wire.algorithms import ALGORITHMS
from escalation.wire.keys import PrivateKey, PublicKey
from escalation.wire.notation import base64_of
from escalation.wire.reasons import Rejected
from tests.escalation.wire.world import key

TYPE, PAYLOAD = "http://example.com/HelloWorld", b"hello world"
ENVELOPE = """{"payload": "aGVsbG8gd29ybGQ=",
 "payloadType": "http://example.com/HelloWorld",
 "signatures": [{"sig": "A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA=="}]}"""
D = 97358161215184420915383655311931858321456579547487070936769975997791359926199
X = 46950820868899156662930047687818585632848591499744589407958293238635476079160
Y = 5640078356564379163099075877009565129882514886557779369047442380624545832820
POINT = X.to_bytes(32) + Y.to_bytes(32)


def _sign(private: bytes, message: bytes) -> bytes:
    handle = ec.derive_private_key(int.from_bytes(private), ec.SECP256R1())
    r, s = decode_dss_signature(handle.sign(message, ec.ECDSA(hashes.SHA256(), deterministic_signing=True)))
    return r.to_bytes(32) + s.to_bytes(32)


def _verify(public: bytes, message: bytes, signature: bytes) -> bool:
    handle = ec.EllipticCurvePublicNumbers(int.from_bytes(public[:32]), int.from_bytes(public[32:]), ec.SECP256R1()).public_key()
    pair = encode_dss_signature(int.from_bytes(signature[:32]), int.from_bytes(signature[32:]))
    try:
        handle.verify(pair, message, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


@pytest.fixture
def p256(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The vector's algorithm, added as any other would be: by one entry."""
    entry = replace(ALGORITHMS["ed25519"], sign=_sign, verify=_verify, public=lambda _: POINT)
    monkeypatch.setitem(ALGORITHMS, "p256", entry)
    return "p256"


def test_what_is_signed_is_the_pre_authentication_encoding_of_the_vector() -> None:
    assert dsse.pae(TYPE, PAYLOAD) == b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"


def test_lengths_are_counted_in_bytes() -> None:
    assert dsse.pae("类", "字".encode()) == "DSSEv1 3 类 3 字".encode()


def test_the_vector_is_verified(p256: str) -> None:
    parsed = dsse.parse(ENVELOPE.encode())
    parsed.require(PublicKey(p256, POINT), parsed.only(TYPE))
    with pytest.raises(Rejected):
        replace(parsed, payload=b"hello World").require(PublicKey(p256, POINT), parsed.only(TYPE))


def test_the_vector_is_signed(p256: str) -> None:
    envelope = json.loads(dsse.sign(PAYLOAD, PrivateKey(p256, D.to_bytes(32)), TYPE))
    del envelope["signatures"][0]["keyid"]
    assert envelope == json.loads(ENVELOPE)


def test_an_envelope_of_ours_is_parsed_and_holds() -> None:
    parsed = dsse.parse(dsse.sign(b"payload", key("a")))
    signature = parsed.only(dsse.EVENT_TYPE)
    parsed.require(key("a").public, signature)
    assert (parsed.payload, signature.keyid) == (b"payload", key("a").keyid)


def test_the_url_safe_alphabet_is_taken_too() -> None:
    payload = bytes(range(250, 256))
    assert "+" in base64_of(payload) or "/" in base64_of(payload)
    found = json.loads(dsse.sign(payload, key("a")))
    safe = str.maketrans("+/", "-_")
    found["payload"] = found["payload"].translate(safe)
    found["signatures"][0]["sig"] = found["signatures"][0]["sig"].translate(safe)
    parsed = dsse.parse(json.dumps(found).encode())
    parsed.require(key("a").public, parsed.only(dsse.EVENT_TYPE))


def test_a_key_of_an_algorithm_that_we_cannot_do_is_refused_when_it_is_used() -> None:
    parsed = dsse.parse(dsse.sign(b"payload", key("a")))
    with pytest.raises(Rejected, match="算法") as refused:
        parsed.require(PublicKey("sm2", key("a").public.raw), parsed.only(dsse.EVENT_TYPE))
    assert refused.value.reason == "algorithm_unknown"
