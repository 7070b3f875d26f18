"""Sending what waits: claim, commit, carry outside of any transaction, write down what came of it."""

from __future__ import annotations

import time
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from escalation.carriage import ways
from escalation.carriage.desk_of import desk_of
from escalation.protocol import forks, sending
from escalation.wire import kinds
from escalation.wire.reasons import Rejected
from zhitongche.casework import escalations
from zhitongche.kernel import clock
from zhitongche.persistence import current_tenant, tenant_scope, unit_of_work

if TYPE_CHECKING:
    from datetime import timedelta

    from escalation.protocol.reply import Reply
    from escalation.protocol.rows import Outgoing

BATCH: Final = 32


def deliver(tenant: str, budget: timedelta) -> int:
    """Send the tenant's due messages until none is left or `budget` is used up; how many got their receipt."""
    until = time.monotonic() + budget.total_seconds()
    receipted = 0
    with tenant_scope(tenant):
        while time.monotonic() < until:
            with unit_of_work():
                claimed = sending.claim(desk_of(tenant).books, clock.now(), BATCH)
            if not claimed:
                break
            receipted += sum(_carry(peer, rows) for peer, rows in _by_peer(claimed).items())
    return receipted


def _by_peer(rows: list[Outgoing]) -> dict[str, list[Outgoing]]:
    found: dict[str, list[Outgoing]] = defaultdict(list)
    for row in rows:
        found[row.peer].append(row)
    return found


def _carry(peer: str, rows: list[Outgoing]) -> int:
    pen = desk_of(current_tenant()).pen
    try:
        replies = ways.carry(peer, [sending.bytes_of(pen, row) for row in rows])
    except (ways.Unreachable, Rejected) as error:
        with unit_of_work():
            sending.unreachable(desk_of(current_tenant()).books, rows, str(error), clock.now())
        return 0
    return sum(_settle(row, reply) for row, reply in zip(rows, replies, strict=True))


def _settle(row: Outgoing, reply: Reply) -> bool:
    try:
        with unit_of_work():
            return _written(row, reply)
    except Rejected as error:
        # A receipt that does not hold is none: the message stays.
        with unit_of_work():
            sending.failed(desk_of(current_tenant()).books, row, f"{error.reason} {error.detail}", clock.now())
        return False


def _written(row: Outgoing, reply: Reply) -> bool:
    desk, now = desk_of(current_tenant()), clock.now()
    if reply.kind == "receipt":
        # The case before its stream: so lock them all who act on the case, and who waited crosswise would be broken off.
        if row.type == kinds.ESCALATE and (rise := escalations.by_bridge(row.subject)) is not None:
            escalations.delivered(rise.id, now)
        return sending.receipted(desk.books, desk.gate, row, reply.body, now)
    if reply.kind == "fork":
        forks.forked(desk.books, desk.gate, desk.pen, desk.app, row, reply.body, now)
        return False
    sending.failed(desk.books, row, reply.body.decode("ascii", "replace"), now)
    return False
