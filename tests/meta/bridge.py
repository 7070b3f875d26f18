"""The bridge's things for attackers: a neighbour, a message to it, something in quarantine."""

from __future__ import annotations

from escalation.carriage.desk_of import desk_of
from escalation.carriage.neighbours import neighbours
from escalation.protocol import quarantine, sending
from escalation.wire import kinds
from tests.support.stage import Play
from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import unit_of_work


def furnish(play: Play, canary: str) -> dict[str, str]:
    """Ids of what stands there now, as addresses name them."""
    desk, now = desk_of(play.pack.code), kernel_clock.now()
    peer = neighbours(play.pack.code)[0]
    with unit_of_work():
        sent = sending.emit(desk.books, desk.pen, peer, new_id(), kinds.WITHDRAW, {"reason": f"撤回{canary}"}, now)
        quarantine.put(desk.books, peer, "envelope", canary.encode() or b"{}", now, f"细节{canary}")
        held = desk.books.open_held(1)[0]
    return {"peer": peer, "message_id": str(sent.id), "held_id": str(held.id)}
