"""The signature of one request between deployments: RFC 9421 over a fixed set of components, RFC 9530 content digest.

It proves which deployment sends now; what the message says is proved by the tenant's own signature inside.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import SplitResult, urlsplit

from escalation.wire import fields
from escalation.wire.reasons import Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from escalation.wire.keys import PrivateKey
    from escalation.wire.listing import TrustList

COMPONENTS: Final = ("@method", "@authority", "@path", "content-type", "content-digest")
LIFE: Final = timedelta(minutes=5)
SKEW: Final = timedelta(seconds=60)
"""How far the sender's clock may be ahead of ours."""
TAG: Final = "zhitongche-bridge"
LABEL: Final = "bridge"
_PARAMETERS: Final = {"created": int, "expires": int, "nonce": str, "keyid": str, "tag": str}
_NONCE: Final = range(16, 129)
_PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Hop:
    """A request that holds: which deployment signed it, with which key, under which nonce (to be seen once)."""

    deployment: str
    keyid: str
    nonce: str
    expires: datetime


def sign(method: str, url: str, headers: Mapping[str, str], body: bytes, key: PrivateKey, now: datetime) -> dict[str, str]:
    """The headers (lower case) to add to `headers`, which hold Content-Type; `now` aware UTC. RFC 9421 section 3.1."""
    added = {"content-digest": content_digest(body)}
    created = int(now.timestamp())
    parameters: dict[str, int | str] = {
        "created": created, "expires": created + int(LIFE.total_seconds()), "nonce": secrets.token_urlsafe(24),
        "keyid": key.keyid, "tag": TAG,
    }  # fmt: skip
    signed = fields.write_list(COMPONENTS, parameters)
    signature = key.sign(base(COMPONENTS, _values(method, url, {**_lower(headers), **added}), signed))
    return {**added, "signature-input": f"{LABEL}={signed}", "signature": f"{LABEL}={fields.write(signature)}"}


def verify(
    method: str, url: str, headers: Mapping[str, str], body: bytes, trust: TrustList, now: datetime,
    fresh: Callable[[str, str, datetime], bool],
) -> Hop:  # fmt: skip
    """Who sent this request; `url` is the address that it was sent to, `now` aware UTC. Raises Rejected, nothing else.

    `fresh(keyid, nonce, until)` keeps the nonce until then and says whether it is seen for the first time;
    it is asked last, so that nobody without a key can fill it. RFC 9421 section 3.2.
    """
    trust.require_current(now)
    given = _lower(headers)
    signed, signature = _only(given)
    hop = _stated(signed.parameters, trust, now)
    _, key = trust.deployment_key(hop.keyid)
    key.require_usable(now)
    parameters = fields.write_list(COMPONENTS, signed.parameters)
    if not key.public.verify(base(COMPONENTS, _values(method, url, given), parameters), signature):
        raise Rejected("hop_signature", hop.keyid)
    _check_digest(given["content-digest"], body)
    if not fresh(hop.keyid, hop.nonce, hop.expires):
        raise Rejected("hop_replayed", hop.keyid)
    return hop


def base(components: Sequence[str], values: Mapping[str, str], parameters: str) -> bytes:
    """The signature base: one line a component, then the parameters as they stand in Signature-Input. Section 2.5."""
    lines = [f'"{name}": {values[name]}' for name in components]
    return "\n".join([*lines, f'"@signature-params": {parameters}']).encode("ascii")


def content_digest(body: bytes) -> str:
    """The Content-Digest of a body. RFC 9530 section 2."""
    return f"sha-256={fields.write(hashlib.sha256(body).digest())}"


def authority(parts: SplitResult) -> str:
    """Host in lower case, and port where it is not the scheme's own. RFC 9421 section 2.2.3."""
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    return host if parts.port in (None, _PORTS.get(parts.scheme)) else f"{host}:{parts.port}"


def _values(method: str, url: str, headers: Mapping[str, str]) -> dict[str, str]:
    values = {"@method": method, **_address(url)}
    for name in ("content-type", "content-digest"):
        if name not in headers:
            raise Rejected("hop_missing", name)
        values[name] = headers[name].strip()
    # What is signed is lines of ASCII; anything else could be read in two ways.
    if not all(value.isascii() and value.isprintable() for value in values.values()):
        raise Rejected("hop_form", "not printable ASCII")
    return values


def _address(url: str) -> dict[str, str]:
    try:
        parts = urlsplit(url)
        address = {"@authority": authority(parts), "@path": parts.path or "/"}
    except ValueError:
        raise Rejected("hop_address") from None
    # A query would not be covered.
    if not parts.hostname or parts.scheme not in _PORTS or parts.query or "?" in url or "#" in url or "@" in parts.netloc:
        raise Rejected("hop_address")
    return address


def _only(headers: Mapping[str, str]) -> tuple[fields.InnerList, bytes]:
    if not {"signature-input", "signature"} <= headers.keys():
        raise Rejected("hop_missing")
    inputs = fields.inner_lists(headers["signature-input"])
    signatures = fields.byte_sequences(headers["signature"])
    if {*inputs} != {LABEL} or {*signatures} != {LABEL}:
        raise Rejected("hop_form", "labels")
    if inputs[LABEL].items != tuple((name, {}) for name in COMPONENTS):
        raise Rejected("hop_components")
    return inputs[LABEL], signatures[LABEL]


def _stated(parameters: fields.Parameters, trust: TrustList, now: datetime) -> Hop:
    if {key: type(value) for key, value in parameters.items()} != _PARAMETERS or parameters["tag"] != TAG:
        raise Rejected("hop_parameters")
    keyid, nonce = str(parameters["keyid"]), str(parameters["nonce"])
    if len(nonce) not in _NONCE:
        raise Rejected("hop_parameters", "nonce")
    created, expires = _moment(parameters["created"]), _moment(parameters["expires"])
    if not timedelta() < expires - created <= LIFE:
        raise Rejected("hop_window")
    if created > now + SKEW:
        raise Rejected("hop_not_yet")
    if now >= expires:
        raise Rejected("hop_expired")
    return Hop(trust.deployment_key(keyid)[0], keyid, nonce, expires)


def _moment(seconds: int | str) -> datetime:
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        raise Rejected("hop_parameters", "time") from None


def _check_digest(header: str, body: bytes) -> None:
    digests = fields.byte_sequences(header)
    if {*digests} != {"sha-256"}:
        raise Rejected("hop_digest", "algorithm")
    if not hmac.compare_digest(digests["sha-256"], hashlib.sha256(body).digest()):
        raise Rejected("hop_digest")


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in headers.items():
        if name.lower() in found:
            raise Rejected("hop_form", "a header twice")
        found[name.lower()] = value
    return found
