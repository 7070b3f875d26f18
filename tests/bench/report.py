"""The figures as a table of docs/performance.md."""

from __future__ import annotations

import os
import platform
import re
from argparse import Namespace

from tests.bench.dataset import Dataset
from tests.bench.measure import Line
from zhitongche.kernel import clock

HEAD = "| 操作 | SQL | 事务 | p50 ms | p95 ms | 件/秒 | 裸视图 p50 ms | 裸视图 件/秒 | 吞吐比 | 同语句视图 件/秒 | 与同语句视图之比 | 处理器 ms（裸视图） | 处理器比 | 等待数据库 | 最慢语句 ms：所用索引 |"


def table(lines: list[Line], data: Dataset, load: tuple[float, float], args: Namespace) -> str:
    """The table with what must be known to read it."""
    cpus = os.cpu_count()
    about = (
        f"{clock.local(clock.now()):%Y-%m-%d %H:%M}，{data.size:,} 件诉求，{cpus} 核，{platform.machine()}，Python {platform.python_version()}；"
        f"1 分钟平均负载由 {load[0]:.1f} 到 {load[1]:.1f}（超过核数即说明别的程序也在用机器）；"
        f"数据集建成用 {data.seconds:.0f} 秒；每项 {args.rounds} 轮，每轮 {args.seconds:g} 秒，两者轮流先测。"
    )
    return "\n".join([about, "", HEAD, "|---" + "|---:" * 13 + "|---|", *(_row(line) for line in lines)])


def _row(line: Line) -> str:
    used = "、".join(line.indexes) or "—"
    scans = f"；顺序扫描 {'、'.join(line.scans)}" if line.scans else ""
    same = "— | —" if line.same_per_second is None else f"{line.same_per_second:.0f} | {line.same_ratio:.2f}"
    return (
        f"| {line.name} | {line.statements} | {line.transactions} | {line.p50 * 1000:.1f} | {line.p95 * 1000:.1f} | {line.per_second:.0f} "
        f"| {line.bare_p50 * 1000:.1f} | {line.bare_per_second:.0f} | **{line.ratio:.2f}** | {same} | {line.processor * 1000:.1f}（{line.bare_processor * 1000:.1f}） | {line.bare_processor / line.processor:.2f} | {line.database_share:.0%} | {line.slowest.seconds * 1000:.1f}：{used}{scans} |"
    )


def progress(line: Line) -> str:
    """One line while it runs."""
    same = "" if line.same_ratio is None else f"same {line.same_ratio:.2f}"
    return f"{line.ratio:5.2f} {same:9} cpu {line.bare_processor / line.processor:4.2f} = {line.bare_processor * 1000:5.1f}/{line.processor * 1000:5.1f} ms {line.per_second:6.0f}/s of {line.bare_per_second:6.0f}/s  p50 {line.p50 * 1000:6.1f} ms  {line.statements:3d} SQL  slowest {line.slowest.seconds * 1000:6.1f} ms {' '.join(line.scans)}  {line.name}"


def put(page: str, made: str, part: str = "bench") -> str:
    """The page with the table in its place: between the marks of that part."""
    begin, end = f"<!-- {part}:begin -->", f"<!-- {part}:end -->"
    place = re.compile(f"{begin}.*?{end}", re.DOTALL)
    assert place.search(page), f"docs/performance.md lost its {begin}"
    return place.sub(lambda _: f"{begin}\n{made}\n{end}", page)
