"""The counter 窗口: where a neighbour fetches what it was offered, and asks for the seals that we keep of it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response

from escalation.carriage import batch, endpoint, trusted
from escalation.cases import handing, words
from escalation.cases.handing import Declined
from escalation.ledger import seals
from escalation.ledger.books import SqlBooks
from escalation.protocol import quarantine
from escalation.wire import strict
from escalation.wire.reasons import Rejected
from zhitongche.kernel import clock
from zhitongche.persistence import tenant_scope, unit_of_work
from zhitongche.tenancy import current
from zhitongche.webkit import csrf

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask import Flask

    from escalation.wire.hop import Hop

log = logging.getLogger(__name__)
blueprint = Blueprint("bridge_counter", __name__, url_prefix="/bridge/v1")
MEDIA_TYPE: Final = "application/vnd.zhitongche.ask+json"
_GONE: Final = 410
_LARGEST: Final = 4096


def init_app(app: Flask) -> None:
    """Open the counter."""
    csrf.exempt(blueprint)
    app.register_blueprint(blueprint)


def serve(tenant: str, asker: str, what: str, wanted: Mapping[str, Any]) -> bytes:
    """What the tenant has for its neighbour `asker` (codes), in a transaction of its own; raises Declined, which is kept."""
    with tenant_scope(tenant):
        try:
            with unit_of_work():
                return SERVED[what](asker, wanted)
        except Declined as error:
            _note(asker, what, error)
            raise


@blueprint.post("/<tenant>/<any(documents, seals):what>")
@current.any_host
def ask(tenant: str, what: str) -> Response:
    """Signed like messages (RFC 9421); the body names the asking tenant, which the signing deployment must host."""
    try:
        carrier, body = endpoint.signed(tenant)
        wanted = strict.load(body, limit=_LARGEST)
        asker = _asker(wanted, carrier)
    except Rejected as error:
        return endpoint.refusal(tenant, error)
    try:
        return Response(serve(tenant, asker, what, wanted), mimetype="application/octet-stream")
    except Declined as error:
        return endpoint.problem(error.reason, words.DECLINED[error.reason], _GONE)


def _asker(wanted: Mapping[str, Any], carrier: Hop) -> str:
    asker = wanted.get("from")
    known = trusted.in_force().tenants.get(asker) if isinstance(asker, str) else None
    if known is None or known.deployment != carrier.deployment:
        raise Rejected("source", carrier.deployment)
    return str(asker)


def _document(asker: str, wanted: Mapping[str, Any]) -> bytes:
    return handing.hand_out(asker, str(wanted.get("token", "")), clock.now())


def _seals(asker: str, wanted: Mapping[str, Any]) -> bytes:
    after = wanted.get("after", 0)
    return batch.write(seals.kept_after(asker, after if isinstance(after, int) else 0, batch.MOST))


def _note(asker: str, what: str, error: Declined) -> None:
    log.warning("bridge: %s asked for %s and got none: %s", asker, what, error.reason)
    with unit_of_work():
        quarantine.put(SqlBooks(), asker, words.DECLINED[error.reason], b"", clock.now(), what)


SERVED: Final[dict[str, Callable[[str, Mapping[str, Any]], bytes]]] = {"documents": _document, "seals": _seals}
