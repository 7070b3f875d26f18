"""`bridge status`: every neighbour's queue on one line, then what a person must look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escalation.carriage import watching
from escalation.desk import lines, partners, shown, words
from zhitongche.kernel import clock
from zhitongche.persistence import tenant_scope, unit_of_work
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from escalation.desk.lines import Line


def status(_args: Namespace, tenants: list[str]) -> int:
    """Print it; 1 where something needs a look."""
    wrong = 0
    for tenant in tenants:
        with tenant_scope(tenant), unit_of_work():
            found = watching.alarms_now()
            print(f"{current.registry()[tenant].name}（{tenant}）")
            print("\n".join(_told()))
            print("\n".join(f"  ! {alarm.text}" for alarm in found) or "  没有需要处理的事项")
        wrong += len(found)
    return 1 if wrong else 0


def _told() -> Iterator[str]:
    trust = partners.trust()
    yield f"  信任名录 {trust.serial}，有效到 {clock.local(trust.expires_at):%Y-%m-%d %H:%M}" if trust else "  信任名录不可用"
    for line in lines.all_lines():
        yield f"  {words.DIRECTIONS[line.direction]} {line.name}：{_queue(line)}；{_contact(line)}；{_compared(line)}"


def _queue(line: Line) -> str:
    queue = line.queue
    if not queue.waiting:
        return f"无积压，今日回执 {line.receipts} 条"
    return f"未回执 {queue.unreceipted} 条，待发出 {queue.unsent} 条，最早已等 {shown.age(queue.oldest)}，今日回执 {line.receipts} 条"


def _contact(line: Line) -> str:
    peer = line.peer
    if line.paused and peer.paused_until:
        return f"暂停到 {clock.local(peer.paused_until):%H:%M:%S}（{shown.error(peer.last_error)}）"
    return f"最近联系 {clock.local(peer.last_contact):%Y-%m-%d %H:%M}" if peer.last_contact else "还没有联系过"


def _compared(line: Line) -> str:
    if line.peer.compared_at is None:
        return "还没有对过账"
    return f"{clock.local(line.peer.compared_at):%Y-%m-%d %H:%M} 对账" + (f" {line.peer.differences} 处不一致" if line.peer.differences else "一致")
