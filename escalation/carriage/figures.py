"""Every hour a tenant's sums go to those above it in other deployments: whole days, as they stand, until they are taken.

They stand in no stream and are kept by nobody as evidence: what is told anew takes the place of what was told before.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from flask import current_app

from escalation.carriage import trusted, ways
from escalation.carriage.application import TAKEN
from escalation.carriage.desk_of import desk_of
from escalation.cases.figures import written
from escalation.protocol.books import Draft
from escalation.wire import kinds
from escalation.wire.reasons import Rejected
from zhitongche.kernel import clock, ids
from zhitongche.persistence import current_tenant, tenant_scope, unit_of_work
from zhitongche.statistics import reported

if TYPE_CHECKING:
    from zhitongche.kernel.settings import Settings
    from zhitongche.statistics.reported import Sheet

log = logging.getLogger(__name__)
_TAKEN: Final = ("answer", TAKEN)


def report(tenant: str) -> dict[str, int | None]:
    """Tell those above in other deployments what has changed; by receiver how many days, None where it did not answer."""
    told: dict[str, int | None] = {}
    with tenant_scope(tenant):
        for receiver in receivers(tenant):
            try:
                told[receiver] = _tell(receiver)
            except (ways.Unreachable, Rejected) as error:
                log.info("bridge: %s takes no figures now: %s", receiver, error)
                told[receiver] = None
    return told


def receivers(tenant: str) -> list[str]:
    """Of each other deployment the nearest tenant above that understands figures; none where all above live here."""
    settings: Settings = current_app.config["SETTINGS"]
    listed = trusted.in_force().tenants
    found: dict[str, str] = {}
    above = trusted.above(tenant)
    while above is not None and above in listed:
        # An older release below or above does not list the type.
        if kinds.FIGURES in listed[tenant].may_send & listed[above].may_send:
            found.setdefault(listed[above].deployment, above)
        above = listed[above].parent
    return [receiver for deployment, receiver in found.items() if deployment != settings.deployment]


def _tell(receiver: str) -> int:
    with unit_of_work():
        sheets = reported.due(receiver)
    days = 0
    for sheet in sheets:
        with unit_of_work():
            envelope = _signed(receiver, sheet)
        (reply,) = ways.carry(receiver, [envelope])
        if (reply.kind, reply.body) != _TAKEN:
            raise ways.Unreachable(f"{reply.kind} {reply.body.decode(errors='replace')}")
        with unit_of_work():
            reported.taken(receiver, sheet)
        days += len(sheet.days)
    return days


def _signed(receiver: str, sheet: Sheet) -> bytes:
    desk = desk_of(current_tenant())
    return desk.pen.sign(Draft(receiver, kinds.FIGURES, ids.new_id(), 0, 0, desk.books.epoch(), clock.now(), written(sheet))).envelope
