"""Every ten minutes the journal's new entries are sealed, and the seal goes to the tenant above and to one sibling, who keep it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from escalation.carriage import trusted, ways
from escalation.carriage.desk_of import desk_of
from escalation.ledger import seals
from escalation.protocol.books import Draft
from escalation.wire import kinds
from escalation.wire.reasons import Rejected
from escalation.wire.seals import Seal
from zhitongche.kernel import clock, ids
from zhitongche.persistence import current_tenant, tenant_scope, unit_of_work

if TYPE_CHECKING:
    from escalation.ledger.seal_tables import BridgeSeal
    from escalation.protocol.reply import Reply

log = logging.getLogger(__name__)
BATCH: Final = 32
KEPT: Final = b"kept"
OTHER: Final = b"other"


def seal(tenant: str) -> None:
    """Seal the tenant's new entries, then hand its seals to those who keep them. An unreachable one gets them next time."""
    with tenant_scope(tenant):
        with unit_of_work():
            draw()
        for keeper in keepers(tenant):
            try:
                _hand(keeper)
            except (ways.Unreachable, Rejected) as error:
                log.info("bridge: %s keeps no seals now: %s", keeper, error)


def draw(above: int = 0) -> None:
    """Seal what is new, in the present transaction; numbered above `above`."""
    found = seals.drawn(clock.now(), above)
    if found is not None:
        new, covered = found
        first = next(iter(keepers(current_tenant())), current_tenant())
        seals.write(new, covered, _signed(new, first))


def keepers(tenant: str) -> list[str]:
    """Who keeps this tenant's seals: the tenant above, and the sibling next in the alphabet. Empty for one without a parent."""
    above = trusted.above(tenant)
    if above is None:
        return []
    siblings = sorted(code for code, one in trusted.in_force().tenants.items() if one.parent == above and code != tenant)
    following = [code for code in siblings if code > tenant] or siblings
    return [above, *following[:1]]


def _hand(keeper: str) -> None:
    while True:
        with unit_of_work():
            rows = seals.unkept(keeper, BATCH)
            numbers, envelopes = [row.number for row in rows], [_signed(_value(row), keeper) for row in rows]
        if not rows:
            return
        replies = ways.carry(keeper, envelopes)
        with unit_of_work():
            goes_on = _settle(keeper, numbers, replies)
        if not goes_on:
            return


def _settle(keeper: str, numbers: list[int], replies: list[Reply]) -> bool:
    """Write down which were taken; False where the keeper takes no more now."""
    told = {number: reply.body.split() for number, reply in zip(numbers, replies, strict=True) if reply.kind == "answer"}
    taken = [number for number, words in told.items() if words[:1] == [KEPT]]
    for row in seals.unkept(keeper, BATCH):
        if row.number in taken:
            row.kept_by = [*row.kept_by, keeper]
    others = [int(words[1]) for words in told.values() if words[:1] == [OTHER] and len(words) == 2]
    if others:
        # It keeps others of these numbers: our database was restored, or changed. What is sealed now goes behind those.
        log.error("bridge: %s keeps another seal of ours than the one in our books", keeper)
        seals.forget_unkept(max(others))
        draw(max(others))
    return len(taken) == len(numbers)


def _signed(new: Seal, to: str) -> bytes:
    desk = desk_of(current_tenant())
    return desk.pen.sign(Draft(to, kinds.SEAL, ids.new_id(), 0, 0, desk.books.epoch(), clock.now(), new.data)).envelope


def _value(row: BridgeSeal) -> Seal:
    return Seal(row.number, row.previous, row.root, row.entries, row.sealed_at)
