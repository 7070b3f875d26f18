"""Demonstration cases that travel between the deployments, so that a visitor finds one of each: decided, taken, just sent up."""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from escalation.federation import ladder
from escalation.federation.camp import Camp
from escalation.federation.clerks import Clerks
from zhitongche.casework.case import load
from zhitongche.casework.escalations import petition_by_bridge, rise_of
from zhitongche.casework.tables import Escalation
from zhitongche.persistence import db

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    from escalation.federation.house import House

WAYS: Final = ("decided", "taken", "sent")
TOLD: Final = {"decided": "已上报，上级已作出处理决定", "taken": "已上报，上级已受理", "sent": "刚刚上报，等上级受理"}
PATIENCE: Final = 120.0
_FIRST_NUMBER: Final = 101


def lead(house: House, say: Callable[[str], None]) -> None:
    """Send cases up where none ever rose; from the main thread, the deployments run. A second start finds them there."""
    with ExitStack() as stack:
        camps = [stack.enter_context(Camp.of(site, house.root(site.code))) for site in house.sites]
        homes = {tenant: camp for camp in camps for tenant in camp.site.tenants}
        for tenant, camp in homes.items():
            for petition in _risen(house, camp, tenant, set(homes)):
                _received(house, homes, camp, tenant, *petition)
                say(f"{tenant} 的一件诉求：{TOLD[petition[1]]}")


def _risen(house: House, camp: Camp, tenant: str, served: set[str]) -> Iterator[tuple[UUID, str]]:
    with camp.tenant(tenant):
        clerks = Clerks(f"tour/{tenant}")
        if not any(way.to in served for way in clerks.pack.escalation) or db.session.scalar(select(Escalation.id).limit(1)):
            return
        flow = clerks.pack.flow
        goal = flow.by_verb("taken_above").sources
        for number, end in enumerate(WAYS, _FIRST_NUMBER):
            petition = clerks.hand_in(number)
            while not clerks.stands_in(petition, goal):
                clerks.towards(petition, goal)
                house.tend()
            yield petition, end


def _received(house: House, homes: dict[str, Camp], camp: Camp, tenant: str, petition: UUID, end: str) -> None:
    """What the level above does with it."""
    with camp.tenant(tenant):
        rise = rise_of(petition)
    assert rise is not None
    assert rise.bridge_id is not None
    above = homes[rise.to_tenant]
    until = time.monotonic() + PATIENCE
    while (case := _arrived(above, rise.to_tenant, rise.bridge_id)) is None and time.monotonic() < until:
        house.tend()
        time.sleep(0.2)
    if case is None or end == "sent":
        return
    with above.tenant(rise.to_tenant):
        clerks = Clerks(f"tour/{rise.to_tenant}")
        clerks.act(case, clerks.pack.flow.by_verb("take"))
        goal = ladder.solved(clerks.pack.flow) if end == "decided" else frozenset({load(case).stage})
        while not clerks.stands_in(case, goal):
            clerks.towards(case, goal)
            house.tend()


def _arrived(above: Camp, tenant: str, bridge_id: UUID) -> UUID | None:
    with above.tenant(tenant):
        return petition_by_bridge(bridge_id)
