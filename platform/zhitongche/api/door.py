"""The API's door: a bearer key or nobody (RFC 6750), counted, and never a cookie."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, cast

from flask import g, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import HTTPException, TooManyRequests, Unauthorized

from zhitongche.api import keys, problems
from zhitongche.identity import rates
from zhitongche.identity.rates import Rate

if TYPE_CHECKING:
    from flask import Blueprint

    from zhitongche.api.keys import Holder

LARGEST: Final = 256 * 1024
"""Bytes of a request; the longest petition has 6,000 characters."""
KEY: Final = Rate("api_key", 600, timedelta(minutes=1))
DENIED: Final = Rate("api_denied", 60, timedelta(minutes=1))


def guard(blueprint: Blueprint) -> None:
    """Let nobody into the blueprint without a key; answer its failures as problems."""
    blueprint.before_request(_enter)
    blueprint.register_error_handler(HTTPException, problems.of)


def holder() -> Holder:
    """Who bears the key of this request."""
    return cast("Holder", g.api_holder)


def _enter() -> None:
    request.max_content_length = LARGEST
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    found = keys.holder(text.strip()) if scheme.lower() == "bearer" else None
    if found is None:
        _count(DENIED, request.remote_addr or "")
        raise Unauthorized(www_authenticate=WWWAuthenticate("bearer", {"realm": "zhitongche"}))
    _count(KEY, str(found.key_id))
    g.api_holder = found


def _count(rate: Rate, key: str) -> None:
    if not rates.allow(rate, key):
        raise TooManyRequests(retry_after=int(rate.span.total_seconds()))
