"""Both sizes beside each other, as a part of docs/performance.md."""

from __future__ import annotations

import os
import platform
from argparse import Namespace
from dataclasses import dataclass

from tests.bench.measure import Line
from zhitongche.kernel import clock

AIM = 100.0
"""Milliseconds that a page may take at the 95th percentile."""
HEADS = {
    "保持指标的代价（每次动作）": "| 动作 | 时钟 ms | 处理器 ms |\n|---|---:|---:|",
    "月报（毫秒）": "| 步骤 | ms |\n|---|---:|",
    "时限": "| 到期 | 用时 | 速度 | 代价 | 未处理 |\n|---|---:|---:|---:|---:|",
}


@dataclass(frozen=True)
class Measured:
    """What was measured at one size; `load` is the machine's before and after."""

    size: int
    told: str
    lines: list[Line]
    acts: dict[str, list[str]]
    load: tuple[float, float]


def text(measured: list[Measured], args: Namespace) -> str:
    """The whole part."""
    about = f"{clock.local(clock.now()):%Y-%m-%d %H:%M}，{os.cpu_count()} 核，{platform.machine()}，Python {platform.python_version()}；每项 {args.rounds} 轮，每轮 {args.seconds:g} 秒，与裸视图轮流先测。"
    loads = [f"* {one.size:,} 件：{one.told}；1 分钟平均负载由 {one.load[0]:.1f} 到 {one.load[1]:.1f}" for one in measured]
    return "\n".join([about, "", *loads, "", *_pages(measured), *(line for one in measured for line in _acts(one))])


def _pages(measured: list[Measured]) -> list[str]:
    sizes = " | ".join(f"{one.size:,} 件：p50 ms | p95 ms" for one in measured)
    head = f"| 页面 | SQL | {sizes} | 增长（处理器） | 吞吐比 | 裸视图 p50 ms | 最慢语句 ms：所用索引 |"
    rows = [_row(name, [line for one in measured for line in one.lines if line.name == name]) for name in dict.fromkeys(line.name for one in measured for line in one.lines)]
    return [head, "|---" + "|---:" * (2 * len(measured) + 4) + "|---|", *rows]


def _row(name: str, lines: list[Line]) -> str:
    last = lines[-1]
    times = " | ".join(f"{line.p50 * 1000:.1f} | {_judged(line.p95 * 1000)}" for line in lines)
    # By the processor's time, which no neighbour on the machine falsifies.
    growth = f"{last.processor / lines[0].processor:.2f}" if len(lines) > 1 else "—"
    scans = f"；顺序扫描 {'、'.join(last.scans)}" if last.scans else ""
    return f"| {name} | {last.statements} | {times} | {growth} | {last.ratio:.2f} | {last.bare_p50 * 1000:.1f} | {last.slowest.seconds * 1000:.1f}：{'、'.join(last.indexes) or '—'}{scans} |"


def _judged(milliseconds: float) -> str:
    return f"{milliseconds:.1f}" if milliseconds <= AIM else f"**{milliseconds:.1f}**"


def _acts(one: Measured) -> list[str]:
    return [line for name, rows in one.acts.items() for line in ("", f"{name}，{one.size:,} 件：", "", HEADS[name], *rows)]
