"""Who may send what to whom: cases go up, answers come down, between neighbours; the list may allow less. Figures go all the way up."""

from escalation.wire import kinds
from escalation.wire.listing import TrustList
from escalation.wire.reasons import Rejected


def require(trust: TrustList, sender: str, receiver: str, kind: str) -> None:
    """Raises Rejected unless `sender` (a tenant of the list) may send this type to `receiver`. RP-2.3.f, ST-1.3."""
    if kind not in kinds.TYPES:
        raise Rejected("type_unknown")
    if receiver not in trust.tenants:
        raise Rejected("receiver_unknown", receiver)
    up, down = trust.tenants[sender].parent == receiver, trust.tenants[receiver].parent == sender
    up = up or (kind == kinds.FIGURES and _is_above(trust, receiver, sender))
    if not (up or down or (kind == kinds.SEAL and _siblings(trust, sender, receiver))):
        raise Rejected("not_neighbour", f"{sender} {receiver}")
    if kind in kinds.CONTROL:
        return
    if kind not in (kinds.UP if up else kinds.DOWN):
        raise Rejected("direction", kind)
    if kind not in trust.tenants[sender].may_send:
        raise Rejected("type_not_allowed", kind)


def _is_above(trust: TrustList, one: str, other: str) -> bool:
    # The list is checked: nobody stands above himself.
    parent = trust.tenants[other].parent
    while parent is not None and parent != one:
        parent = trust.tenants[parent].parent if parent in trust.tenants else None
    return parent == one


def _siblings(trust: TrustList, one: str, other: str) -> bool:
    # A sibling keeps a copy of the seals, so that not only the level above could vouch for them.
    parent = trust.tenants[one].parent
    return one != other and parent is not None and parent == trust.tenants[other].parent
