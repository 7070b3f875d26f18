"""Hostile requests between deployments."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from escalation.wire import fields, hop
from tests.escalation.wire.corpus import Kinds
from tests.escalation.wire.world import Request, World, key

KINDS = kind = Kinds("hop")


def _headers(world: World, **changed: str | None) -> Request:
    honest = world.request()
    headers = {**honest.headers, **{name.replace("_", "-"): value for name, value in changed.items()}}
    return replace(honest, headers={name: value for name, value in headers.items() if value is not None})


def _signed(world: World, parameters: dict[str, Any] | None = None, components: tuple[str, ...] = hop.COMPONENTS, label: str = hop.LABEL) -> Request:
    """A request whose parameters or components the sender has chosen, truly signed."""
    honest = world.request()
    now = int(world.now.timestamp())
    usual = {"created": now, "expires": now + 300, "nonce": "n" * 24, "keyid": key("there").keyid, "tag": hop.TAG}
    chosen = {name: value for name, value in (usual | (parameters or {})).items() if value is not None}
    written = fields.write_list(components, chosen)
    values = hop._values(honest.method, honest.url, hop._lower(honest.headers)) | {"host": "x"}
    signature = key("there").sign(hop.base(components, values, written))
    return replace(honest, headers=honest.headers | {"signature-input": f"{label}={written}", "signature": f"{label}={fields.write(signature)}"})


def _moved(world: World, url: str) -> Request:
    return replace(world.request(), url=url)


def _at(world: World, seconds: int, life: int = 300) -> Request:
    created = int(world.now.timestamp()) + seconds
    return _signed(world, {"created": created, "expires": created + life})


def other_digest(world: World, digest: str) -> Request:
    """A request truly signed over another Content-Digest."""
    honest = world.request()
    given = {**honest.headers, "content-digest": digest}
    written = given["signature-input"].removeprefix(f"{hop.LABEL}=")
    signature = key("there").sign(hop.base(hop.COMPONENTS, hop._values(honest.method, honest.url, hop._lower(given)), written))
    return replace(honest, headers=given | {"signature": f"{hop.LABEL}={fields.write(signature)}"})


kind("a request without signature", "hop_missing", lambda w: _headers(w, signature=None))
kind("a request without digest", "hop_missing", lambda w: _headers(w, content_digest=None))
kind("a request sent twice", "hop_replayed", lambda w: w.request(), twice=True)
kind("a request replayed after its window", "hop_expired", lambda w: w.request(), later=timedelta(minutes=5))
kind("a request signed ahead of time", "hop_not_yet", lambda w: _at(w, 600))
kind("a request that holds for an hour", "hop_window", lambda w: _at(w, 0, 3600))
kind("a request that expires before it is made", "hop_window", lambda w: _at(w, 0, -1))
kind("a time beyond all calendars", "hop_parameters", lambda w: _signed(w, {"created": 10**15 - 1, "expires": 10**15 - 1}))
kind("another body under the signature", "hop_digest", lambda w: replace(w.request(), body=b"{}"))
kind("a digest put right for another body", "hop_signature", lambda w: replace(_headers(w, content_digest=hop.content_digest(b"{}")), body=b"{}"))
kind("a digest by a weak algorithm", "hop_digest", lambda w: other_digest(w, "md5=:XrY7u+Ae7tCTyyK7j1rNww==:"))
kind("a digest by two algorithms", "hop_digest", lambda w: other_digest(w, hop.content_digest(w.sent()) + ", md5=:XrY7u+Ae7tCTyyK7j1rNww==:"))
kind("another method", "hop_signature", lambda w: replace(w.request(), method="PUT"))
kind("another path", "hop_signature", lambda w: _moved(w, w.url + "/other"))
kind("another authority", "hop_signature", lambda w: _moved(w, w.url.replace("http://", "http://x.")))
kind("a query that nothing covers", "hop_address", lambda w: _moved(w, w.url + "?to=other"))
kind("another content type", "hop_signature", lambda w: _headers(w, **{"Content-Type": "text/plain"}))
kind("a tenant's key for the request", "key_unknown", lambda w: w.request(key=key(w.peer)))
kind("a retired key for the request", "key_retired", lambda w: w.request(key=key("there retired")))
kind("a key id of another deployment", "hop_signature", lambda w: _signed(w, {"keyid": key("here").keyid}))
kind("an algorithm named by the request", "hop_parameters", lambda w: _signed(w, {"alg": "ed25519"}))
kind("another protocol's tag", "hop_parameters", lambda w: _signed(w, {"tag": "web-bot-auth"}))
kind("a request without nonce", "hop_parameters", lambda w: _signed(w, {"nonce": None}))
kind("a nonce that can be guessed", "hop_parameters", lambda w: _signed(w, {"nonce": "1"}))
kind("fewer components covered", "hop_components", lambda w: _signed(w, components=hop.COMPONENTS[:-1]))
kind("components in another order", "hop_components", lambda w: _signed(w, components=hop.COMPONENTS[::-1]))
kind("another label", "hop_form", lambda w: _signed(w, label="sig1"))
kind("two signatures on the request", "hop_form", lambda w: _headers(w, signature=f"{w.request().headers['signature']}, sig2=:AAAA:"))
kind("a label twice", "hop_form", lambda w: _headers(w, signature=f"{w.request().headers['signature']}, bridge=:AAAA:"))
kind("a header without end", "hop_form", lambda w: _headers(w, signature_input="bridge=(" + ' "a"' * 5000))
kind("an expired trust list, for the request", "trust_expired", lambda w: w.request(), later=timedelta(hours=25))
