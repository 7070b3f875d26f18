"""The door by which every message comes in, whichever way it was carried: one transaction each, answered after its commit."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from escalation.carriage.desk_of import desk_of
from escalation.protocol import receiving
from zhitongche.kernel import clock
from zhitongche.persistence import tenant_scope, unit_of_work

if TYPE_CHECKING:
    from escalation.protocol.reply import Reply

log = logging.getLogger(__name__)


def take(tenant: str, envelope: bytes, carrier: str | None = None) -> Reply:
    """Take a message in for the tenant (its code); what is refused is logged and kept aside.

    `carrier`: the deployment that brought it, which must be the one that hosts its sender.
    """
    with tenant_scope(tenant), unit_of_work():
        desk = desk_of(tenant, carrier)
        reply = receiving.receive(desk.books, desk.gate, desk.pen, desk.app, envelope, clock.now())
    if reply.kind == "refused":
        log.warning("bridge: refused a message for %s: %s", tenant, reply.body.decode("ascii", "replace"))
    return reply
