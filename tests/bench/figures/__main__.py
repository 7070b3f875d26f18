"""`python -m tests.bench figures`: a province of 100,000 and of 1,000,000 petitions; what grows with their number?"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

import psycopg

from tests.bench import measure, report
from tests.bench.figures import keeping, reporting, sweeping, table
from tests.bench.figures.home import Home, home
from tests.bench.figures.scenarios import place, scenarios, waiting
from tests.bench.measure import Line
from tests.bench.served import ROOT, served
from zhitongche.simulation.bulk.run import Wanted

PAGE = ROOT / "docs" / "performance.md"


def main(argv: list[str] | None = None) -> None:
    """Load each size, measure, write both beside each other into docs/performance.md."""
    args = _arguments(argv)
    measured = []
    for size in args.sizes:
        wanted = Wanted(size, args.cities, args.counties, args.played, args.days)
        with home(args.data, wanted) as here:
            if not args.build_only:
                measured.append(_measured(here, size, args))
    if args.build_only:
        return
    made = table.text(measured, args)
    print(made)
    if not args.print_only:
        PAGE.write_text(report.put(PAGE.read_text(), made, "figures"))


def _arguments(argv: list[str] | None) -> Namespace:
    parser = ArgumentParser(prog="bench figures", description="基准测试：全省十万件与百万件诉求")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 1_000_000], help="全省件数，一个或几个")
    parser.add_argument("--data", type=Path, default=Path(".zhitongche/bench"), help="保留数据集的目录")
    parser.add_argument("--cities", type=int, default=21)
    parser.add_argument("--counties", type=int, default=122)
    parser.add_argument("--played", type=int, default=400, help="市、县各逐件办理的样件数")
    parser.add_argument("--days", type=int, default=730)
    parser.add_argument("--rounds", type=int, default=3, help="每项交替测量的轮数")
    parser.add_argument("--seconds", type=float, default=2.0, help="每轮的秒数")
    parser.add_argument("--only", default="", help="只测名称含此字的项")
    parser.add_argument("--build-only", action="store_true", help="只建数据集")
    parser.add_argument("--print-only", action="store_true", help="只打印，不写入 docs/performance.md")
    return parser.parse_args(sys.argv[2:] if argv is None else argv)


def _measured(here: Home, size: int, args: Namespace) -> table.Measured:
    before = os.getloadavg()[0]
    with (
        psycopg.connect(here.admin_url, autocommit=True) as connection,
        served(here.settings, "wsgi:app", "/healthz") as page,
        served(here.settings, "tests.bench.bare:app", "/1") as bare,
    ):
        where, busy = place(connection), waiting(connection)
        pair, lines = measure.Pair(page, bare, here.database_pid), list[Line]()
        for one in scenarios(connection, where, page.port):
            if args.only in one.name:
                lines.append(measure.line(here.app, one, pair, rounds=args.rounds, seconds=args.seconds))
                print(report.progress(lines[-1]), flush=True)
    acts = {
        "保持指标的代价（每次动作）": keeping.measured(here.app, busy, here.database_pid),
        "月报（毫秒）": reporting.measured(here.app, where.tenant),
        "时限": sweeping.measured(here.app, here.admin_url, here.database_pid),
    }
    return table.Measured(size, here.told, lines, acts, (before, os.getloadavg()[0]))


if __name__ == "__main__":
    main(sys.argv[1:])
