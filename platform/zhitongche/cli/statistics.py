"""`statistics`: prove the figures against the journal, recompute them, say where they stand (指标)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from zhitongche.deployment.database import database
from zhitongche.kernel.errors import NotFound
from zhitongche.kernel.settings import Settings
from zhitongche.tenancy import packs

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable

    from zhitongche.statistics.verifying import Verified

_SHOWN = 20


def configure(parser: ArgumentParser) -> None:
    """What may follow the word."""
    words = parser.add_subparsers(title="命令", metavar="命令", required=True)
    for name, act, told in (
        ("verify", _verify, "由办理记录重算全部指标，与计数事实、汇总逐一核对；有不符则返回 1"),
        ("rebuild", _rebuild, "由办理记录重算全部指标，算好后切换（不停机）"),
        ("status", _status, "各口径版本、已计件数、尚未汇总的增量"),
    ):
        one = words.add_parser(name, help=told)
        one.add_argument("--tenant", metavar="租户", help="租户代码；不写则逐一处理全部租户")
        one.set_defaults(do=act)


def run(args: Namespace) -> int:
    """Do what was asked for one tenant or for all."""
    from zhitongche.app.factory import create_app
    from zhitongche.persistence import db, tenant_scope

    settings = Settings.from_env()
    registry = packs.of(settings)
    if args.tenant and args.tenant not in registry:
        raise NotFound(f"没有名为“{args.tenant}”的租户，现有：{'、'.join(registry)}")
    act: Callable[[str], int] = args.do
    status = 0
    with database(settings) as live, create_app(live, registry).app_context():
        for code in [args.tenant] if args.tenant else registry:
            with tenant_scope(code):
                status |= act(registry[code].name)
                db.session.remove()
    return status


def _verify(name: str) -> int:
    from zhitongche.persistence import unit_of_work
    from zhitongche.statistics import verifying

    begun = time.monotonic()
    with unit_of_work():
        found = verifying.verify()
    if found is None:
        print(f"— {name}：尚未计数")
        return 0
    print(_told(name, found, time.monotonic() - begun))
    print(*(f"  ✗ {one}" for one in found.differences[:_SHOWN]), sep="\n", end="\n" if found.differences else "")
    if (more := len(found.differences) - _SHOWN) > 0:
        print(f"  …… 另有 {more} 处")
    return 1 if found.differences else 0


def _told(name: str, found: Verified, seconds: float) -> str:
    what = f"口径第{found.edition}版，{found.petitions} 件，{found.facts} 条事实，{found.sums} 个汇总数，{seconds:.1f} 秒"
    erased = f"；其中 {found.erased} 件内容已依规清除，以原计数为准" if found.erased else ""
    return f"{'✗' if found.differences else '✓'} {name}：{what}{erased}{f'；不符 {len(found.differences)} 处' if found.differences else '，全部相符'}"


def _rebuild(name: str) -> int:
    from zhitongche.statistics import building, folding

    done, complete = building.rebuild()
    folding.fold_all()
    print(f"{'✓' if complete else '…'} {name}：由办理记录重算 {done} 件" + ("，已切换" if complete else "，未完成的由任务进程继续"))
    return 0


def _status(name: str) -> int:
    from zhitongche.kernel import clock
    from zhitongche.statistics import definitions, editions

    print(name)
    states = {"current": "现行", "building": "重算中", "former": "原口径"}
    for row in editions.listing():
        ready = f"，{clock.local(row.ready_at):%Y-%m-%d %H:%M} 启用" if row.ready_at else ""
        same = "，与本程序一致" if row.digest == definitions.installed().digest else ""
        print(f"  第{row.edition}版 {states[row.state]}：已计 {editions.counted(row.edition)} 件{ready}{same}")
    print(f"  尚未汇总的增量：{editions.waiting()} 条")
    return 0
