"""`python -m tests.bench` (`./zhitongche bench`): what the product does at 100,000 petitions, against a bare Flask view."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

import psycopg

import tests.bench.bridge.__main__ as bridge
import tests.bench.figures.__main__ as figures
from tests.bench import measure, report
from tests.bench.home import Home, home
from tests.bench.scenarios import Book, scenarios
from tests.bench.served import ROOT, served
from zhitongche.app.factory import create_app

PAGE = ROOT / "docs" / "performance.md"


def main() -> None:
    """The bridge's benchmark where that is asked for (`bench bridge`), a province's (`bench figures`), else the pages'."""
    if sys.argv[1:2] == ["bridge"]:
        bridge.main(sys.argv[2:])
    elif sys.argv[1:2] == ["figures"]:
        figures.main(sys.argv[2:])
    else:
        _pages()


def _pages() -> None:
    """Build, measure, write the table into docs/performance.md."""
    args = _arguments()
    with home(args.size, args.data) as here:
        if args.build_only:
            return
        table = _measured(here, args)
    print(table)
    if not args.print_only:
        PAGE.write_text(report.put(PAGE.read_text(), table))


def _arguments() -> Namespace:
    parser = ArgumentParser(prog="bench", description="基准测试：十万件诉求，与裸 Flask 视图比较")
    parser.add_argument("--size", type=int, default=100_000, help="诉求件数")
    parser.add_argument("--data", type=Path, help="保留数据集的目录，下次直接使用")
    parser.add_argument("--rounds", type=int, default=3, help="每项交替测量的轮数")
    parser.add_argument("--seconds", type=float, default=1.5, help="每轮的秒数")
    parser.add_argument("--only", default="", help="只测名称含此字的项")
    parser.add_argument("--build-only", action="store_true", help="只建数据集")
    parser.add_argument("--print-only", action="store_true", help="只打印，不写入 docs/performance.md")
    return parser.parse_args()


def _measured(here: Home, args: Namespace) -> str:
    load_before = os.getloadavg()[0]
    with (
        psycopg.connect(here.admin_url, autocommit=True) as connection,
        served(here.settings, "wsgi:app", "/healthz") as page,
        served(here.settings, "tests.bench.bare:app", "/1") as bare,
    ):
        app, lines = create_app(here.settings), []
        pair = measure.Pair(page, bare, here.database_pid)
        for one in scenarios(Book(connection), here.data, page.port):
            if args.only in one.name:
                lines.append(measure.line(app, one, pair, rounds=args.rounds, seconds=args.seconds))
                print(report.progress(lines[-1]), flush=True)
    return report.table(lines, here.data, (load_before, os.getloadavg()[0]), args)


if __name__ == "__main__":
    main()
