"""The two ways to a peer: its door is in this process, or behind HTTPS. Same bytes, same replies."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import httpx
from flask import current_app

from escalation.carriage import batch, counter, door, home, pens, trusted
from escalation.carriage.keyring import DEPLOYMENT
from escalation.cases import words
from escalation.cases.handing import Declined
from escalation.wire import hop, strict
from zhitongche.kernel import clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from escalation.protocol.reply import Reply
    from zhitongche.kernel.settings import Settings

TIMEOUT: Final = httpx.Timeout(20.0, connect=5.0)
PATH: Final = "/bridge/v1/{tenant}/messages"


class Unreachable(Exception):
    """The peer did not answer, or not as a bridge does; the messages stay and are sent again. `reason`: its code, where it gave one."""

    def __init__(self, told: str, reason: str = "") -> None:
        super().__init__(told)
        self.reason = reason


def carry(peer: str, envelopes: Sequence[bytes]) -> list[Reply]:
    """Bring the messages to the peer (its code); a reply for each, in order. Raises Unreachable; call outside of transactions."""
    settings: Settings = current_app.config["SETTINGS"]
    known = trusted.in_force().tenants.get(peer)
    if known is None:
        raise Unreachable("接收单位不在信任名录中")
    if known.deployment == settings.deployment:
        return [door.take(peer, envelope) for envelope in envelopes]
    endpoint = trusted.in_force().deployments[known.deployment].endpoint
    return [reply for part in batch.cut(envelopes) for reply in _post(endpoint, peer, part)]


def fetch(peer: str, asker: str, what: str, **wanted: str | int) -> bytes:
    """What the peer has for the tenant `asker` (codes) at its counter. Raises Unreachable, Declined; call outside of transactions."""
    settings: Settings = current_app.config["SETTINGS"]
    known = trusted.in_force().tenants.get(peer)
    if known is None:
        raise Unreachable("对方不在信任名录中")
    if known.deployment == settings.deployment:
        return counter.serve(peer, asker, what, wanted)
    endpoint = trusted.in_force().deployments[known.deployment].endpoint
    url = f"{endpoint.rstrip('/')}/bridge/v1/{peer}/{what}"
    try:
        return post(url, counter.MEDIA_TYPE, strict.dump({"from": asker, **wanted}))
    except Unreachable as error:
        if error.reason in words.DECLINED:
            raise Declined(error.reason) from None
        raise


def _post(endpoint: str, peer: str, envelopes: Sequence[bytes]) -> list[Reply]:
    body = batch.write(envelopes)
    response = post(endpoint.rstrip("/") + PATH.format(tenant=peer), batch.MEDIA_TYPE, body)
    return batch.read_replies(response, len(envelopes))


def post(url: str, media_type: str, body: bytes) -> bytes:
    """A signed request's answer; raises Unreachable for anything but 200.

    A network that doubles may have brought the first copy already, and this one's nonce was used by it: asked once more
    under a new one, the peer answers as it did then.
    """
    response = _sent(url, media_type, body)
    if response.headers.get("x-bridge-reason") == "hop_replayed":
        response = _sent(url, media_type, body)
    if response.status_code != httpx.codes.OK:
        reason = response.headers.get("x-bridge-reason", "")
        raise Unreachable(f"HTTP {response.status_code} {reason}".strip(), reason)
    return response.content


def _sent(url: str, media_type: str, body: bytes) -> httpx.Response:
    headers = {"content-type": media_type}
    headers |= hop.sign("POST", url, headers, body, pens.signing_key(DEPLOYMENT), clock.now())
    try:
        return _client(str(home.folder())).post(_reachable(url), content=body, headers=headers | {"host": hop.authority(urlsplit(url))})
    except httpx.HTTPError as error:
        raise Unreachable(f"{type(error).__name__}") from error


def _reachable(url: str) -> str:
    # Names below localhost are this machine (RFC 6761), but not every resolver knows it.
    parts = urlsplit(url)
    if (parts.hostname or "").endswith(".localhost"):
        return parts._replace(netloc=f"127.0.0.1:{parts.port or 80}").geturl()
    return url


@lru_cache(maxsize=4)
def _client(_home: str) -> httpx.Client:
    # Never through a proxy of the environment: the other end is named by the trust list alone.
    return httpx.Client(timeout=TIMEOUT, trust_env=False, follow_redirects=False, limits=httpx.Limits(max_connections=16))
