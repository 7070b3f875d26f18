"""The figures as tables of docs/performance.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence

from tests.bench.bridge.comparing import Comparison
from tests.bench.bridge.flows import Flow
from tests.bench.bridge.legs import Act, Leg
from tests.bench.bridge.pages import Page
from zhitongche.kernel import clock

_SIDES = {"发": "发送方", "收": "接收方"}


def about(cases: int, messages: int, load: float) -> str:
    """What must be known to read them."""
    return (
        f"{clock.local(clock.now()):%Y-%m-%d %H:%M}，{cases} 件上报，每项 {messages} 条报文，{os.cpu_count()} 核，{platform.machine()}，Python {platform.python_version()}；"
        f"1 分钟平均负载由 {load:.1f} 到 {os.getloadavg()[0]:.1f}（超过核数即说明别的程序也在用机器，毫秒和条/秒偏差很大，请只看处理器时间、语句数和比值）。"
    )


def acts(found: dict[str, Act]) -> str:
    """What rising costs who acts."""
    return _table("办理动作 | 处理器 ms | SQL", [f"{name} | {act.cpu_ms:.1f} | {act.sql:.0f}" for name, act in found.items()])


def flows(found: Sequence[Flow]) -> str:
    """Messages per second, processor per message, and what the least costs."""
    least = {flow.name.rpartition("，")[0]: flow for flow in found if flow.name.endswith("下限")}
    rows = []
    for flow in found:
        floor = least[flow.name.rpartition("，")[0]]
        each = [1000 * part / flow.messages for part in (flow.sender, flow.receiver, flow.database)]
        per_second, of_floor = flow.messages / flow.seconds, floor.messages / floor.seconds
        rows.append(
            f"{flow.name} | {per_second:.0f} | {each[0]:.1f} | {each[1]:.1f} | {each[2]:.1f} | {per_second / of_floor:.2f} | {floor.processor / flow.processor:.2f}"
        )
    return _table("一条上报通知：写下、送达、回执 | 条/秒 | 发送方处理器 ms | 接收方 ms | 数据库 ms | 吞吐比（对下限） | 处理器比", rows)


def parts(legs: Sequence[Leg]) -> str:
    """Where the time goes, per message."""
    rows: list[str] = []
    for side, told in _SIDES.items():
        names = sorted({part for leg in legs for at, part in leg.meter.wall if at == side})
        ordered = sorted(names, key=lambda one: -max(leg.meter.cpu[side, one] for leg in legs))
        groups = {"合计": names, **{name: [name] for name in ordered}}
        rows += [f"{told}：{name} | " + " | ".join(_cell(leg, side, group) for leg in legs) for name, group in groups.items()]
    return _table("每条报文：处理器 ms／时钟 ms（SQL 条数） | " + " | ".join(leg.name for leg in legs), rows)


def _cell(leg: Leg, side: str, names: Sequence[str]) -> str:
    cpu, wall, statements = (sum(counter[side, name] for name in names) / leg.messages for counter in (leg.meter.cpu, leg.meter.wall, leg.meter.statements))
    return f"{1000 * cpu:.2f}／{1000 * wall:.2f}" + (f"（{statements:.1f}）" if statements else "")


def comparisons(found: Sequence[Comparison], streams: int) -> str:
    """What a comparison costs."""
    rows = [f"{one.differing:,} | {one.questions} | {one.bytes / 1024:,.0f} | {one.largest / 1024:.0f} | {one.wall:,.0f} | {one.cpu:,.0f}" for one in found]
    return _table(f"对账：{streams:,} 条流中不一致 | 问答 | 往返 KiB | 最大信封 KiB | 时钟 ms | 处理器 ms（双方） ", rows)


def pages(found: Sequence[Page], messages: int) -> str:
    """Pages beside many messages."""
    rows = [f"{one.name} | {one.statements[0]} → {one.statements[1]} | {one.processor[0]:.1f} → {one.processor[1]:.1f}" for one in found]
    return _table(f"账本中有 {messages:,} 条报文之前 → 之后 | SQL | 处理器 ms（网站与数据库） ", rows)


def _table(head: str, rows: Sequence[str]) -> str:
    return "\n".join([f"| {head} |", "|---" + "|---:" * head.count(" | ") + "|", *(f"| {row} |" for row in rows)])
