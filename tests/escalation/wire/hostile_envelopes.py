"""Hostile messages: keys, algorithms, names, rights, envelopes."""

from __future__ import annotations

import json
from datetime import timedelta

from escalation.wire import dsse, event, kinds, strict
from tests.escalation.wire import making
from tests.escalation.wire.corpus import Kinds
from tests.escalation.wire.world import key

KINDS = kind = Kinds("message")

# Keys.
kind("a key that nobody listed", "key_unknown", lambda w: w.sent(signer="nobody"))
kind("another's signature under the peer's key id", "signature", making.forged)
kind("a retired key", "key_retired", lambda w: w.sent(signer="retired"))
kind("a revoked key", "key_revoked", lambda w: w.sent(signer="revoked"))
kind("a key that does not hold yet", "key_not_yet", lambda w: w.sent(signer="not yet"))
kind("a deployment's key in a tenant's place", "key_unknown", lambda w: w.sent(signer="there"))
kind("an expired trust list", "trust_expired", lambda w: w.sent(), later=timedelta(hours=24))
kind("no key id", "key_unknown", lambda w: making.signed_with(w, keyid=""))
# The algorithm.
kind("an algorithm named by the message", "envelope", lambda w: making.signed_with(w, alg="none"))
kind("a key id of a weaker algorithm", "key_unknown", lambda w: making.signed_with(w, keyid=key(w.peer).keyid.replace("ed25519", "none")))
kind("no signature bytes", "signature", lambda w: making.signed_with(w, sig=""))
kind("an HMAC with the public key as secret", "signature", making.hashed_with_public)
# Names.
kind("another audience", "audience", lambda w: w.sent(w.message(to=w.nearby)))
kind("another tenant's name", "source_not_signer", lambda w: w.sent(w.message(source=w.trust.urn(w.nearby))))
kind("my own name", "source_not_signer", lambda w: w.sent(w.message(source=w.trust.urn(w.me))))
kind("a deployment that does not host the tenant", "source_not_signer", lambda w: w.sent(w.message(source=f"urn:zhitongche:here:{w.peer}")))
kind("a look-alike letter in the source", "source", lambda w: making.said(w, source=f"urn:zhitongche:th\u0435re:{w.peer}"))
kind("a capital letter in the source", "source", lambda w: making.said(w, source=w.trust.urn(w.peer).upper()))
kind("an invisible character in the audience", "character", lambda w: making.said(w, to=f"{w.me}\u200b"))
kind("a look-alike letter in the audience", "attribute_value", lambda w: making.said(w, to="\u0441ity"))
# Rights.
kind("a type that is not known", "type_unknown", lambda w: making.said(w, type="case.delete.v1"))
kind("an answer from below", "direction", lambda w: making.told(w, kinds.STATUS))
kind("a type that the list does not allow", "type_not_allowed", lambda w: w.sent(w.message(kinds.WITHDRAW, source=w.trust.urn(w.nearby)), w.nearby))
kind("a notice past the level between", "not_neighbour", lambda w: w.sent(w.message(source=w.trust.urn(w.town)), w.town))
kind("a notice from elsewhere", "not_neighbour", lambda w: w.sent(w.message(source=w.trust.urn(w.far)), w.far))
kind("a notice to oneself", "not_neighbour", lambda w: w.sent(w.message(source=w.trust.urn(w.me)), w.me))
# The envelope.
kind("other contents under the signature", "signature", making.other_payload)
kind("a signature of another payload type", "payload_type", lambda w: making.resigned(event.write(w.message()), w.peer, dsse.TRUST_TYPE))
kind("another payload type's signature under ours", "signature", lambda w: strict.dump(
    json.loads(making.resigned(event.write(w.message()), w.peer, "application/json")) | {"payloadType": dsse.EVENT_TYPE}))  # fmt: skip
kind("the trust list as a message", "payload_type", lambda w: w.list())
kind("two signatures", "signature_count", making.two_signatures)
kind("no signature", "signature_count", lambda w: making.envelope(w, signatures=[]))
kind("an unknown attribute of the envelope", "envelope", lambda w: making.envelope(w, certificate="https://evil.example/key"))
kind("a null in the envelope", "envelope", lambda w: making.envelope(w, payload=None))
kind("duplicate keys in the envelope", "duplicate_key", lambda w: w.sent().replace(b'{"payloadType"', b'{"payload":"","payloadType"', 1))
kind("trailing bytes", "malformed", lambda w: w.sent() + b"{}")
kind("a byte order mark", "malformed", lambda w: b"\xef\xbb\xbf" + w.sent())
kind("not UTF-8", "malformed", lambda w: w.sent() + b"\xff")
kind("nothing at all", "malformed", lambda w: b"")
kind("not an object", "malformed", lambda w: b"[" + w.sent() + b"]")
kind("an oversize envelope", "oversize", lambda w: w.sent() + b" " * dsse.MAX_ENVELOPE)
kind("an oversize payload", "oversize", lambda w: making.told(w, content="阔" * 88_000))
kind("a hundred thousand brackets", "too_deep", lambda w: b"[" * 100_000)
kind("deep nesting in the envelope", "too_deep", lambda w: making.envelope(w, payload=json.loads("[" * 40 + "]" * 40)))
kind("deep nesting in the data", "too_deep", lambda w: making.told(w, ref=json.loads('{"a":' * 40 + "1" + "}" * 40)))
kind("quotes that are never closed", "malformed", lambda w: b'{"' + b'\\"' * 150_000)
kind("base64 with line breaks", "encoding", making.payload_wrapped)
kind("base64 without padding", "encoding", lambda w: making.signed_with(w, sig=json.loads(w.sent())["signatures"][0]["sig"].rstrip("=")))
kind("base64 with stray bits", "encoding", making.stray_bits)
kind("base64 in full-width letters", "encoding", lambda w: making.envelope(w, payload="ＡＡＡＡ"))
