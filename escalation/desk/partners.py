"""With whom the tenant exchanges messages, and what they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escalation.carriage import trusted
from escalation.carriage.neighbours import neighbours
from escalation.ledger import standing
from escalation.wire.reasons import Rejected
from zhitongche.kernel.errors import NotFound
from zhitongche.persistence import current_tenant

if TYPE_CHECKING:
    from escalation.wire.listing import TrustList


def trust() -> TrustList | None:
    """The list in force; None where there is none that can be read."""
    try:
        return trusted.in_force()
    except Rejected:
        return None


def name_of(code: str) -> str:
    """A tenant's name by the trust list; its code where the list does not know it."""
    return (trusted.name_of(code) if trust() else code) or "来源不明"


def partners() -> list[str]:
    """Everyone we exchange messages with, or ever did: the tenant above first."""
    near = neighbours(current_tenant()) if trust() else []
    return [*near, *(code for code in standing.peers() if code not in near)]


def known(peer: str) -> str:
    """The peer, where it is one; NotFound."""
    if peer not in partners():
        raise NotFound
    return peer


def direction(peer: str) -> str:
    """above, below or other."""
    listed = found.tenants if (found := trust()) else {}
    me = current_tenant()
    if me in listed and listed[me].parent == peer:
        return "above"
    return "below" if peer in listed and listed[peer].parent == me else "other"
