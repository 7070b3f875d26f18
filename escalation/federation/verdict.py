"""What must hold when the storm is over: nothing lost, nothing applied twice, both sides agree, nobody's case ownerless."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from escalation.carriage.desk_of import desk_of
from escalation.ledger.erasing import GONE
from escalation.ledger.tables import BridgeIncoming, BridgeOutgoing
from escalation.wire import kinds
from escalation.wire.reasons import Rejected
from zhitongche import journal
from zhitongche.casework import escalations, replay
from zhitongche.casework.case import load, pack_of
from zhitongche.casework.tables import Petition
from zhitongche.kernel import clock
from zhitongche.persistence import db

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from escalation.federation.camp import Camp
    from escalation.wire.event import Event

Camps = list["Camp"]
_SENT: Final = "select id, tenant_id, peer, encode(digest, 'hex') as digest from bridge_outgoing where reissued_as is null"
_CAME: Final = "select id, peer as tenant_id, tenant_id as peer, encode(digest, 'hex') as digest from bridge_incoming where applied_at is not null"
_WAITING: Final = (
    "select (select count(*) from bridge_outgoing where pending)"
    " + (select count(*) from bridge_incoming where applied_at is null and place is distinct from 0)"
)
VERBS: Final = {
    kinds.ESCALATE: "report_in", kinds.WITHDRAW: "withdrawn_below", kinds.RETURN: "returned_above", kinds.SUPPLEMENT: "supplemented_below",
    "taken": "taken_above", "asked": "asked_above", "decided": "decided_above",
}  # fmt: skip
"""Type of message, or the state that it tells → the act that stands in the receiver's journal for it."""
# These may find a case that has ended, or was told the same words before: then rightly nothing is written.
_MAY_BE_MOOT: Final = frozenset({"supplemented_below", "withdrawn_below"})


def quiet(camps: Camps) -> bool:
    """Whether nothing is under way between the deployments."""
    return not any(camp.rows(_WAITING)[0][0] for camp in camps)


def check(camps: Camps) -> list[str]:
    """What does not hold; empty where all is well."""
    found = [*_lost(camps)]
    for camp in camps:
        for tenant in camp.site.tenants:
            with camp.tenant(tenant):
                found += [f"{tenant}: {what}" for what in _of_tenant(tenant)]
    return found + list(_apart(camps))


def _lost(camps: Camps) -> Iterator[str]:
    """Each message that was sent stands applied in the books of its receiver, once, with the same bytes."""
    sent = Counter(tuple(row) for camp in camps for row in camp.rows(_SENT))
    came = Counter(tuple(row) for camp in camps for row in camp.rows(_CAME))
    yield from (f"报文丢失：{row}" for row in sent - came)
    yield from (f"收到了没有发出的报文，或收到两次：{row}" for row in came - sent)
    for camp in camps:
        for row in camp.rows("select tenant_id, peer, reason, detail, times from bridge_held where released_at is null"):
            yield f"留在隔离区：{tuple(row)}"


def _of_tenant(tenant: str) -> Iterator[str]:
    yield from _unproven(tenant)
    yield from _acted_otherwise(tenant)
    yield from (f"无人负责：{petition}" for petition in escalations.ownerless())
    for petition in db.session.scalars(select(Petition.id)):
        yield from replay.broken(petition)


def _unproven(tenant: str) -> Iterator[str]:
    """Every message has the receiver's receipt, for just this message."""
    desk = desk_of(tenant)
    for message in db.session.scalars(select(BridgeOutgoing.id).where(BridgeOutgoing.reissued_as.is_(None))):
        row = desk.books.outgoing(message)
        assert row is not None
        try:
            desk.gate.check_receipt(row.receipt or b"", row, clock.now())
        except Rejected as error:
            yield f"回执不成立：{message} {error.reason}"


def _acted_otherwise(tenant: str) -> Iterator[str]:
    """The journals hold one act for each message that asks for one."""
    asked: Counter[tuple[UUID, str]] = Counter()
    for envelope in db.session.scalars(select(BridgeIncoming.envelope).where(BridgeIncoming.envelope != GONE)):
        event = desk_of(tenant).gate.open(envelope)
        verb, petition = VERBS.get(str(event.data.get("state", event.type))), _petition(event)
        if verb and petition:
            asked[petition, verb] += 1
        elif petition is None:
            yield f"报文没有对应的诉求件：{event.type} {event.subject}"
    done = _done(set(VERBS.values()))
    for key in asked.keys() | done.keys():
        moot = key[1] in _MAY_BE_MOOT or _withdrawn(key[0])
        if done[key] > asked[key] or (done[key] < asked[key] and not moot):
            yield f"{key[0]} {key[1]}：报文 {asked[key]} 件，办理记录 {done[key]} 条"


def _petition(event: Event) -> UUID | None:
    rise = escalations.by_bridge(event.subject)
    return rise.petition_id if rise else escalations.petition_by_bridge(event.subject)


def _withdrawn(petition_id: UUID) -> bool:
    return load(petition_id).outcome == "withdrawn"


def _done(verbs: set[str]) -> Counter[tuple[UUID, str]]:
    found: Counter[tuple[UUID, str]] = Counter()
    for petition in db.session.scalars(select(Petition)):
        actions = pack_of(petition).flow.actions
        acts = [actions[entry.action].verb for entry in journal.entries(petition.id) if entry.action in actions]
        found.update((petition.id, verb) for verb in acts if verb in verbs)
    return found


def _apart(camps: Camps) -> Iterator[str]:
    """Both sides of each stream count the same, and who is said to have a case has it."""
    home = {tenant: camp for camp in camps for tenant in camp.site.tenants}
    for camp in camps:
        for tenant, peer in camp.rows("select distinct tenant_id, peer from bridge_stream order by 1, 2"):
            for ours, theirs in (("out", "in"), ("in", "out")):
                if _summary(home, tenant, peer, ours) != _summary(home, peer, tenant, theirs):
                    yield f"{tenant} 与 {peer} 的往来摘要不一致（{ours}）"
        for tenant in camp.site.tenants:
            with camp.tenant(tenant):
                said = [(bridge, escalations.by_bridge(bridge)) for _, bridge in escalations.said_to_be_above()]
            for bridge, rise in said:
                assert rise is not None
                with home[rise.to_tenant].tenant(rise.to_tenant):
                    if not _is_open(bridge):
                        yield f"{tenant} 称 {rise.to_tenant} 正在办理，而那里没有在办的这一件：{bridge}"


def _summary(home: dict[str, Camp], tenant: str, peer: str, direction: str) -> dict[int, tuple[int, int]]:
    with home[tenant].tenant(tenant):
        return dict(desk_of(tenant).books.buckets(peer, "out" if direction == "out" else "in"))


def _is_open(bridge: UUID) -> bool:
    found = escalations.petition_by_bridge(bridge)
    return found is not None and load(found).outcome is None
