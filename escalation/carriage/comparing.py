"""Comparing with every neighbour, and asking for what has been missing: questions go the way of messages."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from escalation.carriage import ways
from escalation.carriage.desk_of import desk_of
from escalation.carriage.neighbours import neighbours
from escalation.protocol import healing
from escalation.wire.reasons import Rejected
from zhitongche.kernel import clock
from zhitongche.persistence import current_tenant, tenant_scope, unit_of_work

if TYPE_CHECKING:
    from escalation.protocol.healing import Request

log = logging.getLogger(__name__)


def compare(tenant: str, *, only: str | None = None, at_once: bool = False) -> None:
    """Compare the tenant with each neighbour whose turn it is (or with `only`), and ask for old gaps."""
    with tenant_scope(tenant):
        for peer in neighbours(tenant) if only is None else [only]:
            if at_once or _is_due(peer):
                _ask(_begun(peer))
        with unit_of_work():
            desk = desk_of(tenant)
            asked = healing.gaps(desk.books, desk.pen, clock.now())
        _ask(asked)


def _is_due(peer: str) -> bool:
    with unit_of_work():
        known = desk_of(current_tenant()).books.peer(peer)
    return known.compared_at is None or known.compared_at <= clock.now() - healing.EVERY


def _begun(peer: str) -> list[Request]:
    with unit_of_work():
        desk = desk_of(current_tenant())
        return healing.begin(desk.books, desk.pen, peer, clock.now())


def _ask(requests: list[Request]) -> None:
    """Ask until nothing more is to be asked; a peer that does not answer is asked again next time."""
    waiting = list(requests)
    while waiting:
        request = waiting.pop(0)
        try:
            reply = ways.carry(request.peer, [request.envelope])[0]
            with unit_of_work():
                desk = desk_of(current_tenant())
                waiting += healing.answered(desk.books, desk.gate, desk.pen, desk.app, request, reply, clock.now())
        except (ways.Unreachable, Rejected) as error:
            log.info("bridge: no comparison with %s: %s", request.peer, error)
