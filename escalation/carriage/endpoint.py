"""The address at which other deployments hand in messages: POST /bridge/v1/<tenant>/messages."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, current_app, request

from escalation.carriage import batch, door, trusted
from escalation.ledger import nonces
from escalation.wire import hop
from escalation.wire.reasons import REASONS, Rejected
from zhitongche.kernel import clock
from zhitongche.persistence import tenant_scope, unit_of_work
from zhitongche.tenancy import current
from zhitongche.webkit import csrf

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask

    from escalation.wire.hop import Hop
    from zhitongche.kernel.settings import Settings

log = logging.getLogger(__name__)
blueprint = Blueprint("bridge_in", __name__, url_prefix="/bridge/v1")
_TOO_LARGE: Final = 413


def init_app(app: Flask) -> None:
    """Open the door; what comes in is signed, no cookie carries it."""
    csrf.exempt(blueprint)
    app.register_blueprint(blueprint)


@blueprint.post("/<tenant>/messages")
@current.any_host
def messages(tenant: str) -> Response:
    """Take a batch; the answer has a reply for each message, in order. RFC 9421, RFC 9530."""
    try:
        carrier, body = signed(tenant)
        envelopes = batch.read(body)
    except Rejected as error:
        return refusal(tenant, error)
    replies = [door.take(tenant, envelope, carrier.deployment) for envelope in envelopes]
    return Response(batch.write_replies(replies), mimetype=batch.MEDIA_TYPE)


def signed(tenant: str) -> tuple[Hop, bytes]:
    """The deployment that sends this request to a tenant of ours, and its body; raises Rejected."""
    body = request.stream.read(batch.MAX_BYTES + 1) if (request.content_length or 0) <= batch.MAX_BYTES else None
    if body is None or len(body) > batch.MAX_BYTES:
        raise Rejected("oversize")
    return _carrier(tenant, body), body


def refusal(tenant: str, error: Rejected) -> Response:
    """The answer to a request that was not let in, which is logged."""
    log.warning("bridge: refused a request for %s: %s %s", tenant, error.reason, error.detail)
    return problem(error.reason, REASONS[error.reason], _TOO_LARGE if error.reason == "oversize" else 401)


def _carrier(tenant: str, body: bytes) -> Hop:
    settings: Settings = current_app.config["SETTINGS"]
    trust = trusted.in_force()
    own = trust.deployments.get(settings.deployment)
    if own is None or tenant not in current.registry():
        raise Rejected("receiver_unknown", tenant[:40])
    # Our own address, as the list tells it to everybody: what a Host header says proves nothing.
    query = request.query_string.decode("ascii", "replace")
    url = own.endpoint.rstrip("/") + request.path + (f"?{query}" if query else "")
    with tenant_scope(tenant):
        return hop.verify(request.method, url, _headers(), body, trust, clock.now(), _fresh)


def _headers() -> dict[str, str]:
    return {name: value for name, value in request.headers.items() if name.lower() != "host"}


def _fresh(keyid: str, nonce: str, until: datetime) -> bool:
    with unit_of_work():
        return nonces.keep(keyid, nonce, until)


def problem(reason: str, detail: str, status: int) -> Response:
    """A problem document. RFC 9457."""
    told = {"type": "about:blank", "title": "请求未被接受", "status": status, "detail": detail, "reason": reason}
    response = current_app.response_class(current_app.json.dumps(told), status, mimetype="application/problem+json")
    response.headers["x-bridge-reason"] = reason
    return response
