"""Each guard is what keeps its kinds out: with the guard switched off, they come in, and the corpus says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from escalation.wire import admitting, event, hop, receipts, rights, schemas, strict, trust_forms
from escalation.wire.dsse import Envelope
from escalation.wire.keys import PublicKey
from escalation.wire.listing import Key, TrustList
from tests.escalation.wire import gates, hostile, world

WORLD = world.make()
Patch = pytest.MonkeyPatch
OFF = lambda *_, **__: None  # noqa: E731  a guard that guards nothing


def came_in(named: set[str]) -> set[str]:
    """Which of the named hostile kinds get past their gate."""
    kinds, found = [kind for kind in hostile.KINDS if kind.name in named], set()
    assert len(kinds) == len(named)
    for kind in kinds:
        try:
            gates.send(kind, WORLD)
        except Exception:
            continue
        found.add(kind.name)
    return found


def _no_duplicate_check(patch: Patch) -> None:
    patch.setattr(strict, "_once", dict)


def _message_names_algorithm(patch: Patch) -> None:
    """The classic: who says `none` needs no signature."""
    real, find = PublicKey.verify, TrustList.tenant_key
    patch.setattr(PublicKey, "verify", lambda self, message, sig: sig == b"" or real(self, message, sig))
    patch.setattr(TrustList, "tenant_key", lambda self, keyid: find(self, keyid.replace("none", "ed25519")))


def _receipt_not_bound(patch: Patch) -> None:
    def unbound(envelope: bytes, listed: TrustList, expected: receipts.Expected, now: Any) -> receipts.Receipt:
        return receipts.read(admitting.admit(envelope, listed, expected.sender, now))

    patch.setattr(receipts, "verify", unbound)


def _any_sender(patch: Patch) -> None:
    real = TrustList.urn
    patch.setattr(TrustList, "urn", lambda self, tenant: Anything(real(self, tenant)))


class Anything(str):
    """Equal to everything."""

    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False

    __hash__ = str.__hash__


def _any_audience(patch: Patch) -> None:
    real = admitting.admit
    patch.setattr(admitting, "admit", lambda envelope, listed, me, now: real(envelope, listed, Anything(me), now))


def _loose_base64(patch: Patch) -> None:
    import base64

    for module in ("escalation.wire.dsse.bytes_of", "escalation.wire.fields.bytes_of"):
        patch.setattr(module, lambda text: base64.b64decode(text + "=="))


def _loose_json(patch: Patch) -> None:
    patch.setattr(strict, "_integer", lambda digits: 12)
    patch.setattr(strict, "_no_float", lambda text: 12)


GUARDS: dict[str, tuple[Callable[[Patch], None], set[str]]] = {
    "the list's expiry": (
        lambda patch: patch.setattr(TrustList, "require_current", OFF), {"an expired trust list"}),
    "the keys' validity": (
        lambda patch: patch.setattr(Key, "require_usable", OFF), {"a retired key", "a revoked key", "a key that does not hold yet", "a retired key for the request"}),
    "the signature": (
        lambda patch: patch.setattr(Envelope, "require", OFF), {"other contents under the signature", "another's signature under the peer's key id", "a list changed after signing"}),
    "the list's choice of the algorithm": (_message_names_algorithm, {"no signature bytes"}),
    "the payload type": (
        lambda patch: patch.setattr(Envelope, "only", lambda self, _: self.signatures[0]), {"a signature of another payload type", "two signatures", "a list signed as a message"}),
    "the audience": (_any_audience, {"another audience"}),
    "the source": (_any_sender, {"another tenant's name", "my own name", "a deployment that does not host the tenant"}),
    "the rights": (
        lambda patch: patch.setattr(rights, "require", OFF), {"an answer from below", "a notice past the level between", "a type that the list does not allow"}),
    "the schema": (
        lambda patch: patch.setattr(schemas, "check", OFF), {"the enterprise named in the notice", "a contact that is not masked", "a look-alike letter in a title"}),
    "the duplicate keys": (_no_duplicate_check, {"duplicate keys in the envelope", "duplicate keys in the data"}),
    "the numbers": (_loose_json, {"not a number", "a fraction", "a number beyond exactness"}),
    "the known attributes": (
        lambda patch: patch.setattr(event, "_check_attributes", OFF), {"an unknown attribute", "another version of CloudEvents"}),
    "the numbering": (
        lambda patch: patch.setattr(event, "_check_numbering", OFF), {"a case message without number", "an epoch that begins after the message"}),
    "the base64": (_loose_base64, {"base64 with stray bits", "base64 without padding", "base64 with line breaks"}),
    "the receipt's binding": (_receipt_not_bound, {"a receipt swapped from another message", "a receipt for other bytes", "a receipt by somebody else"}),
    "the nonce": (
        lambda patch: patch.setattr(gates.Nonces, "fresh", lambda *_: True), {"a request sent twice"}),
    "the digest": (
        lambda patch: patch.setattr(hop, "_check_digest", OFF), {"another body under the signature", "a digest by a weak algorithm"}),
    "the list's rules": (
        lambda patch: patch.setattr(trust_forms, "check", OFF), {"a tenant below itself", "one key for two tenants", "a list that holds for a week"}),
}  # fmt: skip


@pytest.mark.parametrize("guard", GUARDS)
def test_a_guard_switched_off_is_found_by_the_corpus(guard: str, monkeypatch: Patch) -> None:
    switch_off, expected = GUARDS[guard]
    switch_off(monkeypatch)
    assert came_in(expected) == expected


def test_with_every_guard_on_none_of_them_comes_in() -> None:
    assert came_in(set().union(*(expected for _, expected in GUARDS.values()))) == set()


def test_the_window_of_a_request_is_what_ends_it(monkeypatch: Patch) -> None:
    monkeypatch.setattr(hop, "_stated", lambda parameters, listed, now: hop.Hop("there", str(parameters["keyid"]), "n", now))
    expected = {"a request replayed after its window", "a request that holds for an hour", "another protocol's tag"}
    assert came_in(expected) == expected


