"""The trust list as JSON, closed and bounded, and what must hold between its parts."""

from typing import Any

from escalation.wire import notation, strict, trust_forms
from escalation.wire.keys import PublicKey
from escalation.wire.listing import Deployment, Key, Tenant, TrustList
from escalation.wire.reasons import Rejected


def write(trust: TrustList, anchor: PublicKey) -> bytes:
    """The list's bytes, with the anchor's public key."""
    return strict.dump({
        "serial": trust.serial,
        "issued_at": notation.written(trust.issued_at),
        "expires_at": notation.written(trust.expires_at),
        "anchor": {"algorithm": anchor.algorithm, "public": notation.base64_of(anchor.raw)},
        "deployments": [
            {"code": code, "endpoint": one.endpoint, "keys": [*map(_key_written, one.keys)]}
            for code, one in sorted(trust.deployments.items())
        ],
        "tenants": [
            {"code": code, "deployment": one.deployment, "name": one.name, "keys": [*map(_key_written, one.keys)],
             "may_send": sorted(one.may_send), **({"parent": one.parent} if one.parent else {})}
            for code, one in sorted(trust.tenants.items())
        ],
    })  # fmt: skip


def anchor_of(payload: bytes) -> PublicKey:
    """The public key that the list says it is signed by: worth something only if its fingerprint is the one on paper."""
    found = _form(payload)["anchor"]
    return PublicKey(found["algorithm"], notation.bytes_of(found["public"]))


def read(payload: bytes) -> TrustList:
    """The list of verified bytes; raises Rejected."""
    found = _form(payload)
    deployments = {one["code"]: Deployment(one["endpoint"], _keys(one)) for one in found["deployments"]}
    tenants = {
        one["code"]: Tenant(one["deployment"], one["name"], one.get("parent"), _keys(one), frozenset(one["may_send"]))
        for one in found["tenants"]
    }
    if len(deployments) != len(found["deployments"]) or len(tenants) != len(found["tenants"]):
        raise Rejected("trust_form", "a code twice")
    times = notation.moment(found["issued_at"]), notation.moment(found["expires_at"])
    trust = TrustList(found["serial"], *times, deployments, tenants)
    trust_forms.check(trust)
    return trust


def _form(payload: bytes) -> dict[str, Any]:
    found = strict.load(payload, limit=len(payload))
    trust_forms.check_form(found)
    return found


def _key_written(key: Key) -> dict[str, str]:
    return {
        "keyid": key.keyid,
        "algorithm": key.algorithm,
        "public": notation.base64_of(key.public.raw),
        "from": notation.written(key.from_),
        "until": notation.written(key.until),
        **({"revoked_at": notation.written(key.revoked_at)} if key.revoked_at else {}),
    }


def _keys(found: dict[str, Any]) -> tuple[Key, ...]:
    return tuple(map(_key, found["keys"]))


def _key(found: dict[str, Any]) -> Key:
    public = PublicKey(found["algorithm"], notation.bytes_of(found["public"]))
    if public.keyid != found["keyid"]:
        raise Rejected("trust_form", "a key's id does not follow from the key")
    revoked = found.get("revoked_at")
    return Key(
        public, notation.moment(found["from"]), notation.moment(found["until"]), notation.moment(revoked) if revoked else None
    )
