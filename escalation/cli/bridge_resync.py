"""`bridge resync`: compare now; after a restore, under a new epoch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escalation.carriage import comparing, delivering
from escalation.carriage.desk_of import desk_of
from escalation.carriage.tasks import BUDGET
from escalation.cli.bridge_acts import written
from escalation.desk import lines, partners
from escalation.protocol import epochs
from zhitongche.kernel import clock
from zhitongche.kernel.errors import NotFound
from zhitongche.persistence import tenant_scope, unit_of_work

if TYPE_CHECKING:
    from argparse import Namespace
    from datetime import datetime

    from escalation.desk.lines import Line


def resync(args: Namespace, tenants: list[str]) -> int:
    """Compare, send what is missing, print what came of it; 1 where a neighbour did not answer."""
    silent = 0
    for tenant in tenants:
        with tenant_scope(tenant):
            peers = partners.partners()
        if args.peer and args.peer not in peers:
            if args.tenant:
                raise NotFound(f"“{args.peer}”不是 {tenant} 的往来单位，现有：{'、'.join(peers) or '无'}。")
            continue
        if args.new_epoch:
            _take_epoch(tenant)
        begun = clock.now()
        comparing.compare(tenant, only=args.peer, at_once=True)
        delivering.deliver(tenant, BUDGET)
        with tenant_scope(tenant):
            silent += sum(not _told(tenant, line, begun) for line in lines.all_lines() if args.peer in (None, line.code))
    return 1 if silent else 0


def _take_epoch(tenant: str) -> None:
    with tenant_scope(tenant), unit_of_work():
        epoch = epochs.take(desk_of(tenant).books, 0, "asked", clock.now())
    written("new_epoch", tenant, str(epoch))
    print(f"{tenant}：新纪元 {epoch}")


def _told(tenant: str, line: Line, begun: datetime) -> bool:
    answered = line.peer.compared_at is not None and line.peer.compared_at >= begun
    if not answered:
        print(f"{tenant} → {line.name}：没有应答，稍后自动再试")
    else:
        print(f"{tenant} → {line.name}：{f'{line.peer.differences} 处不一致，已补发' if line.peer.differences else '一致'}")
    return answered
