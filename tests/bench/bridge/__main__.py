"""`python -m tests.bench.bridge` (`./zhitongche bench bridge`): what the bridge 上报桥 costs, against the least that one could."""

from __future__ import annotations

import os
import re
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench.bridge import comparing, flows, legs, pages, table
from tests.bench.bridge.world import CITY, COUNTY, World, world
from tests.bench.served import ROOT
from tests.escalation.levels import Levels

PAGE = ROOT / "docs" / "performance.md"
_PLACE = re.compile("<!-- bridge:begin -->.*?<!-- bridge:end -->", re.DOTALL)


def main(words: Sequence[str] | None = None) -> None:
    """Measure, write the tables into docs/performance.md."""
    args, load = _arguments(words), os.getloadavg()[0]
    with world(args.data) as here:
        tables = []
        for one in _tables(here, args):
            print(f"{one}\n", flush=True)
            tables.append(one)
    told = "\n\n".join([table.about(args.cases, args.messages, load), *tables])
    if not args.print_only:
        PAGE.write_text(_PLACE.sub(lambda _: f"<!-- bridge:begin -->\n{told}\n<!-- bridge:end -->", PAGE.read_text()))


def _arguments(words: Sequence[str] | None) -> Namespace:
    parser = ArgumentParser(prog="bench bridge", description="基准测试：上报桥，与最少要做的事比较")
    parser.add_argument("--cases", type=int, default=40, help="真正走完流程上报的件数")
    parser.add_argument("--messages", type=int, default=400, help="其余各项的报文条数")
    parser.add_argument("--streams", type=int, default=10_000, help="对账的流数")
    parser.add_argument("--kept", type=int, default=100_000, help="页面测试时账本中的报文条数")
    parser.add_argument("--data", type=Path, help="数据库所在的目录；不给则用临时目录")
    parser.add_argument("--print-only", action="store_true", help="只打印，不写入 docs/performance.md")
    return parser.parse_args(words)


def _tables(here: World, args: Namespace) -> Iterator[str]:
    app = here.sites["both"].app
    engine = legs.engine_of(app)
    with app.app_context():
        levels = Levels.open(COUNTY, CITY)
        legs.rise(levels, engine, 1)
        legs.deliver("", COUNTY, engine)
        risen, alone = legs.rise(levels, engine, args.cases)
        notices = legs.deliver("上报通知", COUNTY, engine)
        taken = legs.take(levels, engine)
        told = legs.deliver("已受理（逐级回告）", CITY, engine)
        details = legs.deliver("诉求详情", COUNTY, engine)
    yield table.acts({"上报（有上报桥）": risen, "上报（无人听）": alone, "上级受理（有上报桥）": taken})
    yield table.parts([notices, told, details])
    yield table.flows([*flows.in_process(here, args.messages), *flows.between(here, args.messages)])
    yield table.comparisons(list(comparing.compared(here, args.streams)), args.streams)
    yield table.pages(pages.unchanged(here, levels.below, args.kept), args.kept)


if __name__ == "__main__":
    main()
