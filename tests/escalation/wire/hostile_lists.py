"""Hostile trust lists."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from escalation.wire import dsse, notation, strict
from tests.escalation.wire.corpus import Kinds
from tests.escalation.wire.world import World, key

KINDS = kind = Kinds("list")


def listing(world: World, change: Callable[[dict[str, Any]], Any]) -> bytes:
    """The list with its JSON changed, truly signed by the anchor."""
    found = json.loads(dsse.parse(world.list(), 10**7).payload)
    change(found)
    return dsse.sign(strict.dump(found), world.anchor, dsse.TRUST_TYPE)


def _by_another_anchor(world: World) -> bytes:
    other = replace(world, anchor=key("other anchor"))
    return other.list()


def _anchor_of_another(world: World) -> bytes:
    """Signed by another, with the true anchor's public key written into it."""
    payload = dsse.parse(world.list(), 10**7).payload
    return dsse.sign(payload, key("other anchor"), dsse.TRUST_TYPE)


def _tenant(found: dict[str, Any], code: str) -> dict[str, Any]:
    return next(one for one in found["tenants"] if one["code"] == code)


kind("a list by another anchor", "trust_anchor", _by_another_anchor)
kind("a list under the anchor's name", "trust_anchor", _anchor_of_another)
kind("a list changed after signing", "signature", lambda w: strict.dump(
    json.loads(w.list()) | {"payload": json.loads(listing(w, lambda f: f.update(serial=99)))["payload"]}))  # fmt: skip
kind("a list signed as a message", "payload_type", lambda w: dsse.sign(dsse.parse(w.list(), 10**7).payload, w.anchor))
kind("a list that holds for a week", "trust_form", lambda w: listing(w, lambda f: f.update(expires_at=notation.written(w.now + timedelta(days=7)))))
kind("a tenant below itself", "trust_form", lambda w: listing(w, lambda f: _tenant(f, w.me).update(parent=w.town)))
kind("a tenant below nobody known", "trust_form", lambda w: listing(w, lambda f: _tenant(f, w.me).update(parent="nobody")))
kind("a tenant hosted by nobody known", "trust_form", lambda w: listing(w, lambda f: _tenant(f, w.me).update(deployment="nobody")))
kind("a tenant twice", "trust_form", lambda w: listing(w, lambda f: f["tenants"].append(f["tenants"][0])))
kind("one key for two tenants", "trust_form", lambda w: listing(w, lambda f: _tenant(f, w.far).update(keys=_tenant(f, w.me)["keys"])))
kind("a key under another's id", "trust_form", lambda w: listing(w, lambda f: _tenant(f, w.far)["keys"][0].update(keyid=key(w.me).keyid)))
kind("a look-alike code", "trust_form", lambda w: listing(w, lambda f: _tenant(f, w.far).update(code="\u0441ity")))
kind("a look-alike name in the list", "trust_form", lambda w: listing(w, lambda f: _tenant(f, w.far).update(name="\u0421市")))
kind("an endpoint that is a file", "trust_form", lambda w: listing(w, lambda f: f["deployments"][0].update(endpoint="file:///etc/passwd")))
kind("an unknown item in the list", "trust_form", lambda w: listing(w, lambda f: f.update(fetch="https://evil.example")))
